import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FixConfiguration } from '#domain/errors.ts';

/**
 * `series` holds one instrument and interval a row; `bytes` is what `format` says, `checksum` the CRC-32 of `days` and
 * `bytes` together. Small columns stand before the large ones, so that a list of all does not touch those. The number of
 * this layout is SQLite's `user_version`. The table `bars` of layout 0 is read once and then gone; a build that
 * knows only layout 0 makes it anew, and what it puts there is taken over the next time.
 */
const layout = 2;
const tables = `
  CREATE TABLE IF NOT EXISTS day_lists (id INTEGER PRIMARY KEY, count INTEGER NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS series (
    symbol TEXT NOT NULL, interval TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL,
    first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, count INTEGER NOT NULL,
    format INTEGER NOT NULL, checksum INTEGER NOT NULL, day_list INTEGER, size INTEGER NOT NULL, days BLOB NOT NULL, bytes BLOB NOT NULL,
    UNIQUE (symbol, interval)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS corporate_actions (
    version INTEGER NOT NULL, symbol TEXT NOT NULL, from_day INTEGER NOT NULL, kind TEXT NOT NULL,
    known_on INTEGER NOT NULL, shares_before INTEGER NOT NULL, shares_after INTEGER NOT NULL, dividend INTEGER NOT NULL,
    is_withdrawn INTEGER NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (version, symbol, from_day, kind)
  ) STRICT, WITHOUT ROWID;`;

/**
 * Opens the file of a store, made with its folder when it is not there.
 *
 * @throws {FixConfiguration} `store.open` when it cannot be opened, is not ours, or was written by a later version
 */
export function openStoreFile(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return prepare(new DatabaseSync(file));
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FixConfiguration(
      'store.open',
      `Cannot open the bar store "${file}": ${found}, wanted a writable SQLite file. Move the file away to start with an empty store, then import the bars again.`,
      { cause },
    );
  }
}

function prepare(database: DatabaseSync): DatabaseSync {
  database.exec('PRAGMA busy_timeout = 5000');
  const found = layoutOf(database);
  if (found > layout) {
    database.close();
    throw new RangeError(`it has layout ${found} of a later version, this one knows up to ${layout}`);
  }
  // Only a new file takes this on. Smaller pages make longer chains of a blob, larger ones waste more behind its end.
  database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  if (found < layout) database.exec(`BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${layout}; COMMIT`);
  return database;
}

function layoutOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

/** Does `work` as one transaction: all of it is kept, or, when it throws or the process dies, none. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Reads the store as of one moment, whatever is written meanwhile. */
export function inSnapshot<Result>(database: DatabaseSync, read: () => Result): Result {
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    database.exec('COMMIT');
  }
}
