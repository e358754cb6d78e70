import type { BacktestResultView } from '../../src/server/backtest-result-view.ts';

type Trade = BacktestResultView['trades'][number];

/** A sale together with the buy of the same shares. */
export interface RoundTrip {
  readonly key: string;
  readonly symbol: string;
  readonly soldOn: number;
  readonly boughtOn: number;
  readonly quantity: number;
  /** Mean price of the shares bought since the position was last empty, rounded to the nearest won. */
  readonly boughtAt: number;
  readonly soldAt: number;
  readonly reason: string;
  readonly profit: number;
  readonly rate: number;
}

interface Holding {
  quantity: number;
  value: number;
  boughtOn: number;
}

/** Every sale with what was paid for it, newest first. A sale without a known buy is left out. */
export function roundTrips(trades: readonly Trade[]): readonly RoundTrip[] {
  const holdings = new Map<string, Holding>();
  const trips: RoundTrip[] = [];
  for (const [index, trade] of trades.entries()) {
    const holding = holdings.get(trade.symbol) ?? { quantity: 0, value: 0, boughtOn: trade.date };
    holdings.set(trade.symbol, holding);
    if (trade.side === 'buy') bought(holding, trade);
    else if (holding.quantity > 0) trips.push(sold(holding, trade, index));
  }
  return trips.toReversed();
}

function bought(holding: Holding, trade: Trade): void {
  if (holding.quantity === 0) holding.boughtOn = trade.date;
  holding.quantity += trade.quantity;
  holding.value += trade.quantity * trade.price;
}

function sold(holding: Holding, trade: Trade, index: number): RoundTrip {
  const mean = holding.value / holding.quantity;
  holding.quantity -= trade.quantity;
  holding.value -= mean * trade.quantity;
  return {
    key: `${index}`,
    symbol: trade.symbol,
    soldOn: trade.date,
    boughtOn: holding.boughtOn,
    quantity: trade.quantity,
    boughtAt: Math.round(mean),
    soldAt: trade.price,
    reason: trade.reason,
    profit: trade.profit,
    rate: trade.profit / (mean * trade.quantity),
  };
}

/** Days of the calendar between two yyyymmdd. */
export function daysBetween(from: number, to: number): number {
  return Math.round((utcOf(to) - utcOf(from)) / 86_400_000);
}

function utcOf(date: number): number {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100);
}
