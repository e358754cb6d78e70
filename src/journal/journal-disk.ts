import type { Head } from './record-line.ts';

/** One commit: whole lines that go to the end of the file. */
export interface Commit {
  readonly bytes: Buffer;
  /** Byte of the file at which they begin. */
  readonly at: number;
  /** What is acknowledged with them. */
  readonly head: Head;
}

/**
 * How a commit ended. `durable`: written, synced, in a file that still stands in its place, and noted. `not-written`: the
 * write failed, a part of it may stand in the file. `not-synced`: a later step failed, and what the disk holds is not known.
 */
export type CommitOutcome = { readonly kind: 'durable' } | CommitFailure;

export interface CommitFailure {
  readonly kind: 'not-written' | 'not-synced';
  readonly cause: Error;
}

/** Makes commits durable, one at a time: the next is asked for when the one before has ended. */
export interface JournalDisk {
  /** Never rejects. */
  commit(commit: Commit): Promise<CommitOutcome>;
  /** Ends what it started; the files stay open. */
  close(): Promise<void>;
}

export const durable: CommitOutcome = { kind: 'durable' };
/** Said by every disk in the same words. */
export const anotherFile = 'another file stands in the place of the journal';

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
