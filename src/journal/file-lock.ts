import { DatabaseSync } from 'node:sqlite';
import { FixConfiguration } from '#domain/errors.ts';

/**
 * Holds `file` for this process until released or dead. Node has no flock(); SQLite's exclusive lock is the kernel's own
 * (fcntl, LockFileEx), so it falls with the process, however that ends. A file with a process id in it would not.
 *
 * @throws FixConfiguration `journal.locked` when another opener holds it
 */
export function lockFile(file: string): { release(): void } {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new FixConfiguration(
      'journal.locked',
      `Cannot open "${file}": another gateway holds it, wanted nobody; stop the other Snowball first`,
      { cause },
    );
  }
  return { release: () => database.close() };
}
