import type { Journal } from '#journal/journal.ts';
import { decodeRecord } from '../desk/records.ts';

/** A vault as the journal knows it. */
export interface SeenVault {
  readonly id: string;
  readonly generation: number;
}

/** The generation of the vault that the journal saw last; null when it never saw one. One pass over the journal. */
export function vaultSeen(journal: Pick<Journal, 'read'>): SeenVault | null {
  let seen: SeenVault | null = null;
  for (const record of journal.read(1)) {
    if (record.kind !== 'vault.seen') continue;
    const decoded = decodeRecord(record);
    if (decoded.kind === 'vault.seen') seen = { id: decoded.body.id, generation: decoded.body.generation };
  }
  return seen;
}
