import type { Won } from '#domain/won.ts';

/** Set aside from cash for fees, in thousandths; more than any ordinary commission, less than a tick. */
const feeMarginPerMille = 1;

export interface EntrySize {
  /** Whole shares, 0 when not even one is affordable. */
  readonly shares: number;
  /** Won that the order may cost, rounded down. */
  readonly budget: number;
  /** What the budget was bound by, the first of equals in this order. */
  readonly boundBy: 'position-size' | 'cash' | 'order-value';
}

/**
 * How many shares an entry buys: `floor(budget / price)`, the budget being the least of `floor(equity × positionSize)`,
 * `floor(cash × 999 / 1000)` and `floor(orderValueMax / (1 + takeProfit))`: of what the guard lets through at once, only
 * so much that the whole holding can also be sold at once after it has risen to its profit target.
 *
 * @param price limit price, 1 or more
 * @param takeProfit fraction, 0 or more
 */
export function entrySize(options: {
  readonly equity: Won;
  readonly cash: Won;
  readonly orderValueMax: Won;
  readonly positionSize: number;
  readonly takeProfit: number;
  readonly price: Won;
}): EntrySize {
  const wanted = Math.floor(options.equity * options.positionSize);
  const spendable = Math.floor((options.cash * (1000 - feeMarginPerMille)) / 1000);
  const sellableAtOnce = Math.floor(options.orderValueMax / (1 + options.takeProfit));
  const budget = Math.max(0, Math.min(wanted, spendable, sellableAtOnce));
  const boundBy = wanted <= budget ? 'position-size' : spendable <= budget ? 'cash' : 'order-value';
  return { shares: options.price > 0 ? Math.floor(budget / options.price) : 0, budget, boundBy };
}
