import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';
import { nextTradingDay } from '#markets/calendar.ts';

/** Open, high, low, close in whole won; one number for a bar whose prices are all the same. */
export type HandBar = number | readonly [open: number, high: number, low: number, close: number];

/**
 * Day bars written by hand, on consecutive sessions of KRX, of a million shares each.
 *
 * @param first day of the first bar, yyyymmdd, a trading day
 * @throws {RangeError} a symbol that is none, a day that the calendar does not know
 */
export function handSeries(symbol: string, first: number, bars: readonly HandBar[]): BarSeries {
  const rows = bars.map((bar) => (typeof bar === 'number' ? ([bar, bar, bar, bar] as const) : bar));
  const days = sessionsFrom(first, rows.length);
  const midnight = Temporal.PlainTime.from('00:00');
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(days, dateNumber),
    startsAtMs: Float64Array.from(days, (day) => seoulInstant(day, midnight).epochMilliseconds),
    open: Float64Array.from(rows, ([open]) => open),
    high: Float64Array.from(rows, ([, high]) => high),
    low: Float64Array.from(rows, ([, , low]) => low),
    close: Float64Array.from(rows, ([, , , close]) => close),
    volume: new Float64Array(rows.length).fill(1_000_000),
  };
}

/**
 * Bars that rise and fall in waves around 20,000 won, with a jump of three bars now and then, for a first look at a strategy: the same numbers each time.
 *
 * @param phase moves the wave, in bars; two instruments of different phases move against each other
 */
export function waveBars(count: number, phase = 0): readonly HandBar[] {
  const closeAt = (at: number): number => {
    const bar = at + phase;
    const jump = bar % 47 < 3 ? 2_400 : 0;
    return Math.round(20_000 + 1_800 * Math.sin(bar / 9) + 500 * Math.sin(bar / 2.3)) + jump;
  };
  return Array.from({ length: count }, (_, bar) => {
    const [open, close] = [closeAt(bar - 1), closeAt(bar)];
    return [open, Math.max(open, close) + 60, Math.min(open, close) - 60, close];
  });
}

function sessionsFrom(first: number, count: number): readonly Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = plainDate(first); days.length < count; day = nextTradingDay(day)) days.push(day);
  return days;
}
