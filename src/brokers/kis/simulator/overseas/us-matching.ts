import type { UsSimulatedOrder } from './us-account.ts';
import { usDivisions } from './us-divisions.ts';
import { printEveryMs, type UsPrices } from './us-prices.ts';
import type { UsDay } from './us-sessions.ts';

/** What the market does to an open order, and when. */
export type UsOutcome =
  | { readonly kind: 'fill'; readonly at: number; readonly price: number }
  | { readonly kind: 'expire'; readonly at: number };

/**
 * The first thing that happens to `order` after `from` (exclusive) and not after `to`; null when nothing does. A limit
 * order trades whole at its own price when a print reaches it, an order of an auction at the auction's price.
 */
export function usOutcome(
  order: UsSimulatedOrder,
  day: UsDay,
  prices: UsPrices,
  span: { readonly from: number; readonly to: number },
): UsOutcome | null {
  const division = usDivisions[order.division];
  if (division === undefined || division.session === 'day') return dayOutcome(order, day, prices, span);
  // The closing price is the last print of the session; the auction itself stands at its end.
  const at = division.session === 'open' ? day.open : day.close;
  if (at > span.to) return null;
  const price = prices.priceAt(order.listing, division.session === 'open' ? at : at - 1);
  const isReached = division.isMarket || isInReach(order, price);
  return isReached ? { kind: 'fill', at, price } : { kind: 'expire', at };
}

/** An order of the regular session ends with it, one that came later with the after-hours. */
function usExpiry(order: UsSimulatedOrder, day: UsDay): number {
  return order.at < day.close ? day.close : day.to;
}

/** Whether a print at `price` trades with the order. */
export function isInReach(order: { readonly side: 'buy' | 'sell'; readonly price: number }, price: number): boolean {
  return order.side === 'buy' ? price <= order.price : price >= order.price;
}

function dayOutcome(
  order: UsSimulatedOrder,
  day: UsDay,
  prices: UsPrices,
  { from, to }: { readonly from: number; readonly to: number },
): UsOutcome | null {
  const ends = usExpiry(order, day);
  const first = (Math.floor(Math.max(from, day.from - 1) / printEveryMs) + 1) * printEveryMs;
  for (let at = first; at <= to && at < ends; at += printEveryMs) {
    if (isInReach(order, prices.priceAt(order.listing, at))) return { kind: 'fill', at, price: order.price };
  }
  return ends <= to ? { kind: 'expire', at: ends } : null;
}
