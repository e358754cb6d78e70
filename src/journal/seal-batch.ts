import { Halt } from '#domain/errors.ts';
import { seoulDayAt } from '#domain/trading-date.ts';
import { checkpointEntry, type CheckpointReason } from './checkpoint.ts';
import { encodeLine, entryText, sealText, type EntryText, type Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import type { JournalSigner } from './signer.ts';

/** How a journal signs, and where it stands with that. */
export interface Signing {
  readonly signer: JournalSigner;
  /** Records between two checkpoints. */
  readonly every: number;
  /** Number of the last checkpoint's own record. */
  readonly last: number;
  /** Day in Seoul of the last commit, yyyymmdd; null before the first. */
  readonly day: number | null;
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
  chain.enter(seoulDayAt(recordedAt.epochMilliseconds));
  const settle: (() => void)[] = [];
  for (const waiting of batch) {
    const texts = checked(waiting);
    if (texts === null) continue;
    const records = texts.map((text) => chain.add(text));
    if (waiting.checkpoint !== null) chain.sign(waiting.checkpoint);
    settle.push(() => waiting.resolve(records));
  }
  return { head: chain.head, signing: chain.signing, lines: chain.lines, signed: chain.signed, settle };
}

/** Null when one of the entries is not plain JSON: then none of them is recorded. */
function checked(waiting: Waiting): readonly EntryText[] | null {
  try {
    // All of them before the first is chained: the chain must not have to be taken back.
    return waiting.entries.map(entryText);
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
  enter(day: number): void {
    const { signing } = this;
    if (signing === null) return;
    if (signing.day !== null && signing.day !== day) this.sign('day');
    this.signing = { ...(this.signing ?? signing), day };
  }

  add(text: EntryText): JournalRecord {
    const record = sealText(text, this.head, this.#recordedAt);
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
    const record = sealText(entryText(entry), head, this.#recordedAt);
    this.lines.push(encodeLine(record));
    this.head = { sequence: record.sequence, hash: record.hash };
    this.signing = { ...signing, last: record.sequence };
    this.signed.push({ head: this.head, why });
  }
}
