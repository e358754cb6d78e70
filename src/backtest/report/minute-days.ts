import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { BacktestResult } from '../result.ts';
import { rowAtOrAfter } from '../bars/timeline.ts';

/** Minute bars of all days that a report holds, some eighty days of one instrument: about six bytes of the page each. */
const minuteBarsMax = 30_000;
const minuteMs = 60_000;
const seoulAheadMs = 9 * 3_600_000;
const dayMs = 86_400_000;

/** The minute bars of one instrument on one day, a stretch of its series. */
export interface MinuteDay {
  readonly symbol: string;
  /** yyyymmdd */
  readonly date: number;
  readonly series: BarSeries;
  /** Rows, `end` not included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The days whose minutes a report shows: those with trades, then those with orders that were refused or never filled, then
 * the last of each instrument, newest first until the bound is reached; a day is whole or not there. By instrument, oldest
 * first; empty for a run over days.
 */
export function minuteDaysOf(result: BacktestResult, series: readonly BarSeries[]): readonly MinuteDay[] {
  const bySymbol = new Map(
    series.filter(({ interval }) => interval === '1m').map((one) => [symbolOf(one.instrument), one]),
  );
  const chosen = new Map<string, MinuteDay>();
  let bars = 0;
  for (const { symbol, date } of wishes(result, bySymbol)) {
    const one = bySymbol.get(symbol);
    if (one === undefined || chosen.has(`${symbol} ${date}`)) continue;
    const [start, end] = [rowAtOrAfter(one, date), rowAtOrAfter(one, date + 1)];
    if (end === start || bars + end - start > minuteBarsMax) continue;
    bars += end - start;
    chosen.set(`${symbol} ${date}`, { symbol, date, series: one, start, end });
  }
  const order = new Map(result.symbols.map((symbol, place) => [symbol, place]));
  return [...chosen.values()].toSorted(
    (one, other) => (order.get(one.symbol) ?? 0) - (order.get(other.symbol) ?? 0) || one.date - other.date,
  );
}

interface SymbolDay {
  readonly symbol: string;
  readonly date: number;
}

function* wishes(result: BacktestResult, series: ReadonlyMap<string, BarSeries>): Generator<SymbolDay> {
  yield* result.trades.toReversed();
  yield* result.orders.toReversed();
  for (const [symbol, one] of series) {
    const last = rowAtOrAfter(one, result.to + 1) - 1;
    const date = one.date[last];
    if (date !== undefined) yield { symbol, date };
  }
}

/** Minutes since midnight in Seoul. */
export function minuteOfDay(startsAtMs: number): number {
  return Math.floor(((startsAtMs + seoulAheadMs) % dayMs) / minuteMs);
}

/** Bars of days from bars of minutes: the first open, the highest high, the lowest low, the last close, all volume. */
export function daysFromMinutes(minutes: BarSeries): BarSeries {
  const starts: number[] = [];
  for (let row = 0; row < minutes.date.length; row += 1) {
    if (row === 0 || minutes.date[row] !== minutes.date[row - 1]) starts.push(row);
  }
  const column = (from: Float64Array, join: (one: number, other: number) => number): Float64Array =>
    Float64Array.from(starts, (start, day) =>
      // Math.max would take the place, which reduce hands over too, for one number more.
      from.subarray(start, starts[day + 1]).reduce((one, other) => join(one, other)),
    );
  const { instrument, date, startsAtMs, open, high, low, close, volume } = minutes;
  return {
    instrument,
    interval: '1d',
    date: Int32Array.from(starts, (start) => date[start] ?? 0),
    startsAtMs: Float64Array.from(starts, (start) => startsAtMs[start] ?? 0),
    open: column(open, (one) => one),
    high: column(high, Math.max),
    low: column(low, Math.min),
    close: column(close, (_, other) => other),
    volume: column(volume, (one, other) => one + other),
  };
}
