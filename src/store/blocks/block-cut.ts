import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { invariant } from '#domain/invariant.ts';
import { vouchWholeWon } from '#domain/whole-won.ts';
import { blockLayout, type BarColumns } from './block-layout.ts';
import { daysOf, type DayList, type DayRuns } from '../load/day-list.ts';
import { MinuteStretches } from '../minutes/minute-times.ts';
import { blocksAround, type BlockRange } from './read-blocks.ts';
import type { SeriesHead } from './series-head.ts';

/** The bars of some days of a series that is kept in blocks. */
export interface BlockCut {
  readonly times: DayList;
  /** Blocks that hold them; none where there are no bars. */
  readonly range: BlockRange;
  /** Bars of these blocks. */
  readonly rows: number;
  /** Where the bars begin among them. */
  readonly skip: number;
}

/** The bars of the days `from` to `to` (yyyymmdd, both included), possibly none, of a row of format 2 or 3. */
export function cutBlocks(
  head: SeriesHead,
  list: DayList | null,
  { from, to }: { readonly from: number; readonly to: number },
): BlockCut {
  const { times, first, end } = timesIn(head, list, from, to);
  if (end <= first) return { times, range: { firstBlock: 0, endBlock: 0 }, rows: 0, skip: 0 };
  const range = blocksAround(first, end);
  const start = range.firstBlock * blockLayout.rows;
  const rows = Math.min(head.count, range.endBlock * blockLayout.rows) - start;
  return { times, range, rows, skip: first - start };
}

/** The bars of a cut, as views. @param columns of its blocks */
export function seriesOfCut({ symbol, interval }: SeriesHead, cut: BlockCut, columns: BarColumns): BarSeries {
  const { times, skip } = cut;
  const part = (column: Float64Array) => column.subarray(skip, skip + times.dates.length);
  const [open, high] = [part(columns.open), part(columns.high)];
  const [low, close] = [part(columns.low), part(columns.close)];
  // Prices of blocks are products of 32-bit integers.
  vouchWholeWon(open, high, low, close);
  const instrument = instrumentId(symbol);
  const { dates: date, startsAtMs } = times;
  return { instrument, interval, date, startsAtMs, open, high, low, close, volume: part(columns.volume) };
}

/** When the bars of the days `from` to `to` began, and their places in the series. */
function timesIn(
  { symbol, format, count, days }: SeriesHead,
  list: DayList | null,
  from: number,
  to: number,
): { readonly times: DayList; readonly first: number; readonly end: number } {
  if (format === 3) {
    const stretches = new MinuteStretches(days, count);
    const range = stretches.range(from, to);
    return { times: stretches.times(range), ...range };
  }
  invariant(format === 2 && list !== null, `the bars of ${symbol} have format ${format} and a day list`);
  const all = daysOf(list, runsIn(days), count);
  const [first, end] = [firstAtOrAfter(all.dates, from), firstAtOrAfter(all.dates, to + 1)];
  return {
    times: { dates: all.dates.subarray(first, end), startsAtMs: all.startsAtMs.subarray(first, end) },
    first,
    end,
  };
}

/** Stretches out of their bytes, which SQLite does not align. */
function runsIn(days: Uint8Array): DayRuns {
  return new Uint32Array(days.slice().buffer);
}
