import { symbolOf } from '#domain/instrument.ts';
import type { MarketMemory } from '../feed/market-memory.ts';
import type { StrategyBook } from '../strategy-book.ts';

/** Holdings at their last price less their cost, in won, before fees; those without a price count nothing. */
export function openResult(book: StrategyBook, market: MarketMemory): number {
  let result = 0;
  for (const [instrument, { quantity, cost }] of book.holdings()) {
    const price = market.quote(symbolOf(instrument))?.price;
    if (price !== undefined) result += price * quantity - cost;
  }
  return result;
}
