import { existsSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Halt } from '#domain/errors.ts';
import { lockFile } from './file-lock.ts';
import { headPath, writeHead } from './head-file.ts';
import type { Journal } from './journal.ts';
import { encodeLine, journalHeader, sealRecord, type Head } from './record-line.ts';
import type { JournalEntry, JournalRecord } from './record.ts';
import { scanJournal } from './scan.ts';
import { verifyJournal } from './verify-journal.ts';

/** Entries that may wait for the commit that is running. */
const waitingMax = 10_000;
const fullCodes: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export interface JournalOptions {
  readonly file: string;
  /** How the two files are opened; tests hand in disks that fail. */
  readonly openFile?: typeof open;
}

interface Waiting {
  readonly entries: readonly JournalEntry[];
  readonly resolve: (records: readonly JournalRecord[]) => void;
  readonly reject: (error: Halt) => void;
}

/**
 * Opens or makes the journal `file` (0600), verifies the whole chain, cuts off a last write that a crash left unfinished,
 * and keeps every other opener out.
 *
 * Why a file of our own and not SQLite: a record must be durable with one write and one fdatasync, readable with any
 * text tool in ten years, and a disk error must reach us undisguised (SQLite retries and rolls back on its own). The write
 * and the sync run on libuv's pool threads, so the event loop never waits; what is appended meanwhile goes together
 * into the next commit.
 *
 * @throws Halt `journal.broken` naming the first bad record; FixConfiguration `journal.locked`
 */
export async function openJournal({ file, openFile = open }: JournalOptions): Promise<Journal> {
  const lock = lockFile(`${file}.lock`);
  const handles: FileHandle[] = [];
  try {
    if (!existsSync(file)) await create(file);
    const verified = verifyJournal(file);
    if (verified.kind === 'broken') {
      throw new Halt(
        'journal.broken',
        `Cannot open the journal "${file}": record ${verified.sequence} is bad, ${verified.reason}; ` +
          'nothing is sent until a person has looked at it',
      );
    }
    const handle = await openFile(file, 'r+');
    handles.push(handle);
    const head = await openFile(headPath(file), existsSync(headPath(file)) ? 'r+' : 'w+', 0o600);
    handles.push(head);
    if (verified.unfinishedBytes > 0) await handle.truncate(verified.endsAt);
    await handle.datasync();
    await writeHead(head, verified.head);
    const release = (): void => lock.release();
    return new FileJournal({ file, handle, head, endsAt: verified.endsAt, last: verified.head, release });
  } catch (error) {
    for (const handle of handles) await handle.close();
    lock.release();
    throw fullCodes.has((error as NodeJS.ErrnoException).code) ? full(error) : error;
  }
}

/** Under another name first, so that a journal without its first line can never exist. */
async function create(file: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  await handle.write(`${journalHeader}\n`);
  await handle.datasync();
  await handle.close();
  await rename(draft, file);
  // The name of the file must be durable too; Windows has no such call and does it by itself.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file), 'r');
  await folder.sync();
  await folder.close();
}

function full(cause: unknown): Halt {
  const reason = 'Cannot record: the disk is full, wanted room for the journal; free some space';
  return new Halt('journal.full', reason, { cause });
}

interface Opened {
  readonly file: string;
  readonly handle: FileHandle;
  readonly head: FileHandle;
  readonly endsAt: number;
  readonly last: Head;
  readonly release: () => void;
}

class FileJournal implements Journal {
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #headHandle: FileHandle;
  readonly #release: () => void;
  #endsAt: number;
  #last: Head;
  #waiting: Waiting[] = [];
  #waitingEntries = 0;
  #running: Promise<void> | null = null;
  #failure: Halt | null = null;
  #isClosed = false;

  constructor(opened: Opened) {
    this.#file = opened.file;
    this.#handle = opened.handle;
    this.#headHandle = opened.head;
    this.#endsAt = opened.endsAt;
    this.#last = opened.last;
    this.#release = opened.release;
  }

  head(): Head {
    return this.#last;
  }

  append(entries: readonly JournalEntry[]): Promise<readonly JournalRecord[]> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#isClosed) return Promise.reject(new Halt('journal.failed', 'Cannot record: the journal is closed'));
    if (this.#waitingEntries + entries.length > waitingMax) {
      return Promise.reject(new Halt('journal.busy', `Cannot record: ${this.#waitingEntries} entries wait already`));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      this.#waitingEntries += entries.length;
      this.#running ??= this.#commitAll();
    });
  }

  *read(fromSequence: number): Iterable<JournalRecord> {
    for (const step of scanJournal(this.#file, this.#endsAt)) {
      if (step.kind === 'broken') {
        throw new Halt('journal.broken', `Cannot read the journal: record ${step.sequence} is bad, ${step.reason}`);
      }
      if (step.record.sequence >= fromSequence) yield step.record;
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#running;
    await this.#handle.close();
    await this.#headHandle.close();
    this.#release();
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#waitingEntries = 0;
      await this.#commit(batch);
    }
    this.#running = null;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const settled: (() => void)[] = [];
    const lines: string[] = [];
    let head = this.#last;
    const recordedAt = Temporal.Now.instant().toString();
    for (const { entries, resolve, reject } of batch) {
      try {
        const records = sealAll(entries, head, recordedAt);
        head = records.at(-1) ?? head;
        for (const record of records) lines.push(encodeLine(record));
        settled.push(() => resolve(records));
      } catch (cause) {
        reject(new Halt('journal.entry', 'Cannot record: an entry is not plain JSON', { cause }));
      }
    }
    try {
      await this.#write(Buffer.from(lines.join(''), 'utf8'), head);
    } catch (error) {
      for (const { reject } of batch) reject(error as Halt);
      return;
    }
    for (const settle of settled) settle();
  }

  async #write(bytes: Buffer, head: Head): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    try {
      await writeFully(this.#handle, bytes, this.#endsAt);
    } catch (cause) {
      throw await this.#refused(cause);
    }
    try {
      await this.#handle.datasync();
      await writeHead(this.#headHandle, { sequence: head.sequence, hash: head.hash });
    } catch (cause) {
      throw this.#fail(cause);
    }
    this.#endsAt += bytes.length;
    this.#last = { sequence: head.sequence, hash: head.hash };
  }

  /** A full disk refuses this commit and leaves the file as it was; a later one may succeed. All else is fatal. */
  async #refused(cause: unknown): Promise<Halt> {
    if (!fullCodes.has((cause as NodeJS.ErrnoException).code)) return this.#fail(cause);
    try {
      await this.#handle.truncate(this.#endsAt);
    } catch (error) {
      return this.#fail(error);
    }
    return full(cause);
  }

  /** After a failed sync the kernel may have dropped the pages and call the next sync a success: never retried. */
  #fail(cause: unknown): Halt {
    this.#failure ??= new Halt('journal.failed', 'Cannot record: the disk reported an error, wanted a durable write', {
      cause,
    });
    return this.#failure;
  }
}

function sealAll(entries: readonly JournalEntry[], after: Head, recordedAt: string): readonly JournalRecord[] {
  let head = after;
  return entries.map((entry) => {
    const record = sealRecord(entry, head, recordedAt);
    head = record;
    return record;
  });
}

async function writeFully(handle: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, at + written);
    written += bytesWritten;
  }
}
