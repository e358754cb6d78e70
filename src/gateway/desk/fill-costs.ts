import type { InstrumentId, InstrumentKind, Market } from '#domain/instrument.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { addWon, won, type Won } from '#domain/won.ts';
import { settlementDate } from '#markets/calendar.ts';
import { commission, commissionPpbOf, sellTax } from '#markets/costs.ts';
import { listingOf } from '#markets/listings.ts';

/** An instrument that no table knows is taken for what costs most: a stock. */
const unlisted: { readonly market: Market; readonly kind: InstrumentKind } = { market: 'KOSPI', kind: 'stock' };

/**
 * What a fill costs, as an estimate for the books of the day; the broker's own numbers replace it at the next opening.
 * Each part is cut off to whole won. No tax beyond the end of the calendar, where no rate is known.
 */
export function fillCosts(fill: {
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly value: Won;
  readonly at: string;
}): { readonly fee: Won; readonly tax: Won } {
  const listing = listingOf(symbolOf(fill.instrument)) ?? unlisted;
  const fee = commission(fill.value, commissionPpbOf(listing.kind));
  const date = seoulDate(Temporal.Instant.from(fill.at));
  if (fill.side === 'buy' || !settles(date)) return { fee, tax: won(0) };
  const { transactionTax, ruralTax } = sellTax(listing, fill.value, date);
  return { fee, tax: addWon(transactionTax, ruralTax) };
}

function settles(date: Temporal.PlainDate): boolean {
  try {
    settlementDate(date);
    return true;
  } catch {
    // The calendar ends before the settlement: that is the answer.
    return false;
  }
}
