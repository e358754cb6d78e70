import { spawnSync } from 'node:child_process';
import { constants, copyFileSync, chmodSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

const name = 'node-sealed';
const executeOnly = 0o111;
const tryTimeoutMs = 10_000;

/**
 * A copy of Node that may be executed and not read. Linux makes a process that starts from such a file non-dumpable
 * (would_dump() in fs/exec.c, proc(5) on /proc/pid/environ): no core, and no other process of the same user opens its memory
 * or attaches to it, without a native add-on for prctl(2). Made once in `folder`, and anew when Node is another. About
 * 150 MB of disk, shared with the original where the file system can.
 *
 * @returns null where it would change nothing or does not work: other systems; root, who may read every file; a folder
 *   from which nothing may be executed
 */
export function sealedNode(folder: string, node: string = process.execPath): string | null {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return null;
  const file = join(folder, name);
  if (!isCopyOf(file, node)) copy(node, file);
  const tried = spawnSync(file, ['--version'], { env: {}, timeout: tryTimeoutMs });
  return tried.status === 0 ? file : null;
}

/** Its bytes cannot be read, by us no more than by others; size and time were given to it with them. */
function isCopyOf(file: string, node: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  const wanted = statSync(node);
  return (
    found !== undefined &&
    (found.mode & 0o777) === executeOnly &&
    found.size === wanted.size &&
    Math.floor(found.mtimeMs / 1_000) === Math.floor(wanted.mtimeMs / 1_000)
  );
}

/** Under another name until it is whole, so that a start that was cut off leaves nothing that looks finished. */
function copy(node: string, file: string): void {
  const unfinished = `${file}.${process.pid}`;
  rmSync(file, { force: true });
  copyFileSync(node, unfinished, constants.COPYFILE_FICLONE);
  const { atime, mtime } = statSync(node);
  utimesSync(unfinished, atime, mtime);
  chmodSync(unfinished, executeOnly);
  renameSync(unfinished, file);
}
