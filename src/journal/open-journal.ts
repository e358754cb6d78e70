import { existsSync } from 'node:fs';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Halt } from '#domain/errors.ts';
import { lockFile } from './file-lock.ts';
import { headPath, writeHead } from './head-file.ts';
import { HandleDisk, type JournalFiles } from './handle-disk.ts';
import type { FileJournal } from './journal.ts';
import type { JournalDisk } from './journal-disk.ts';
import { JournalWriter } from './journal-writer.ts';
import { fullCodes, OverflowFile, readOverflow } from './overflow-file.ts';
import { journalHeader } from './record-line.ts';
import { verifyJournal, type Intact } from './verify-journal.ts';

export interface JournalOptions {
  readonly file: string;
  /** The external anchor: a journal that lacks a head it holds is refused. Absent, or not there yet: nothing to hold it against. */
  readonly anchorFile?: string;
  /** What makes commits durable; by file handles when nothing is said. Who sends orders has a `ThreadDisk`. */
  readonly diskOf?: (files: JournalFiles) => JournalDisk;
  /** How all files are opened; tests hand in disks that fail. */
  readonly openFile?: typeof open;
}

/**
 * Opens or makes the journal `file` (0600), verifies the whole chain, cuts off a last write that a crash left unfinished,
 * writes what the reserve kept while the disk was full, and keeps every other opener out.
 *
 * Why a file of our own and not SQLite: a record must be durable with one write and one fdatasync, readable with any
 * text tool in ten years, and a disk error must reach us undisguised (SQLite retries and rolls back on its own). The write
 * and the sync run on other threads, so the event loop never waits; what is appended meanwhile goes together into the
 * next commit.
 *
 * @throws Halt `journal.broken` naming the first bad record; FixConfiguration `journal.locked`
 */
export async function openJournal(options: JournalOptions): Promise<FileJournal> {
  const { file, anchorFile, diskOf = (files) => new HandleDisk(files), openFile = open } = options;
  const lock = lockFile(`${file}.lock`);
  const handles: { close(): Promise<void> }[] = [];
  const keep = <Opened extends { close(): Promise<void> }>(opened: Opened): Opened => {
    handles.push(opened);
    return opened;
  };
  try {
    if (!existsSync(file)) await create(file, openFile);
    const verified = intact(file, anchorFile);
    const handle = keep(await openFile(file, 'r+'));
    const note = keep(await openFile(headPath(file), existsSync(headPath(file)) ? 'r+' : 'w+', 0o600));
    if (verified.unfinishedBytes > 0) await handle.truncate(verified.endsAt);
    await handle.datasync();
    await writeHead(note, verified.head);
    const overflow = keep(await OverflowFile.open(file, openFile));
    const { ino } = await handle.stat();
    const release = (): void => lock.release();
    const files = { file, handle, ino, note };
    const disk = keep(diskOf(files));
    const writer = new JournalWriter({ ...files, disk, overflow, verified, release });
    const { late } = verified.overflow;
    if (late.length > 0) await writer.append(late);
    // What it held is in the file, or was never acknowledged: a later start must not meet it again.
    if (verified.overflow.text === '' && readOverflow(file).length > 0) await overflow.clear();
    return writer;
  } catch (error) {
    for (const handle of handles) await handle.close();
    lock.release();
    const isFull = fullCodes.has((error as NodeJS.ErrnoException).code);
    throw isFull ? new Halt('journal.full', 'Cannot open the journal: the disk is full', { cause: error }) : error;
  }
}

function intact(file: string, anchorFile: string | undefined): Intact {
  const verified = verifyJournal(file, anchorFile === undefined || !existsSync(anchorFile) ? {} : { anchorFile });
  if (verified.kind === 'intact') return verified;
  throw new Halt(
    'journal.broken',
    `Cannot open the journal "${file}": record ${verified.sequence} is bad, ${verified.reason}; ` +
      'nothing is sent until a person has looked at it',
  );
}

/** Under another name first, so that a journal without its first line can never exist. */
async function create(file: string, openFile: typeof open): Promise<void> {
  const draft = `${file}.new`;
  const handle = await openFile(draft, 'w', 0o600);
  try {
    await handle.appendFile(`${journalHeader}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  // The name of the file must be durable too; Windows has no such call and does it by itself.
  if (process.platform === 'win32') return;
  const folder: FileHandle = await openFile(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
