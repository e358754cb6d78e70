import { createHash } from 'node:crypto';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import { runBacktest } from '#backtest/engine.ts';
import type { BacktestOutcome } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import type { Strategy } from '#strategy/strategy.ts';

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
