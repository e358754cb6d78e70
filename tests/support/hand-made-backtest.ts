import { createHash } from 'node:crypto';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import { runBacktest, type BacktestOutcome } from '#backtest/engine.ts';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId, symbolOf } from '#domain/instrument.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { listingOf } from '#markets/listings.ts';
import type { Strategy } from '#strategy/strategy.ts';

/** Open, high, low, close; one number for a bar whose prices are all the same. Volume is a million shares. */
export type HandBar = number | readonly [open: number, high: number, low: number, close: number];

/** Day bars of one instrument on consecutive sessions of KRX from `first` (yyyymmdd, a session) on. */
export function handSeries(symbol: string, first: number, bars: readonly HandBar[]): BarSeries {
  const rows = bars.map((bar) => (typeof bar === 'number' ? [bar, bar, bar, bar] : bar));
  const days = [plainDate(first)];
  while (days.length < rows.length) days.push(nextTradingDay(days.at(-1)!));
  const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index]!);
  const midnight = Temporal.PlainTime.from('00:00');
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(days, dateNumber),
    startsAtMs: Float64Array.from(days, (day) => seoulInstant(day, midnight).epochMilliseconds),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(rows.length).fill(1_000_000),
  };
}

/** Runs a strategy over series, by default over all their days with 10,000,000 won and the starter's limits. */
export function backtestOf(
  strategy: Strategy,
  series: readonly BarSeries[],
  options: Partial<BacktestOptions> = {},
): BacktestOutcome {
  return runBacktest({
    strategy,
    series,
    instruments: strategy.instruments.map((id) => listingOf(symbolOf(id))!),
    from: Math.min(...series.map((one) => one.date[0]!)),
    to: Math.max(...series.map((one) => one.date.at(-1)!)),
    initialCash: won(10_000_000),
    limits: starter,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    ...options,
  });
}

/** What was asked for, one line an order: `0103 buy 5 @ 10200`; denied ones end with their state and first code. */
export function orderLines({ result }: BacktestOutcome): readonly string[] {
  return result.orders.map(({ date, symbol, side, quantity, price, state, denials }) => {
    const day = String(date).slice(4);
    const which = result.symbols.length > 1 ? `${symbol} ` : '';
    const fate = state === 'denied' ? ` denied ${denials[0]?.code}` : '';
    return `${day} ${which}${side} ${quantity} @ ${price}${fate}`;
  });
}
