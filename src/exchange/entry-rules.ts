import { lotSize } from '#markets/lots.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import { isInTable, tickTable } from '#markets/tick-size.ts';
import type { TickTable } from '#markets/tick-tables.ts';
import type { BookPhase, MatchingBookOptions, VenueOrder, VenueRejection } from './venue.ts';

/** What an order of one instrument must keep to on one day. */
export interface EntryRules {
  readonly table: TickTable;
  readonly limits: PriceLimits;
  /** Shares an order must be a multiple of. */
  readonly lot: number;
}

/** @throws {RangeError} when the market or the kind did not exist on the date, or the base price is not above 0 */
export function entryRules({ instrument, date, basePrice, limits, fixedPrice }: MatchingBookOptions): EntryRules {
  const lot = lotSize(instrument, basePrice, date);
  if (fixedPrice !== undefined) return { table: everyWon, limits: { lower: fixedPrice, upper: fixedPrice }, lot };
  const table = tickTable(instrument, date);
  return { table, limits: limits ?? priceLimits(instrument, basePrice, date), lot };
}

/** A closing price may be the print of a mid-price order, which lies on no tick. */
const everyWon: TickTable = [{ below: Number.POSITIVE_INFINITY, tick: 1 }];

/** Why the venue does not take `order` now, or null when it does. The prices of market and
 * mid-price orders are not looked at. */
export function refusalOf(
  order: Pick<VenueOrder, 'type' | 'timeInForce' | 'price' | 'quantity'>,
  phase: BookPhase,
  rules: EntryRules,
): VenueRejection | null {
  if (phase === 'closed') return 'closed';
  // An auction has no moment at which an order could be executed at once.
  if (phase === 'auction' && order.timeInForce !== 'day') return 'closed';
  if (!isWholeLots(order.quantity, rules.lot)) return 'quantity';
  if (order.type !== 'limit') return null;
  // Written so that a price that is no number is refused.
  if (!(order.price >= rules.limits.lower && order.price <= rules.limits.upper)) return 'price-limit';
  return isInTable(rules.table, order.price) ? null : 'tick-size';
}

function isWholeLots(quantity: number, lot: number): boolean {
  return Number.isSafeInteger(quantity) && quantity > 0 && quantity % lot === 0;
}
