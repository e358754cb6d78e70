import { stat, type FileHandle } from 'node:fs/promises';
import { writeHead } from './head-file.ts';
import { anotherFile, asError, durable, type Commit, type CommitOutcome, type JournalDisk } from './journal-disk.ts';
import { writeFully } from './overflow-file.ts';

/** The open files of a journal. */
export interface JournalFiles {
  readonly file: string;
  readonly handle: FileHandle;
  /** Number of the file on its disk: a file that was removed takes every byte and keeps none. */
  readonly ino: number;
  readonly note: FileHandle;
}

/**
 * Commits by file handles, on the threads that all of Node's file work shares: the plain way, and the one that every
 * other is held against. Each step is a journey there and back; `ThreadDisk` makes one of all.
 */
export class HandleDisk implements JournalDisk {
  readonly #files: JournalFiles;

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  async commit({ bytes, at, head }: Commit): Promise<CommitOutcome> {
    const { handle, note } = this.#files;
    try {
      await writeFully(handle, bytes, at);
    } catch (thrown) {
      return { kind: 'not-written', cause: asError(thrown) };
    }
    try {
      await Promise.all([handle.datasync(), this.#mustBeInPlace()]);
      await writeHead(note, head);
    } catch (thrown) {
      return { kind: 'not-synced', cause: asError(thrown) };
    }
    return durable;
  }

  async close(): Promise<void> {
    // It started nothing.
  }

  /** A file that was removed, or put in another's place, has taken the bytes and will not be found by the next start. */
  async #mustBeInPlace(): Promise<void> {
    const { file, ino } = this.#files;
    const found = await stat(file);
    if (found.ino !== ino) throw new Error(anotherFile);
  }
}
