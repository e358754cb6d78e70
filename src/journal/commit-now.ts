import { fdatasyncSync, statSync, writeSync } from 'node:fs';
import { anotherFile, asError, durable, type CommitOutcome } from './journal-disk.ts';

/** The open files of a journal by descriptor, which all threads of a process share. */
export interface CommitFiles {
  readonly file: string;
  readonly descriptor: number;
  /** Number of the file on its disk. */
  readonly ino: number;
  readonly noteDescriptor: number;
}

/** A commit with its note as bytes, and where each begins in its file. */
export interface RawCommit {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly note: Uint8Array;
  readonly noteAt: number;
}

/** The calls of the disk; tests hand in ones that fail. */
export interface SyncDisk {
  /** Bytes written, which may be fewer than asked for. */
  readonly write: (descriptor: number, bytes: Uint8Array, from: number, length: number, at: number) => number;
  readonly sync: (descriptor: number) => void;
  readonly ino: (file: string) => number;
}

const realDisk: SyncDisk = {
  write: (descriptor, bytes, from, length, at) => writeSync(descriptor, bytes, from, length, at),
  sync: (descriptor) => fdatasyncSync(descriptor),
  ino: (file) => statSync(file).ino,
};

/**
 * Write, sync, a look whether the file is still in its place, note: the steps of `HandleDisk` in their order, without
 * letting go of the thread. Blocks for as long as the disk likes: never to be called where anything else waits.
 */
export function commitNow(files: CommitFiles, commit: RawCommit, disk: SyncDisk = realDisk): CommitOutcome {
  try {
    writeAll(disk, files.descriptor, commit.bytes, commit.at);
  } catch (thrown) {
    return { kind: 'not-written', cause: asError(thrown) };
  }
  try {
    disk.sync(files.descriptor);
    if (disk.ino(files.file) !== files.ino) throw new Error(anotherFile);
    disk.write(files.noteDescriptor, commit.note, 0, commit.note.length, commit.noteAt);
  } catch (thrown) {
    return { kind: 'not-synced', cause: asError(thrown) };
  }
  return durable;
}

function writeAll(disk: SyncDisk, descriptor: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length;) {
    const count = disk.write(descriptor, bytes, written, bytes.length - written, at + written);
    if (count === 0) throw Object.assign(new Error('the disk took no byte'), { code: 'EIO' });
    written += count;
  }
}
