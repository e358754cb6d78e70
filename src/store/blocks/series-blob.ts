import { crc32 } from 'node:zlib';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { decodeBars, encodeBars } from '../bar-columns.ts';
import { cutBlocks, seriesOfCut } from './block-cut.ts';
import type { BarColumns } from './block-layout.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import type { DayList, DayRuns } from '../load/day-list.ts';
import { decodeBlocks } from './decode-blocks.ts';
import { writeMinuteTimes } from '../minutes/minute-times.ts';
import { checksumOf } from './series-checksum.ts';
import type { SeriesHead } from './series-head.ts';
import { sliceBars } from '../slice-bars.ts';
import { writeBlocks } from './write-blocks.ts';

/** A row of `series`, as far as decoding needs it. */
export interface SeriesBlob extends SeriesHead {
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
  const cut = cutBlocks(blob, list, { from, to });
  const columns = make(cut.rows);
  if (cut.rows > 0) decodeBlocks(blob.bytes, blob.count, cut.range, columns);
  return seriesOfCut(blob, cut, columns);
}
