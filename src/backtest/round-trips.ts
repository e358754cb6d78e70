import type { BacktestTrade } from './result.ts';

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

/** Closed round trips in the order of their ends; shares still held at the end are part of none. */
export function roundTripsOf(trades: readonly BacktestTrade[]): readonly RoundTrip[] {
  const trips: RoundTrip[] = [];
  const open = new Map<
    string,
    { first: BacktestTrade; held: number; quantity: number; bought: number; sold: number; profit: number }
  >();
  for (const trade of trades) {
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
