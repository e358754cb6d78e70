import { Worker } from 'node:worker_threads';
import { invariant } from '#domain/invariant.ts';
import { commitBytesMax, commitMemory, CommitRoom } from './commit-room.ts';
import { HandleDisk, type JournalFiles } from './handle-disk.ts';
import { noteSlot } from './head-file.ts';
import { durable, type Commit, type CommitFailure, type CommitOutcome, type JournalDisk } from './journal-disk.ts';

/** What the thread says of a commit that failed. */
interface Said {
  readonly kind: CommitFailure['kind'];
  readonly message: string;
  readonly code: string | null;
}

/** For `openJournal()`. */
export function threadDisk(files: JournalFiles): JournalDisk {
  return new ThreadDisk(files);
}

/**
 * Commits on a thread that does nothing else: the same calls of the disk in the same order as `HandleDisk`, with one
 * journey there and back instead of four, and never behind somebody else's work. The asking thread waits for nothing, and
 * what is larger than the room between them goes by the handles.
 */
export class ThreadDisk implements JournalDisk {
  readonly #handles: HandleDisk;
  readonly #room: CommitRoom;
  readonly #thread: Worker;
  readonly #ended: Promise<void>;
  #pending: ((outcome: CommitOutcome) => void) | null = null;
  /** Why nothing can be committed any more. */
  #failure: Error | null = null;

  constructor(files: JournalFiles) {
    const { file, handle, ino, note } = files;
    const memory = commitMemory();
    this.#handles = new HandleDisk(files);
    this.#room = new CommitRoom(memory);
    this.#thread = new Worker(new URL('./commit-thread.ts', import.meta.url), {
      workerData: { memory, files: { file, descriptor: handle.fd, ino, noteDescriptor: note.fd } },
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 },
    });
    this.#thread.on('message', (said: Said) => this.#settle(failureOf(said)));
    this.#thread.on('error', (error) => this.#lost(error instanceof Error ? error : new Error(String(error))));
    this.#ended = new Promise((resolve) => {
      this.#thread.once('exit', () => {
        this.#lost(new Error('the thread of the journal has ended'));
        resolve();
      });
    });
    // An open journal keeps no process alive; a commit that runs does.
    this.#thread.unref();
  }

  commit(commit: Commit): Promise<CommitOutcome> {
    invariant(this.#pending === null, 'a commit was asked for while another one runs');
    const { bytes, at, head } = commit;
    if (bytes.length > commitBytesMax) return this.#handles.commit(commit);
    const lost = this.#failure;
    if (lost !== null) return Promise.resolve({ kind: 'not-synced', cause: lost });
    const { slot, place } = noteSlot(head);
    return new Promise((resolve) => {
      this.#pending = resolve;
      this.#thread.ref();
      this.#room.put({ bytes, at, note: slot, noteAt: place });
      void this.#awaitDurable();
    });
  }

  close(): Promise<void> {
    this.#room.end();
    this.#thread.ref();
    return this.#ended;
  }

  /** A failure comes as a message. */
  async #awaitDurable(): Promise<void> {
    if (await this.#room.isDurable()) this.#settle(durable);
  }

  #settle(outcome: CommitOutcome): void {
    const settle = this.#pending;
    this.#pending = null;
    this.#thread.unref();
    settle?.(outcome);
  }

  /** Whether the commit that ran became durable nobody knows, and that is what a failed sync means. */
  #lost(error: Error): void {
    this.#failure ??= error;
    this.#settle({ kind: 'not-synced', cause: this.#failure });
  }
}

function failureOf({ kind, message, code }: Said): CommitFailure {
  const error = new Error(message);
  return { kind, cause: code === null ? error : Object.assign(error, { code }) };
}
