import type { CheckpointReason } from './checkpoint.ts';
import type { Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import type { JournalSigner } from './signer.ts';

/** How an append is treated when there is no room. */
export interface AppendOptions {
  /** May use the reserve: for what must be on record even now, a halt, a cancel, an answer of the broker. Never new risk. */
  readonly isUrgent?: boolean;
}

/** The append-only record. `append` resolves only when the bytes are durable (fdatasync returned). */
export interface Journal {
  /** Durable together, in order. @throws Halt `journal.full`, `journal.failed`: a failed sync is fatal, never retried */
  append(entries: readonly JournalEntry[], options?: AppendOptions): Promise<readonly JournalRecord[]>;
  /** Oldest first, from `sequence` on, inclusive; without what the journal writes about itself, so that numbers may be missing. */
  read(fromSequence: number): Iterable<JournalRecord>;
  /** Sequence and hash of the last record; 0 and 64 zeros when empty. */
  head(): { readonly sequence: number; readonly hash: string };
  close(): Promise<void>;
}

/** Where and how often the journal signs its head. */
export interface SigningOptions {
  readonly signer: JournalSigner;
  /** Records between two checkpoints at most, 1 or more; 1,000 when nothing is said. */
  readonly every?: number;
  /** Each signed head, once it is durable here; called one after the other. A failure is the channel's own to report. */
  readonly onSigned?: (head: Head, signer: JournalSigner, why: CheckpointReason) => Promise<void>;
}

/** A journal in a file, which can sign and can speak its last words. */
export interface FileJournal extends Journal {
  /**
   * From now on a checkpoint stands after every so many records, at the first commit of a new day in Seoul, and at the
   * end. The key is named on record first unless it is the one already in force.
   */
  startSigning(options: SigningOptions): Promise<void>;
  /** Signs what is there now unless it is signed already; does nothing in a journal that is not signed. */
  checkpoint(why: CheckpointReason): Promise<void>;
  /**
   * For a journal that failed: puts `entries` into the reserve, once. The next start writes those of the kind `halt` after
   * the last record, and no others: a halt may stand there twice.
   *
   * @returns false when the reserve did not take them; never rejects
   */
  lastWords(entries: readonly JournalEntry[]): Promise<boolean>;
}
