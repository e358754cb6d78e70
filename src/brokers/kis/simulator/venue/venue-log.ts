import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { FixConfiguration } from '#domain/errors.ts';

import { venueEvent, type VenueEvent } from './venue-event.ts';

/** The venue's memory. What `append` returned from survives the end of the process. */
export interface VenueLog {
  /** Events of earlier starts, oldest first. */
  read(): IterableIterator<VenueEvent>;
  /** All of them or none, on disk before it returns. */
  append(events: readonly VenueEvent[]): void;
  close(): void;
}

const schema = 'CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT';

/**
 * Opens `<home>/venue.sqlite`, or a log in memory when `home` is null. One process at a time: a second one is refused.
 * The file grows by about 250 bytes an event and is never rewritten; a busy trial day is below 2 MB.
 *
 * @throws FixConfiguration `simulator.log-unusable` when the file cannot be opened or holds something else
 */
export function openVenueLog(home: string | null): VenueLog {
  const database = home === null ? new DatabaseSync(':memory:') : openFile(home);
  database.exec(schema);
  const insert = database.prepare('INSERT INTO events (body) VALUES (?)');
  const select = database.prepare('SELECT seq, body FROM events ORDER BY seq');
  return {
    *read() {
      for (const row of select.iterate()) yield decode(row);
    },
    append(events) {
      if (events.length === 0) return;
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const event of events) insert.run(JSON.stringify(event));
        database.exec('COMMIT');
      } catch (cause) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw cause;
      }
    },
    close: () => database.close(),
  };
}

function openFile(home: string): DatabaseSync {
  const path = join(home, 'venue.sqlite');
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(path);
    chmodSync(path, 0o600);
    // EXCLUSIVE keeps the lock for the life of the process, so that two simulators cannot give out the same number.
    database.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;');
    database.exec('BEGIN IMMEDIATE; COMMIT;');
    return database;
  } catch (cause) {
    throw unusable(`"${path}" cannot be opened`, cause);
  }
}

function decode(row: Record<string, unknown>): VenueEvent {
  try {
    return venueEvent.parse(JSON.parse(String(row['body'])));
  } catch (cause) {
    throw unusable(`event ${String(row['seq'])} is not one of ours`, cause);
  }
}

function unusable(state: string, cause: unknown): FixConfiguration {
  return new FixConfiguration(
    'simulator.log-unusable',
    `Cannot read the log of the simulated venue: ${state}, wanted a file of this program that nobody else has open. ` +
      'Stop the other process, or move the file away to start a new account.',
    { cause },
  );
}
