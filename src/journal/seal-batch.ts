import { Halt } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { checkpointEntry, type CheckpointReason } from './checkpoint.ts';
import { encodeLine, sealRecord, type Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import type { JournalSigner } from './signer.ts';

/** How a journal signs, and where it stands with that. */
export interface Signing {
  readonly signer: JournalSigner;
  /** Records between two checkpoints. */
  readonly every: number;
  /** Number of the last checkpoint's own record. */
  readonly last: number;
  /** Day in Seoul of the last commit; null before the first. */
  readonly day: string | null;
}

/** Entries that somebody waits for. */
export interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly isUrgent: boolean;
  /** Signs what stands there after `entries`, whatever their number. */
  readonly checkpoint: CheckpointReason | null;
  readonly resolve: (records: readonly JournalRecord[]) => void;
  readonly reject: (error: Halt) => void;
}

export interface SealedBatch {
  readonly head: Head;
  readonly signing: Signing | null;
  /** Lines of the file, in order. */
  readonly lines: readonly string[];
  /** Checkpoints among them, by their own record. */
  readonly signed: readonly { readonly head: Head; readonly why: CheckpointReason }[];
  /** To be called once the lines are durable. */
  readonly settle: readonly (() => void)[];
}

/** Chains what waits on `head`, with checkpoints where they are due. Entries that cannot be recorded are refused at once. */
export function sealBatch(batch: readonly Waiting[], head: Head, signing: Signing | null): SealedBatch {
  const recordedAt = Temporal.Now.instant();
  const chain = new Chain(head, signing, recordedAt.toString());
  chain.enter(seoulDate(recordedAt).toString());
  const settle: (() => void)[] = [];
  for (const waiting of batch) {
    const bodies = checked(waiting);
    if (bodies === null) continue;
    const records = bodies.map((entry) => chain.add(entry));
    if (waiting.checkpoint !== null) chain.sign(waiting.checkpoint);
    settle.push(() => waiting.resolve(records));
  }
  return { head: chain.head, signing: chain.signing, lines: chain.lines, signed: chain.signed, settle };
}

/** Null when one of the entries is not plain JSON: then none of them is recorded. */
function checked(waiting: Waiting): readonly JournalEntry[] | null {
  try {
    // Sealed for nothing: the chain must not have to be taken back.
    for (const entry of waiting.entries) sealRecord(entry, { sequence: 0, hash: '' }, '');
    return waiting.entries;
  } catch (cause) {
    waiting.reject(new Halt('journal.entry', 'Cannot record: an entry is not plain JSON', { cause }));
    return null;
  }
}

class Chain {
  readonly lines: string[] = [];
  readonly signed: { readonly head: Head; readonly why: CheckpointReason }[] = [];
  head: Head;
  signing: Signing | null;
  readonly #recordedAt: string;

  constructor(head: Head, signing: Signing | null, recordedAt: string) {
    this.head = head;
    this.signing = signing;
    this.#recordedAt = recordedAt;
  }

  /** The end of a day is signed before the first record of the next one. */
  enter(day: string): void {
    const { signing } = this;
    if (signing === null) return;
    if (signing.day !== null && signing.day !== day) this.sign('day');
    this.signing = { ...(this.signing ?? signing), day };
  }

  add(entry: JournalEntry): JournalRecord {
    const record = sealRecord(entry, this.head, this.#recordedAt);
    this.lines.push(encodeLine(record));
    this.head = { sequence: record.sequence, hash: record.hash };
    const { signing } = this;
    if (signing !== null && record.sequence - signing.last >= signing.every) this.sign('count');
    return record;
  }

  sign(why: CheckpointReason): void {
    const { signing, head } = this;
    if (signing === null || head.sequence <= signing.last) return;
    const entry = checkpointEntry(signing.signer, head, { recordedAt: this.#recordedAt, why });
    const record = sealRecord(entry, head, this.#recordedAt);
    this.lines.push(encodeLine(record));
    this.head = { sequence: record.sequence, hash: record.hash };
    this.signing = { ...signing, last: record.sequence };
    this.signed.push({ head: this.head, why });
  }
}
