import { marketablePrice } from '#backtest/desk/marketable-price.ts';
import { symbolOf } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { MarketClock } from './feed/market-clock.ts';
import type { MarketMemory } from './feed/market-memory.ts';

/** Room for the market to move between our look and the guard's. */
const marginBps = 50;

/**
 * The same order with a limit that the guard's collar lets through: one made at yesterday's close lies too far out when the
 * market opened elsewhere. It is only ever brought nearer to the market, a buy down and a sale up, never farther.
 */
export function withinCollar(draft: OrderDraft, market: MarketMemory, clock: MarketClock): OrderDraft {
  // Another pricing names no limit of its own.
  if (draft.pricing !== undefined && draft.pricing !== 'limit') return draft;
  const listing = market.instrument(symbolOf(draft.instrument));
  const quote = market.quote(symbolOf(draft.instrument));
  if (listing === null || quote === null) return draft;
  const farthest = marketablePrice({
    instrument: listing,
    side: draft.side,
    lastPrice: won(quote.price),
    distanceBps: Math.max(0, market.collarBps - marginBps),
    collarBps: market.collarBps,
    basePrice: won(quote.basePrice),
    date: seoulDate(clock.now()),
  });
  const isTooFar = draft.side === 'buy' ? draft.price > farthest : draft.price < farthest;
  return isTooFar ? { ...draft, price: farthest } : draft;
}
