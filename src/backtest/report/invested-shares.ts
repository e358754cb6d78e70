import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { BacktestResult, BacktestTrade } from '../result.ts';

/** Shares of one instrument, and what one was last known to be worth. */
interface Holding {
  quantity: number;
  price: number;
}

/**
 * Value of the shares held ÷ value of the account at each close, one a day of the result.
 *
 * @param series of days; an instrument without one is worth the price of its last trade
 */
export function investedShares(
  { equity, trades, splits = [] }: BacktestResult,
  series: readonly BarSeries[],
): readonly number[] {
  const closeOf = new Map(series.map((one) => [symbolOf(one.instrument), closesOf(one)]));
  const tradesOf = Map.groupBy(trades, ({ date }) => date);
  const splitsOf = Map.groupBy(splits, ({ date }) => date);
  const held = new Map<string, Holding>();
  return equity.map(({ date, value }) => {
    for (const { symbol, from, to } of splitsOf.get(date) ?? []) {
      const own = held.get(symbol);
      if (own !== undefined) own.quantity = Math.floor((own.quantity * to) / from);
    }
    for (const trade of tradesOf.get(date) ?? []) take(held, trade);
    let worth = 0;
    for (const [symbol, own] of held) {
      own.price = closeOf.get(symbol)?.get(date) ?? own.price;
      worth += own.quantity * own.price;
    }
    return value === 0 ? 0 : worth / value;
  });
}

function closesOf({ date, close }: BarSeries): ReadonlyMap<number, number> {
  return new Map(Array.from(date, (day, row) => [day, close[row] ?? 0]));
}

function take(held: Map<string, Holding>, { symbol, side, quantity, price }: BacktestTrade): void {
  const after = (held.get(symbol)?.quantity ?? 0) + (side === 'buy' ? quantity : -quantity);
  if (after === 0) held.delete(symbol);
  else held.set(symbol, { quantity: after, price });
}
