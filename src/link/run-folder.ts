import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { homeLayout } from './home-layout.ts';

/** The command line's own capabilities, each 0600 and new at every start: ops, */
export const cliTokenFile = 'cli.token';
/** and admin, which only the commands read that need it. */
export const adminTokenFile = 'admin.token';
/** The watchdog's, 0600, only where it is started apart from the house. */
export const watchdogTokenFile = 'watchdog.token';

/** A socket path holds 107 bytes; our longest name and its slash take 20. */
const folderBytesMax = 86;

/**
 * Where the sockets of `home` are: inside it, or in the temporary folder under a name made from it when the path
 * would be too long for a socket. Every process and the command line come to the same answer.
 */
export function runFolderOf(home: string): string {
  const inside = homeLayout(home).run;
  if (Buffer.byteLength(inside) <= folderBytesMax) return inside;
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  return join(tmpdir(), `snowball-${userInfo().uid}-${name}`);
}

/**
 * Makes the folder, for the owner alone.
 *
 * @throws FixConfiguration `link.run-folder` when something else stands there, as in a shared temporary folder
 */
export function makeRunFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const isOurs = stat.isDirectory() && (process.platform === 'win32' || stat.uid === userInfo().uid);
  if (!isOurs)
    throw new FixConfiguration(
      'link.run-folder',
      `Cannot use "${folder}": it belongs to somebody else; remove it or set SNOWBALL_HOME`,
    );
  chmodSync(folder, 0o700);
}
