import type { JournalEntry, JournalRecord } from './record.ts';

/** The append-only record. `append` resolves only when the bytes are durable (fdatasync returned). */
export interface Journal {
  /** Durable together, in order. @throws Halt `journal.full`, `journal.failed`: a failed sync is fatal, never retried */
  append(entries: readonly JournalEntry[]): Promise<readonly JournalRecord[]>;
  /** Oldest first, from `sequence` on, inclusive. */
  read(fromSequence: number): Iterable<JournalRecord>;
  /** Sequence and hash of the last record; 0 and 64 zeros when empty. */
  head(): { readonly sequence: number; readonly hash: string };
  close(): Promise<void>;
}
