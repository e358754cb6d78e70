import { crc32 } from 'node:zlib';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { decodeBars, encodeBars } from './bar-columns.ts';
import { blockLayout, type BarColumns } from './block-layout.ts';
import { dayStartsAtMs } from './csv-series.ts';
import { daysOf, placeOf, type DayList, type DayRuns } from './day-list.ts';
import { MinuteStretches, writeMinuteTimes } from './minute-times.ts';
import { decodeBlocks } from './decode-blocks.ts';
import { blocksAround } from './read-blocks.ts';
import { sliceBars } from './slice-bars.ts';
import { writeBlocks } from './write-blocks.ts';

/** A row of `series`, as far as decoding needs it. */
export interface SeriesBlob {
  readonly symbol: string;
  readonly interval: BarInterval;
  readonly count: number;
  /**
   * 2: blocks of daily bars and stretches of a day list; 3: blocks of minute bars, `days` being their times
   * (`minute-times.ts`); 1: everything in one compressed text of integers.
   */
  readonly format: number;
  readonly checksum: number;
  readonly dayList: number | null;
  readonly days: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Bars as what is kept of them; `days` is empty where the bytes hold the days themselves. */
export function encodeSeries(
  series: BarSeries,
  findDays: (dates: Int32Array) => { readonly list: number; readonly runs: DayRuns },
): Pick<SeriesBlob, 'format' | 'checksum' | 'dayList' | 'days' | 'bytes'> {
  const minutes = encodeMinutes(series);
  if (minutes !== null) return minutes;
  const blocks = isDaily(series) ? writeBlocks(series) : null;
  if (blocks === null) {
    const bytes = encodeBars(series);
    return { format: 1, checksum: crc32(bytes), dayList: null, days: new Uint8Array(0), bytes };
  }
  const { list, runs } = findDays(series.date);
  const days = new Uint8Array(runs.buffer, runs.byteOffset, runs.byteLength);
  return { format: 2, checksum: checksumOf(days, blocks), dayList: list, days, bytes: blocks };
}

/** Null for other bars than minutes, and for minutes that blocks cannot hold. */
function encodeMinutes(
  series: BarSeries,
): Pick<SeriesBlob, 'format' | 'checksum' | 'dayList' | 'days' | 'bytes'> | null {
  if (series.interval !== '1m') return null;
  const days = writeMinuteTimes({ dates: series.date, startsAtMs: series.startsAtMs });
  const bytes = days === null ? null : writeBlocks(series);
  if (days === null || bytes === null) return null;
  return { format: 3, checksum: checksumOf(days, bytes), dayList: null, days, bytes };
}

function isDaily({ interval, date, startsAtMs }: BarSeries): boolean {
  return interval === '1d' && date.every((day, row) => startsAtMs[row] === dayStartsAtMs(day));
}

function checksumOf(days: Uint8Array, bytes: Uint8Array): number {
  return crc32(bytes, crc32(days));
}

/** Asserts that a row is what was written. @throws {InvariantError} when a byte of it differs */
export function checkSeries({ symbol, checksum, days, bytes }: SeriesBlob): void {
  const found = checksumOf(days, bytes);
  invariant(found === checksum, `the bars of ${symbol} have the checksum ${checksum}, not ${found}`);
}

/** Places for columns of at least `rows` bars. */
export type MakeColumns = (rows: number) => BarColumns;

/** Memory for one series alone. */
export function freshColumns(rows: number): BarColumns {
  const column = (): Float64Array => new Float64Array(rows);
  return { open: column(), high: column(), low: column(), close: column(), volume: column() };
}

/**
 * The bars of the days `from` to `to` (yyyymmdd, both included) of a checked row; possibly none. Of formats 2 and 3,
 * only the blocks that hold them are decoded, into what `make` gives; the days of format 2 are views on `list`.
 */
export function decodeSeries(
  blob: SeriesBlob,
  list: DayList | null,
  { from, to }: { readonly from: number; readonly to: number },
  make: MakeColumns,
): BarSeries {
  if (blob.format === 1) {
    return sliceBars(decodeBars(blob.bytes, blob.count, instrumentId(blob.symbol), blob.interval), from, to);
  }
  const { times, first, end } = timesIn(blob, list, from, to);
  const range = blocksAround(first, end);
  const blockStart = range.firstBlock * blockLayout.rows;
  const columns = make(Math.max(0, Math.min(blob.count, range.endBlock * blockLayout.rows) - blockStart));
  if (end > first) decodeBlocks(blob.bytes, blob.count, range, columns);
  const cut = (column: Float64Array) => column.subarray(first - blockStart, end - blockStart);
  return {
    instrument: instrumentId(blob.symbol),
    interval: blob.interval,
    date: times.dates,
    startsAtMs: times.startsAtMs,
    open: cut(columns.open),
    high: cut(columns.high),
    low: cut(columns.low),
    close: cut(columns.close),
    volume: cut(columns.volume),
  };
}

/** When the bars of the days `from` to `to` began, and their places in the series. */
function timesIn(
  blob: SeriesBlob,
  list: DayList | null,
  from: number,
  to: number,
): { readonly times: DayList; readonly first: number; readonly end: number } {
  if (blob.format === 3) {
    const stretches = new MinuteStretches(blob.days, blob.count);
    const range = stretches.range(from, to);
    return { times: stretches.times(range), ...range };
  }
  invariant(blob.format === 2 && list !== null, `the bars of ${blob.symbol} have format ${blob.format} and a day list`);
  const days = daysOf(list, runsIn(blob.days), blob.count);
  const [first, end] = [placeOf(days.dates, from), placeOf(days.dates, to + 1)];
  const times = { dates: days.dates.subarray(first, end), startsAtMs: days.startsAtMs.subarray(first, end) };
  return { times, first, end };
}

/** Stretches out of their bytes, which SQLite does not align. */
function runsIn(days: Uint8Array): DayRuns {
  return new Uint32Array(days.slice().buffer);
}
