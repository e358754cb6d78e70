import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { instrumentId, symbolOf } from '#domain/instrument.ts';
import { readActions, recordActions } from './action-rows.ts';
import { adjustBars } from './adjust-bars.ts';
import { countingActions, type ActionsAsOf, type CorporateAction, type RecordedAction } from './corporate-action.ts';
import { loadBars, type DayRequest, type LoadedBars, type LoadRequest } from './load/load-bars.ts';
import { threadHelper } from './load/load-helper.ts';
import { mergeBars, type MergeCounts } from './merge-bars.ts';
import { freshColumns } from './blocks/series-blob.ts';
import { SeriesRows } from './load/series-rows.ts';
import { sliceBars } from './slice-bars.ts';
import { inTransaction, openStoreFile } from './store-file.ts';
import { takeOverBars } from './take-over-bars.ts';
import { visitBars, type VisitBars } from './load/visit-bars.ts';

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

/** Days as yyyymmdd, both included. */
export interface DayRange {
  readonly from: number;
  readonly to: number;
}

export interface AdjustedRange extends DayRange {
  /** Days when left out. */
  readonly interval?: BarInterval;
}

export interface StoredSeries extends MergeCounts {
  readonly symbol: string;
}

/**
 * Bars of many instruments in one SQLite file, a compressed blob of columns with a checksum for each instrument and
 * interval. Several processes may read while one writes (WAL); a writer that finds another one waits up to five seconds.
 */
export interface BarStore {
  /** Series taken over from a file of the first layout by this opening; 0 ordinarily. */
  readonly takenOver: number;
  /**
   * Adds bars, or none of them: all series go in by one transaction, also when the process dies in its middle. A bar of a
   * day that the store already holds replaces it; the answer counts what was new, changed and equal, in the order given.
   */
  importSeries(series: readonly NamedSeries[], origin: { readonly source: string }): readonly StoredSeries[];
  /**
   * Bars from `from` to `to` (yyyymmdd, both included), for reading; null when the store has none of the instrument at
   * all. Only the blocks that hold these days are decoded.
   */
  series(symbol: string, interval: BarInterval, from: number, to: number): BarSeries | null;
  /** Every series at once, into one memory that workers can share; of a large store, by two threads (`loadBars`). */
  loadAll(request: LoadRequest): LoadedBars;
  /** Every series, one after the other, in memory that the next one takes over: the cheapest way through a market. */
  visitAll(request: DayRequest, visit: VisitBars): void;
  /**
   * `series` on the footing of its last day, computed now from the raw bars and the corporate actions that count
   * (`adjustBars` states the rounding); the raw bars stay what they are. Minutes are adjusted by the factors of the day
   * bars where the store has those, so that both are on one footing to the won's rounding.
   */
  adjustedSeries(symbol: string, range: AdjustedRange, asOf?: ActionsAsOf): BarSeries | null;
  /** Records corporate actions; the answer is their version, 1 for the first import of all. Nothing recorded is changed. */
  recordActions(actions: readonly CorporateAction[], origin: { readonly source: string }): number;
  /** All records of one instrument, or of every one, oldest version first. */
  actions(symbol?: string): readonly RecordedAction[];
  /** By listing code. */
  datasets(): readonly Dataset[];
  close(): void;
}

/**
 * Opens the store at `file`, made with its folder when it is not there; `:memory:` keeps it in memory. Bars of a file
 * of the first layout are put into the present one, once, in one transaction.
 *
 * @throws {FixConfiguration} `store.open` when the file cannot be opened or is not ours, `store.damaged` from a read
 *   when a blob is not what was written
 */
export function openBarStore(file: string): BarStore {
  const database = openStoreFile(file);
  const rows = new SeriesRows(database);
  const helper = file === ':memory:' ? null : threadHelper();
  // A thread that opens it later must not depend on where the process stands by then.
  const path = resolve(file);
  return {
    takenOver: takeOverBars(database, rows),
    importSeries: (series, origin) => importAll(database, rows, series, origin.source),
    series: (symbol, interval, from, to) => {
      const row = rows.find(symbolOf(instrumentId(symbol)), interval);
      return row === null ? null : rows.decode(row, { from, to }, freshColumns);
    },
    loadAll: (request) => loadBars({ file: path, database, rows, helper }, request),
    visitAll: (request, visit) => visitBars(database, rows, request, visit),
    adjustedSeries: (symbol, { from, to, interval = '1d' }, asOf = {}) => {
      const row = rows.find(symbolOf(instrumentId(symbol)), interval);
      if (row === null) return null;
      const counting = countingActions(readActions(database, symbol), asOf);
      const days = interval === '1d' ? null : rows.find(row.symbol, '1d');
      const closes = days === null || counting.length === 0 ? undefined : rows.decodeWhole(days);
      return sliceBars(adjustBars(rows.decodeWhole(row), counting, closes), from, to);
    },
    recordActions: (actions, origin) => recordActions(database, actions, origin.source),
    actions: (symbol) => readActions(database, symbol ?? null),
    datasets: () => listDatasets(database),
    close: () => {
      helper?.close();
      database.close();
    },
  };
}

function importAll(
  database: DatabaseSync,
  rows: SeriesRows,
  series: readonly NamedSeries[],
  source: string,
): readonly StoredSeries[] {
  try {
    return inTransaction(database, () => {
      rows.provideDays(series.flatMap((one) => (one.series.interval === '1d' ? [one.series.date] : [])));
      const stored = series.map((one) => importOne(rows, one, source));
      rows.dropUnusedDays();
      return stored;
    });
  } catch (error) {
    rows.forget();
    throw error;
  }
}

function importOne(rows: SeriesRows, { series, name }: NamedSeries, source: string): StoredSeries {
  const symbol = symbolOf(series.instrument);
  const old = rows.find(symbol, series.interval);
  const { merged, ...counts } = mergeBars(old === null ? null : rows.decodeWhole(old), series);
  if (merged.date.length > 0) rows.put(merged, name === '' ? (old?.name ?? '') : name, source);
  return { symbol, ...counts };
}

function listDatasets(database: DatabaseSync): readonly Dataset[] {
  const rows = database
    .prepare(
      `SELECT symbol, name, interval, first_day AS "from", last_day AS "to", count AS bars, size AS bytes, source
         FROM series ORDER BY symbol, interval`,
    )
    .all() as unknown as readonly Dataset[];
  // SQLite's rows have no prototype; a plain copy compares and prints like any other object.
  return rows.map((row) => ({ ...row }));
}
