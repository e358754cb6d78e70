import type { BacktestSplit, BacktestTrade } from '../result.ts';

/** From flat to flat in one instrument. Money in won. */
export interface RoundTrip {
  readonly symbol: string;
  /** Days of the first buy and the last sell, yyyymmdd. */
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
  /** Paid for and got for the shares, before costs. */
  readonly bought: number;
  readonly sold: number;
  /** After all fees and taxes. */
  readonly profit: number;
  /** Of the first buy. */
  readonly entryReason: string;
  /** Of the last sell. */
  readonly reason: string;
}

/**
 * Closed round trips in the order of their ends; shares still held at the end are part of none.
 *
 * @param trades oldest first
 * @param splits that multiplied shares between them, each at the start of its day
 */
export function roundTripsOf(
  trades: readonly BacktestTrade[],
  splits: readonly BacktestSplit[] = [],
): readonly RoundTrip[] {
  const trips: RoundTrip[] = [];
  const ahead = splits.toSorted((a, b) => a.date - b.date);
  const open = new Map<string, OpenTrip>();
  for (const trade of trades) {
    while ((ahead[0]?.date ?? Infinity) <= trade.date) splitTrip(open, ahead.shift());
    const trip = open.get(trade.symbol) ?? { first: trade, held: 0, quantity: 0, bought: 0, sold: 0, profit: 0 };
    open.set(trade.symbol, trip);
    const value = trade.price * trade.quantity;
    if (trade.side === 'buy') {
      trip.held += trade.quantity;
      trip.quantity += trade.quantity;
      trip.bought += value;
      continue;
    }
    trip.held -= trade.quantity;
    trip.sold += value;
    trip.profit += trade.profit;
    if (trip.held > 0) continue;
    open.delete(trade.symbol);
    const { first, quantity, bought, sold, profit } = trip;
    const { symbol, date: to, reason } = trade;
    trips.push({ symbol, from: first.date, to, quantity, bought, sold, profit, entryReason: first.reason, reason });
  }
  return trips;
}

interface OpenTrip {
  readonly first: BacktestTrade;
  held: number;
  quantity: number;
  bought: number;
  sold: number;
  profit: number;
}

function splitTrip(open: Map<string, OpenTrip>, split: BacktestSplit | undefined): void {
  const trip = split === undefined ? undefined : open.get(split.symbol);
  if (split === undefined || trip === undefined) return;
  trip.held = Math.floor((trip.held * split.to) / split.from);
  // Nothing but a fraction was left, and it came in as cash: there is no last sale, and so no trip.
  if (trip.held === 0) open.delete(split.symbol);
}
