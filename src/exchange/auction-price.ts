import type { Won } from '#domain/won.ts';
import type { PriceLimits } from '#markets/price-limits.ts';
import { snap, tickAt } from '#markets/tick-size.ts';
import type { TickTable } from '#markets/tick-tables.ts';

/** Shares that wait at one price. */
export interface AuctionLevel {
  readonly price: Won;
  readonly quantity: number;
}

/** Everything a call auction has collected. */
export interface AuctionOrders {
  /** Any order; one entry a price. */
  readonly bids: readonly AuctionLevel[];
  readonly asks: readonly AuctionLevel[];
  /** Shares of market orders, which take every price. */
  readonly marketBuys: number;
  readonly marketSells: number;
}

/** What decides between prices, and which prices there are. */
export interface AuctionRules {
  readonly lastPrice: Won;
  readonly table: TickTable;
  readonly limits: PriceLimits;
}

export interface AuctionResult {
  readonly price: Won;
  /** Shares that change hands. */
  readonly quantity: number;
}

interface Candidate extends AuctionResult {
  /** Shares left over at this price, on whichever side. */
  readonly imbalance: number;
  readonly distance: number;
}

/**
 * The one price of a call auction: of all legal prices of the day the one at which most shares change hands, then the
 * one that leaves least over, then the one nearest to the last price, then the higher.
 *
 * Supply and demand change only where someone has a limit, so it is enough to look at those prices, at their
 * neighbours (for the stretches in between) and at the last price. Sorted sums make it one walk over the levels.
 *
 * @returns null when no price lets anything change hands
 */
export function auctionPrice(orders: AuctionOrders, rules: AuctionRules): AuctionResult | null {
  const demand = ascending(orders.bids);
  const supply = ascending(orders.asks);
  let bought = orders.marketBuys + total(demand);
  let sold = orders.marketSells;
  let nextBid = 0;
  let nextAsk = 0;
  let best: Candidate | null = null;
  for (const price of candidates(orders, rules)) {
    for (; below(demand[nextBid], price); nextBid += 1) bought -= demand[nextBid]?.quantity ?? 0;
    for (; atOrBelow(supply[nextAsk], price); nextAsk += 1) sold += supply[nextAsk]?.quantity ?? 0;
    const candidate = {
      price,
      quantity: Math.min(bought, sold),
      imbalance: Math.abs(bought - sold),
      distance: Math.abs(price - rules.lastPrice),
    };
    if (candidate.quantity > 0 && (best === null || isAtLeastAsGood(candidate, best))) best = candidate;
  }
  return best === null ? null : { price: best.price, quantity: best.quantity };
}

/** Candidates come in ascending order, so that an equal one is the higher one and wins. */
function isAtLeastAsGood(candidate: Candidate, best: Candidate): boolean {
  if (candidate.quantity !== best.quantity) return candidate.quantity > best.quantity;
  if (candidate.imbalance !== best.imbalance) return candidate.imbalance < best.imbalance;
  return candidate.distance <= best.distance;
}

function candidates(orders: AuctionOrders, { lastPrice, table, limits }: AuctionRules): Won[] {
  const prices = new Set<Won>([limits.lower, limits.upper]);
  for (const { price } of [...orders.bids, ...orders.asks]) {
    prices.add(price);
    if (price > limits.lower) prices.add(snap(table, price - 1, 'down'));
    if (price < limits.upper) prices.add(snap(table, price + tickAt(table, price), 'down'));
  }
  if (lastPrice >= limits.lower && lastPrice <= limits.upper) {
    prices.add(snap(table, lastPrice, 'down'));
    prices.add(snap(table, lastPrice, 'up'));
  }
  return [...prices].sort((a, b) => a - b);
}

function ascending(levels: readonly AuctionLevel[]): readonly AuctionLevel[] {
  return [...levels].sort((a, b) => a.price - b.price);
}

function total(levels: readonly AuctionLevel[]): number {
  let sum = 0;
  for (const level of levels) sum += level.quantity;
  return sum;
}

function below(level: AuctionLevel | undefined, price: number): boolean {
  return level !== undefined && level.price < price;
}

function atOrBelow(level: AuctionLevel | undefined, price: number): boolean {
  return level !== undefined && level.price <= price;
}
