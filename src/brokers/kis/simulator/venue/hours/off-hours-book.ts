import { quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';
import { createMatchingBook } from '#exchange/matching-book.ts';
import type { MatchingBook, VenueTrade } from '#exchange/venue.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import { roundToTick } from '#markets/tick-size.ts';

import type { Desk } from '../floor/desk.ts';
import { crowdOwner } from '../floor/market-source.ts';
import { randomFrom } from '../random.ts';
import type { VenueSession } from './venue-session.ts';

const minuteMs = 60_000;
/** Won that the crowd brings to either side of close-price trading every minute, on average. */
const minuteValue = 20_000_000;

/**
 * An empty book for trading after hours: at one price, which before the opening is the base price and after the close
 * the close, or for single prices inside ±10 % of the close and the limits of the day. Null while its price is unknown.
 */
export function openOffHoursBook(desk: Desk, session: VenueSession, date: Temporal.PlainDate): MatchingBook | null {
  const { instrument, basePrice, regularClose } = desk;
  const common = { instrument, date, basePrice };
  if (session === 'pre-hours-close') return createMatchingBook({ ...common, fixedPrice: basePrice });
  if (regularClose === null) return null;
  if (session === 'after-hours-close') return createMatchingBook({ ...common, fixedPrice: regularClose });
  return createMatchingBook({
    ...common,
    lastPrice: regularClose,
    limits: singlePriceLimits(desk, regularClose, date),
  });
}

/** ±10 % of the close, rounded into it, and never outside the limits of the day. @see krx-rules §2.3 */
export function singlePriceLimits(
  { instrument, basePrice }: Pick<Desk, 'instrument' | 'basePrice'>,
  close: Won,
  date: Temporal.PlainDate,
): PriceLimits {
  const day = priceLimits(instrument, basePrice, date);
  const lower = roundToTick(instrument, (close * 9) / 10, date, 'up');
  const upper = roundToTick(instrument, (close * 11) / 10, date, 'down');
  return { lower: won(Math.max(day.lower, lower)), upper: won(Math.min(day.upper, upper)) };
}

/**
 * The crowd at a fixed price: at every whole minute after `from` up to `to` it takes what the accounts have waiting, up
 * to a seeded number of shares a side. It leaves nothing standing, so it never trades with itself.
 */
export function takeAtFixedPrice(
  book: MatchingBook,
  price: Won,
  from: Temporal.Instant,
  to: Temporal.Instant,
): readonly VenueTrade[] {
  const trades: VenueTrade[] = [];
  let minute = Math.floor(from.epochMilliseconds / minuteMs) + 1;
  for (; minute * minuteMs <= to.epochMilliseconds; minute += 1) {
    const { bids, asks } = book.depth(1, to);
    if (bids.length === 0 && asks.length === 0) break;
    const random = randomFrom(`${book.instrument.symbol}/${minute}/fixed-price`);
    const at = Temporal.Instant.fromEpochMilliseconds(minute * minuteMs);
    for (const side of ['buy', 'sell'] as const) {
      const shares = Math.max(1, Math.round((minuteValue * (0.5 + random.next())) / price));
      const order = { id: `${crowdOwner}:f${minute}${side}`, owner: crowdOwner, side, type: 'limit' as const };
      const result = book.submit({ ...order, timeInForce: 'ioc', price, quantity: quantity(shares) }, at);
      if (result.kind === 'accepted') trades.push(...result.trades);
    }
  }
  return trades;
}
