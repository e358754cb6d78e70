import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

/**
 * When the vault was last backed up and when a restore was last tried, in `<home>/gateway/vault.care.json`: kept outside the
 * vault, so that doctor and status can remind while it is closed. Nothing in it is secret.
 */
export const vaultCare = z.strictObject({
  createdAt: instant,
  backedUpAt: instant.nullable(),
  drilledAt: instant.nullable(),
});

export type VaultCare = z.infer<typeof vaultCare>;

/** Name of the file beside the vault. */
export const vaultCareFile = 'vault.care.json';

/** Threat-model §7: a reminder after 30 days. */
const daysMax = 30;

export interface CareReminder {
  readonly kind: 'backup' | 'drill';
  readonly ko: string;
  readonly en: string;
}

/** What is due: a backup or a restore drill that is older than 30 days, or that never was 30 days after the creation. */
export function careReminders(care: VaultCare, now: Temporal.Instant): readonly CareReminder[] {
  const isDue = (last: string | null): boolean =>
    Temporal.Instant.from(last ?? care.createdAt)
      .until(now)
      .total('hours') >=
    daysMax * 24;
  const due: CareReminder[] = [];
  if (isDue(care.backedUpAt)) {
    due.push({
      kind: 'backup',
      ko: `금고를 ${daysMax}일 넘게 백업하지 않았어요. "snowball vault backup 파일"로 백업해 주세요.`,
      en: `The vault was not backed up for ${daysMax} days: run "snowball vault backup FILE".`,
    });
  }
  if (isDue(care.drilledAt)) {
    due.push({
      kind: 'drill',
      ko: `백업이 열리는지 ${daysMax}일 넘게 확인하지 않았어요. "snowball vault drill 파일"로 확인해 주세요.`,
      en: `No backup was tried for ${daysMax} days: run "snowball vault drill FILE".`,
    });
  }
  return due;
}
