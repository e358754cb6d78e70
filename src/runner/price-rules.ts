import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { tickTable } from '#markets/tick-size.ts';
import type { MarketClock } from './feed/market-clock.ts';
import type { MarketMemory } from './feed/market-memory.ts';
import type { PriceRules } from './sandbox/parent-message.ts';

const widest = { lower: 1, upper: 1_000_000_000 };

/** Today's rules of one instrument as plain numbers for a sandboxed child; null while the gateway has not told
 * of the instrument. Before its first quote the day's limits are not known and left wide; the guard looks again. */
export function priceRulesOf(instrument: InstrumentId, market: MarketMemory, clock: MarketClock): PriceRules | null {
  const listing = market.instrument(symbolOf(instrument));
  const quote = market.quote(symbolOf(instrument));
  if (listing === null) return null;
  const date = seoulDate(clock.now());
  const limits = quote === null ? widest : priceLimits(listing, won(quote.basePrice), date);
  // JSON has no infinity: the last zone ends nowhere.
  const ticks = tickTable(listing, date).map(({ below, tick }) => ({
    below: Number.isFinite(below) ? below : null,
    tick,
  }));
  const { lower, upper } = limits;
  return { instrument, ticks, lower, upper, collarBps: market.collarBps };
}
