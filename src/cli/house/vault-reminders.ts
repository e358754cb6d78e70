import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeLayout } from '#link/home-layout.ts';
import { careReminders, vaultCare, vaultCareFile } from '#link/vault-care.ts';
import { modeFolder } from './home.ts';
import { say } from '#link/language.ts';

/** One sentence for each vault whose backup or drill is due; empty without a vault. Reads no secret and opens nothing. */
export function vaultReminders(now: Temporal.Instant): readonly string[] {
  return (['paper', 'real'] as const).flatMap((environment) => {
    const file = join(homeLayout(modeFolder(environment)).gateway, vaultCareFile);
    if (!existsSync(file)) return [];
    return careReminders(readCare(file), now).map(({ ko, en }) => `${environment}: ${say(ko, en)}`);
  });
}

function readCare(file: string): Parameters<typeof careReminders>[0] {
  try {
    return vaultCare.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not readable: nothing is known of a backup, and that is what the reminder says.
    return { createdAt: '1970-01-01T00:00:00Z', backedUpAt: null, drilledAt: null };
  }
}
