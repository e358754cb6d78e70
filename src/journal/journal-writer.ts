import { Halt } from '#domain/errors.ts';
import { invariant } from '#domain/invariant.ts';
import { checkpointEvery, isJournalsOwn, keyEntry, type CheckpointReason } from './checkpoint.ts';
import type { JournalFiles } from './handle-disk.ts';
import { writeHead } from './head-file.ts';
import type { AppendOptions, FileJournal, SigningOptions } from './journal.ts';
import type { JournalDisk } from './journal-disk.ts';
import { fullCodes, type OverflowFile } from './overflow-file.ts';
import { decodeLine, readable, type Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import { scanJournal } from './scan.ts';
import { sealBatch, type SealedBatch, type Signing, type Waiting } from './seal-batch.ts';
import { SignedHeads } from './signed-heads.ts';
import type { Intact } from './verify-journal.ts';

/** Entries that may wait for the commit that is running. */
const waitingMax = 10_000;

export interface OpenedJournal extends JournalFiles {
  readonly disk: JournalDisk;
  readonly overflow: OverflowFile;
  readonly verified: Intact;
  readonly release: () => void;
}

/** The one writer of a journal file that has been verified. */
export class JournalWriter implements FileJournal {
  readonly #opened: OpenedJournal;
  #endsAt: number;
  #last: Head;
  /** Last record in the file itself; after it come those in the reserve. */
  #lastInFile: Head;
  /** What the reserve holds and the file does not. */
  #spilled: Buffer;
  #signing: Signing | null = null;
  #heads = new SignedHeads(null);
  #waiting: Waiting[] = [];
  #waitingEntries = 0;
  #running: Promise<void> | null = null;
  #failure: Halt | null = null;
  #isClosed = false;

  constructor(opened: OpenedJournal) {
    const { verified, overflow } = opened;
    this.#opened = opened;
    this.#endsAt = verified.endsAt;
    this.#last = verified.head;
    this.#lastInFile = verified.overflow.after;
    this.#spilled = Buffer.from(verified.overflow.text, 'latin1');
    overflow.keep(verified.overflow.usedBytes);
  }

  head(): Head {
    return this.#last;
  }

  append(
    entries: readonly JournalEntry[],
    { isUrgent = false }: AppendOptions = {},
  ): Promise<readonly JournalRecord[]> {
    return this.#enqueue({ entries, isUrgent, checkpoint: null });
  }

  async startSigning({ signer, every = checkpointEvery, onSigned }: SigningOptions): Promise<void> {
    invariant(every >= 1 && Number.isSafeInteger(every), `a checkpoint every ${every} records`);
    const { keys, every: before, signedUpTo } = this.#opened.verified.signed;
    const isNamed = keys.at(-1)?.publicKey === signer.publicKey && before === every;
    let last = signedUpTo + 1;
    if (!isNamed) {
      const [named] = await this.append([keyEntry(signer, every)], { isUrgent: true });
      last = (named?.sequence ?? 1) - 1;
    }
    this.#signing = { signer, every, last, day: null };
    this.#heads = new SignedHeads(onSigned === undefined ? null : (head, why) => onSigned(head, signer, why));
    // At the start, so that what an earlier run left unsigned is signed and told outside.
    await this.checkpoint('start');
  }

  async checkpoint(why: CheckpointReason): Promise<void> {
    if (this.#signing === null) return;
    await this.#enqueue({ entries: [], isUrgent: why === 'start', checkpoint: why });
    await this.#heads.told();
  }

  *read(fromSequence: number): Iterable<JournalRecord> {
    const isWanted = ({ sequence, kind }: JournalRecord) => sequence >= fromSequence && !isJournalsOwn(kind);
    const spilled = this.#spilledRecords().filter(isWanted);
    for (const step of scanJournal(this.#opened.file, this.#endsAt)) {
      if (step.kind === 'broken') {
        throw new Halt('journal.broken', `Cannot read the journal: record ${step.sequence} is bad, ${step.reason}`);
      }
      if (isWanted(step.record)) yield step.record;
    }
    yield* spilled;
  }

  async lastWords(entries: readonly JournalEntry[]): Promise<boolean> {
    try {
      await this.#running;
      const nobody = { isUrgent: true, checkpoint: null, resolve: () => null, reject: () => null } as const;
      const { lines } = sealBatch([{ ...nobody, entries }], this.#last, null);
      return lines.length > 0 && (await this.#opened.overflow.add(Buffer.from(lines.join(''), 'utf8')));
    } catch {
      // The second place failed as well; the caller goes on without either.
      return false;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    // A journal that is full or failed closes as it is; the next start signs what is there.
    await this.checkpoint('close').catch(() => null);
    this.#isClosed = true;
    await this.#running;
    const { disk, handle, note, overflow, release } = this.#opened;
    await disk.close();
    // Everything acknowledged is durable already: what closing says cannot change that.
    await Promise.allSettled([handle.close(), note.close(), overflow.close()]);
    release();
  }

  #enqueue(asked: Omit<Waiting, 'resolve' | 'reject'>): Promise<readonly JournalRecord[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#isClosed) return Promise.reject(new Halt('journal.failed', 'Cannot record: the journal is closed'));
    if (this.#waitingEntries + asked.entries.length > waitingMax) {
      return Promise.reject(new Halt('journal.busy', `Cannot record: ${this.#waitingEntries} entries wait already`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...asked, resolve, reject });
      this.#waitingEntries += asked.entries.length;
      this.#running ??= this.#commitAll();
    });
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Together go only those that are treated alike when there is no room.
      const isUrgent = this.#waiting[0]?.isUrgent === true;
      const other = this.#waiting.findIndex((waiting) => waiting.isUrgent !== isUrgent);
      const batch = this.#waiting.splice(0, other < 0 ? this.#waiting.length : other);
      for (const { entries } of batch) this.#waitingEntries -= entries.length;
      await this.#commit(batch, isUrgent);
    }
    this.#running = null;
  }

  async #commit(batch: readonly Waiting[], isUrgent: boolean): Promise<void> {
    const sealed = sealBatch(batch, this.#last, this.#signing);
    try {
      await this.#write(sealed, isUrgent);
    } catch (error) {
      for (const { reject } of batch) reject(error as Halt);
      return;
    }
    this.#last = sealed.head;
    this.#signing = sealed.signing;
    for (const settle of sealed.settle) settle();
    for (const { head, why } of sealed.signed) this.#heads.tell(head, why);
  }

  async #write(sealed: SealedBatch, isUrgent: boolean): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    if (sealed.lines.length === 0) return;
    const bytes = Buffer.from(sealed.lines.join(''), 'utf8');
    const all = this.#spilled.length === 0 ? bytes : Buffer.concat([this.#spilled, bytes]);
    const outcome = await this.#opened.disk.commit({ bytes: all, at: this.#endsAt, head: sealed.head });
    if (outcome.kind === 'not-synced') throw this.#fail(outcome.cause);
    if (outcome.kind === 'not-written') {
      const refused = await this.#refused(outcome.cause);
      if (refused.code === 'journal.full' && isUrgent && (await this.#spill(bytes, sealed.head))) return;
      throw refused;
    }
    this.#endsAt += all.length;
    this.#lastInFile = sealed.head;
    if (this.#spilled.length > 0) await this.#drained();
  }

  /** In the reserve the bytes are as durable as in the file. */
  async #spill(bytes: Buffer, head: Head): Promise<boolean> {
    try {
      if (!(await this.#opened.overflow.add(bytes))) return false;
      await writeHead(this.#opened.note, head);
    } catch (cause) {
      throw this.#fail(cause);
    }
    this.#spilled = Buffer.concat([this.#spilled, bytes]);
    return true;
  }

  async #drained(): Promise<void> {
    this.#spilled = Buffer.alloc(0);
    try {
      await this.#opened.overflow.clear();
    } catch (cause) {
      throw this.#fail(cause);
    }
  }

  /** A full disk refuses this commit and leaves the file as it was; a later one may succeed. All else is fatal. */
  async #refused(cause: unknown): Promise<Halt> {
    if (!fullCodes.has((cause as NodeJS.ErrnoException).code)) return this.#fail(cause);
    try {
      await this.#opened.handle.truncate(this.#endsAt);
    } catch (error) {
      return this.#fail(error);
    }
    const reason = 'Cannot record: the disk is full, wanted room for the journal; free some space';
    return new Halt('journal.full', reason, { cause });
  }

  /** After a failed sync the kernel may have dropped the pages and call the next sync a success: never retried. */
  #fail(cause: unknown): Halt {
    this.#failure ??= new Halt('journal.failed', 'Cannot record: the disk reported an error, wanted a durable write', {
      cause,
    });
    return this.#failure;
  }

  #spilledRecords(): readonly JournalRecord[] {
    const records: JournalRecord[] = [];
    let head = this.#lastInFile;
    for (const line of this.#spilled.toString('latin1').split('\n').slice(0, -1)) {
      const record = decodeLine(line, head);
      if (typeof record === 'string') throw new Halt('journal.broken', `Cannot read the reserve: ${record}`);
      records.push(readable(record));
      head = record;
    }
    return records;
  }
}
