import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId, symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { decodeBars, encodeBars } from './bar-columns.ts';
import { mergeBars, type MergeCounts } from './merge-bars.ts';
import { sliceBars } from './slice-bars.ts';

/** What the store holds of one instrument. Days are yyyymmdd, both ends included. */
export interface Dataset {
  readonly symbol: string;
  readonly name: string;
  readonly interval: BarInterval;
  readonly from: number;
  readonly to: number;
  readonly bars: number;
  /** Bytes of the compressed columns. */
  readonly bytes: number;
  /** Where the last import came from, as the caller named it. */
  readonly source: string;
}

/** A series and what people call it. */
export interface NamedSeries {
  readonly series: BarSeries;
  readonly name: string;
}

export interface StoredSeries extends MergeCounts {
  readonly symbol: string;
}

/**
 * Bars of many instruments in one SQLite file, a compressed blob of columns for each instrument and interval.
 * Several processes may read while one writes (WAL); a writer that finds another one waits up to five seconds.
 */
export interface BarStore {
  /**
   * Adds bars, or none of them: all series go in by one transaction. A bar of a day that the store already holds
   * replaces it; the answer counts what was new, changed and equal, in the order given.
   */
  importSeries(series: readonly NamedSeries[], origin: { readonly source: string }): readonly StoredSeries[];
  /** Bars from `from` to `to` (yyyymmdd, both included); null when the store has none of the instrument at all. */
  series(symbol: string, interval: BarInterval, from: number, to: number): BarSeries | null;
  /** By listing code. */
  datasets(): readonly Dataset[];
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS bars (
    symbol TEXT NOT NULL, interval TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL,
    first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, count INTEGER NOT NULL, columns BLOB NOT NULL,
    PRIMARY KEY (symbol, interval)
  ) STRICT, WITHOUT ROWID`;

interface BarsRow {
  readonly name: string;
  readonly count: number;
  readonly columns: Uint8Array;
}

/**
 * Opens the store at `file`, made with its folder when it is not there; `:memory:` keeps it in memory.
 *
 * @throws {FixConfiguration} `store.open` when the file cannot be opened or is not ours, `store.damaged` from a read
 *   when a blob does not decode
 */
export function openBarStore(file: string): BarStore {
  const database = openDatabase(file);
  return {
    importSeries: (series, origin) => importAll(database, series, origin.source),
    series: (symbol, interval, from, to) => {
      const stored = readSeries(database, instrumentId(symbol), interval);
      return stored === null ? null : sliceBars(stored.series, from, to);
    },
    datasets: () => listDatasets(database),
    close: () => database.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
    database.exec(schema);
    return database;
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new FixConfiguration(
      'store.open',
      `Cannot open the bar store "${file}": ${found}, wanted a writable SQLite file. Move the file away to start with an empty store, then import the bars again.`,
      { cause },
    );
  }
}

function importAll(database: DatabaseSync, series: readonly NamedSeries[], source: string): readonly StoredSeries[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    const stored = series.map((one) => importOne(database, one, source));
    database.exec('COMMIT');
    return stored;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function importOne(database: DatabaseSync, { series, name }: NamedSeries, source: string): StoredSeries {
  const symbol = symbolOf(series.instrument);
  const old = readSeries(database, series.instrument, series.interval);
  const { merged, ...counts } = mergeBars(old?.series ?? null, series);
  const count = merged.date.length;
  if (count === 0) return { symbol, ...counts };
  database
    .prepare('INSERT OR REPLACE INTO bars VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      symbol,
      series.interval,
      name === '' ? (old?.name ?? '') : name,
      source,
      merged.date[0] ?? 0,
      merged.date[count - 1] ?? 0,
      count,
      encodeBars(merged),
    );
  return { symbol, ...counts };
}

function readSeries(
  database: DatabaseSync,
  instrument: InstrumentId,
  interval: BarInterval,
): { readonly series: BarSeries; readonly name: string } | null {
  // The table is STRICT and only this file writes it: its columns have the types of BarsRow.
  const row = database
    .prepare('SELECT name, count, columns FROM bars WHERE symbol = ? AND interval = ?')
    .get(symbolOf(instrument), interval) as BarsRow | undefined;
  if (row === undefined) return null;
  try {
    return { series: decodeBars(row.columns, row.count, instrument, interval), name: row.name };
  } catch (cause) {
    throw new FixConfiguration(
      'store.damaged',
      `Cannot read the stored bars of ${symbolOf(instrument)}: the columns do not decode. Move the store file away and import the bars again.`,
      { cause },
    );
  }
}

function listDatasets(database: DatabaseSync): readonly Dataset[] {
  const rows = database
    .prepare(
      `SELECT symbol, name, interval, first_day AS "from", last_day AS "to", count AS bars,
              length(columns) AS bytes, source FROM bars ORDER BY symbol, interval`,
    )
    .all() as unknown as readonly Dataset[];
  // SQLite's rows have no prototype; a plain copy compares and prints like any other object.
  return rows.map((row) => ({ ...row }));
}
