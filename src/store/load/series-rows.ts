import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';

import {
  dayListOf,
  decodeDays,
  encodeDays,
  joinDays,
  holdsAll,
  runsOf,
  type DayList,
  type DayRuns,
} from './day-list.ts';
import { decodeSeries, encodeSeries, freshColumns, type MakeColumns, type SeriesBlob } from '../blocks/series-blob.ts';
import type { SeriesHead } from '../blocks/series-head.ts';
import { checkSeries, damagedSeries } from '../blocks/series-checksum.ts';

/** A series as it lies in the file, with what a list shows of it. */
export interface SeriesRow extends SeriesBlob {
  readonly name: string;
}

/** The same without its bars. */
export interface HeadRow extends SeriesHead {
  readonly name: string;
}

const headFields = 'symbol, interval, name, count, format, checksum, day_list AS dayList, days';
const fields = `${headFields}, bytes`;

/** Rows of the table `series` and the day lists that they share. */
export class SeriesRows {
  readonly #database: DatabaseSync;
  /** Lists never change, so they are decoded once for each opening of the store. */
  readonly #lists = new Map<number, DayList>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(symbol: string, interval: BarInterval): SeriesRow | null {
    // The table is STRICT and only this file writes it: its columns have the types of SeriesRow.
    const row = this.#database
      .prepare(`SELECT ${fields} FROM series WHERE symbol = ? AND interval = ?`)
      .get(symbol, interval) as unknown as SeriesRow | undefined;
    return row ?? null;
  }

  /** One after the other, by listing code. */
  *all(interval: BarInterval): Generator<SeriesRow> {
    const rows = this.#database.prepare(`SELECT ${fields} FROM series WHERE interval = ? ORDER BY symbol`);
    for (const row of rows.iterate(interval)) yield row as unknown as SeriesRow;
  }

  /** All of them without their bars, by listing code. */
  heads(interval: BarInterval): readonly HeadRow[] {
    return this.#database
      .prepare(`SELECT ${headFields} FROM series WHERE interval = ? ORDER BY symbol`)
      .all(interval) as unknown as readonly HeadRow[];
  }

  /** The list that a series has its days in; null where it has none. @throws {InvariantError} when the list is damaged */
  daysOf({ dayList }: SeriesHead): DayList | null {
    return dayList === null ? null : this.#list(dayList);
  }

  /** @throws {FixConfiguration} `store.damaged` when the row is not what was written */
  decode(row: SeriesRow, days: { readonly from: number; readonly to: number }, make: MakeColumns): BarSeries {
    try {
      checkSeries(row);
      return decodeSeries(row, this.daysOf(row), days, make);
    } catch (cause) {
      throw damagedSeries(row.symbol, cause);
    }
  }

  /** Every bar of a row, in memory of its own. */
  decodeWhole(row: SeriesRow): BarSeries {
    return this.decode(row, { from: 0, to: 99_999_999 }, freshColumns);
  }

  /** Makes the newest list hold all of `dates`, which makes a new one unless it does; once before a batch is put. */
  provideDays(dates: Iterable<Int32Array>): void {
    const newest = this.#newest();
    let all = newest === null ? new Int32Array(0) : this.#list(newest).dates;
    for (const some of dates) if (!holdsAll(all, some)) all = joinDays(all, some);
    if (newest !== null && all === this.#list(newest).dates) return;
    const { bytes, checksum } = encodeDays(all);
    this.#database
      .prepare('INSERT INTO day_lists (count, checksum, bytes) VALUES (?, ?, ?)')
      .run(all.length, checksum, bytes);
  }

  put(series: BarSeries, name: string, source: string): void {
    const blob = encodeSeries(series, (dates) => this.#runs(dates));
    const { length } = series.date;
    this.#database
      .prepare('INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        symbolOf(series.instrument),
        series.interval,
        name,
        source,
        series.date[0] ?? 0,
        series.date[length - 1] ?? 0,
        length,
        blob.format,
        blob.checksum,
        blob.dayList,
        blob.bytes.length + blob.days.length,
        blob.days,
        blob.bytes,
      );
  }

  /** Drops day lists that no series names any more; the newest stays, so that numbers are never given twice. */
  dropUnusedDays(): void {
    this.#database.exec(
      `DELETE FROM day_lists WHERE id < (SELECT max(id) FROM day_lists)
         AND id NOT IN (SELECT day_list FROM series WHERE day_list IS NOT NULL)`,
    );
  }

  /** After a rollback: the number of a list that is gone may be given to another one. */
  forget(): void {
    this.#lists.clear();
  }

  #newest(): number | null {
    const row = this.#database.prepare('SELECT max(id) AS id FROM day_lists').get();
    return typeof row?.['id'] === 'number' ? row['id'] : null;
  }

  #runs(dates: Int32Array): { readonly list: number; readonly runs: DayRuns } {
    const list = this.#newest();
    const runs = list === null ? null : runsOf(dates, this.#list(list));
    invariant(list !== null && runs !== null, 'the newest day list holds the days of a series that is put');
    return { list, runs };
  }

  #list(id: number): DayList {
    const known = this.#lists.get(id);
    if (known !== undefined) return known;
    const row = this.#database.prepare('SELECT count, checksum, bytes FROM day_lists WHERE id = ?').get(id);
    const { count, checksum, bytes } = (row ?? {}) as {
      readonly count?: number;
      readonly checksum?: number;
      readonly bytes?: Uint8Array;
    };
    const isWhole = bytes !== undefined && count !== undefined && crc32(bytes) === checksum;
    invariant(isWhole, `day list ${id} is there and unharmed`);
    const list = dayListOf(decodeDays(bytes, count));
    this.#lists.set(id, list);
    return list;
  }
}
