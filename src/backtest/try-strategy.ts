import { instrumentId, symbolOf, type Instrument } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { runBacktest } from './engine.ts';
import { handSeries, type HandBar } from './hand-bars.ts';
import type { BacktestOrder, BacktestTrade } from './result.ts';

export interface StrategyTrial {
  readonly orders: readonly BacktestOrder[];
  readonly trades: readonly BacktestTrade[];
  /** One canonical line a decision. */
  readonly decisionLog: readonly string[];
}

/**
 * Runs a strategy over bars written by hand, for the tests of its author: 10,000,000 won, the starter's limits, every bar
 * but the first `strategy.warmUpBars` decided upon.
 *
 * @param bars by listing code, one list for each instrument of the strategy, all of one length
 * @throws {FixConfiguration} the codes of `runBacktest`
 */
export function tryStrategy(strategy: Strategy, bars: Readonly<Record<string, readonly HandBar[]>>): StrategyTrial {
  const first = 20_230_102;
  const series = Object.entries(bars).map(([symbol, list]) => handSeries(symbol, first, list));
  const [one] = series;
  const from = one?.date[Math.min(strategy.warmUpBars, one.date.length - 1)] ?? first;
  const { result, decisionLog } = runBacktest({
    strategy,
    series,
    instruments: strategy.instruments.map((id) => instrumentOf(symbolOf(id))),
    from,
    to: one?.date.at(-1) ?? from,
    initialCash: won(10_000_000),
    limits: starter,
    // Nobody compares the hash of a trial.
    sha256: () => '',
  });
  return { orders: result.orders, trades: result.trades, decisionLog };
}

/** A code that our table does not hold is taken for a KOSPI stock, as on the command line. */
function instrumentOf(symbol: string): Instrument {
  const unknown = {
    id: instrumentId(symbol),
    symbol,
    name: symbol,
    market: 'KOSPI',
    kind: 'stock',
    leverage: 1,
  } as const;
  return listingOf(symbol) ?? unknown;
}
