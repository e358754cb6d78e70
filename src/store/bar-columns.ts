import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { readIntegers, writeIntegers } from './blocks/varint.ts';

/** First byte of every blob; a reader that meets another one refuses instead of guessing. */
const formatVersion = 1;
const minuteMs = 60_000;

/**
 * Bars as one compressed blob: seven columns of small integers, one after the other. Prices are kept as the distance
 * from the price they are usually near (the open from the close before, the rest from the open or the body's edge),
 * starts as minutes since the bar before, so that most values fit one or two bytes before Brotli sees them.
 *
 * @throws {InvariantError} when a bar does not start on a whole minute
 */
export function encodeBars(series: BarSeries): Uint8Array {
  const count = series.date.length;
  const columns = Array.from({ length: 7 }, () => new Float64Array(count));
  for (let row = 0; row < count; row += 1) packRow(series, row, columns);
  const body = writeIntegers(columns);
  const blob = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
  return Buffer.concat([Uint8Array.of(formatVersion), blob]);
}

/** The bars that `encodeBars` was given. @throws {InvariantError} for a blob of another format or a wrong length */
export function decodeBars(
  blob: Uint8Array,
  count: number,
  instrument: InstrumentId,
  interval: BarInterval,
): BarSeries {
  invariant(blob[0] === formatVersion, `bar blob of ${instrument} has format ${blob[0]}, wanted ${formatVersion}`);
  const columns = readIntegers(brotliDecompressSync(blob.subarray(1)), 7, count);
  const series: BarSeries = {
    instrument,
    interval,
    date: new Int32Array(count),
    startsAtMs: new Float64Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
  };
  for (let row = 0; row < count; row += 1) unpackRow(series, row, columns);
  return series;
}

function packRow(series: BarSeries, row: number, columns: readonly Float64Array[]): void {
  const open = at(series.open, row);
  const close = at(series.close, row);
  const startsAtMinutes = at(series.startsAtMs, row) / minuteMs;
  invariant(Number.isInteger(startsAtMinutes), `bar ${row} of ${series.instrument} does not start on a whole minute`);
  put(columns, 0, row, at(series.date, row) - at(series.date, row - 1));
  put(columns, 1, row, startsAtMinutes - at(series.startsAtMs, row - 1) / minuteMs);
  put(columns, 2, row, open - at(series.close, row - 1));
  put(columns, 3, row, at(series.high, row) - Math.max(open, close));
  put(columns, 4, row, Math.min(open, close) - at(series.low, row));
  put(columns, 5, row, close - open);
  put(columns, 6, row, at(series.volume, row));
}

function unpackRow(series: BarSeries, row: number, columns: readonly Float64Array[]): void {
  const take = (column: number) => at(columns[column], row);
  const open = at(series.close, row - 1) + take(2);
  const close = open + take(5);
  series.date[row] = at(series.date, row - 1) + take(0);
  series.startsAtMs[row] = at(series.startsAtMs, row - 1) + take(1) * minuteMs;
  series.open[row] = open;
  series.close[row] = close;
  series.high[row] = Math.max(open, close) + take(3);
  series.low[row] = Math.min(open, close) - take(4);
  series.volume[row] = take(6);
}

/** 0 before the first row, so that the first delta is the value itself. */
function at(column: Float64Array | Int32Array | undefined, row: number): number {
  return column?.[row] ?? 0;
}

function put(columns: readonly Float64Array[], column: number, row: number, value: number): void {
  const target = columns[column];
  invariant(target !== undefined, `bar column ${column} exists`);
  target[row] = value;
}
