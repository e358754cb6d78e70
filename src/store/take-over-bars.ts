import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { decodeBars } from './bar-columns.ts';
import { mergeBars } from './merge-bars.ts';
import type { SeriesRows } from './load/series-rows.ts';
import { inTransaction } from './store-file.ts';

/** A row of the table of the first layout. */
interface BarsRow {
  readonly symbol: string;
  readonly interval: BarInterval;
  readonly name: string;
  readonly source: string;
  readonly first_day: number;
  readonly last_day: number;
  readonly count: number;
  readonly columns: Uint8Array;
}

/** Another process may be doing the same; thousands of series take it longer than the usual five seconds. */
const waitMs = 60_000;

/**
 * Puts what a file of the first layout holds into the present tables and removes the old one, in one transaction. A row
 * that does not decode is carried over as it is: a read of it says so, and its bytes are not lost.
 *
 * @returns how many series were taken over; 0 when there was nothing to do
 */
export function takeOverBars(database: DatabaseSync, rows: SeriesRows): number {
  if (!hasOldTable(database)) return 0;
  database.exec(`PRAGMA busy_timeout = ${waitMs}`);
  const count = inTransaction(database, () => (hasOldTable(database) ? takeAll(database, rows) : 0));
  database.exec('PRAGMA busy_timeout = 5000');
  return count;
}

function hasOldTable(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'bars'").get() !== undefined;
}

function takeAll(database: DatabaseSync, rows: SeriesRows): number {
  // All days first, so that one list serves everybody.
  rows.provideDays(daysOfAll(database));
  let count = 0;
  for (const row of oldRows(database)) {
    takeOne(database, rows, row);
    count += 1;
  }
  database.exec('DROP TABLE bars');
  rows.dropUnusedDays();
  return count;
}

/** Read anew each time, and one by one: the blobs of a whole market would fill the memory. */
function* oldRows(database: DatabaseSync): Generator<BarsRow> {
  const names = database.prepare('SELECT symbol, interval FROM bars ORDER BY symbol, interval').all();
  const find = database.prepare('SELECT * FROM bars WHERE symbol = ? AND interval = ?');
  // Its first builder made the table STRICT: its columns have the types of BarsRow.
  for (const { symbol, interval } of names) yield find.get(symbol ?? '', interval ?? '') as unknown as BarsRow;
}

function* daysOfAll(database: DatabaseSync): Generator<Int32Array> {
  for (const row of oldRows(database)) {
    const series = row.interval === '1d' ? decoded(row) : null;
    if (series !== null) yield series.date;
  }
}

function takeOne(database: DatabaseSync, rows: SeriesRows, row: BarsRow): void {
  const series = decoded(row);
  if (series === null) {
    carryDamaged(database, row);
    return;
  }
  const present = rows.find(row.symbol, row.interval);
  const { merged } = mergeBars(present === null ? null : rows.decodeWhole(present), series);
  rows.put(merged, row.name === '' ? (present?.name ?? '') : row.name, row.source);
}

function decoded(row: BarsRow): BarSeries | null {
  try {
    return decodeBars(row.columns, row.count, instrumentId(row.symbol), row.interval);
  } catch {
    // Whatever was thrown, the bytes are not bars; what is done about it is the caller's to say.
    return null;
  }
}

function carryDamaged(database: DatabaseSync, row: BarsRow): void {
  const { symbol, interval, name, source, first_day, last_day, count, columns } = row;
  database
    .prepare('INSERT OR IGNORE INTO series VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, NULL, ?, ?, ?)')
    .run(
      symbol,
      interval,
      name,
      source,
      first_day,
      last_day,
      count,
      crc32(columns),
      columns.length,
      new Uint8Array(0),
      columns,
    );
}
