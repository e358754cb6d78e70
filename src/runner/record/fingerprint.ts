import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StrategyEntry } from '../plans/snowball-config.ts';

/**
 * SHA-256 of what a strategy is made of: its entry in `snowball.yaml` and the files that this names. A file that cannot be
 * read counts as empty; whoever starts the strategy says what is wrong with it.
 *
 * @param root folder from which the paths of the entry start
 */
export function fingerprintOf(entry: StrategyEntry, root: string): string {
  const hash = createHash('sha256').update(JSON.stringify(entry));
  for (const file of filesOf(entry)) hash.update('\0').update(bytesOf(resolve(root, file)));
  return hash.digest('hex');
}

function filesOf(entry: StrategyEntry): readonly string[] {
  if (entry.kind === 'rules') return [entry.config, entry.targets];
  return 'file' in entry ? [entry.file] : [];
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
