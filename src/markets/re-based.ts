import { plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { nextTradingDay } from './calendar.ts';
import { priceLimits, type PriceLimitSubject } from './price-limits.ts';
import { sessionAt } from './sessions.ts';

/** The last price that was known on an earlier day. */
export interface PriceBefore {
  /** Won. */
  readonly price: number;
  /** Its day, yyyymmdd. */
  readonly date: number;
  /** Stamp of the trade, epoch milliseconds; null when it is not known. */
  readonly atMs: number | null;
}

/** The first price of a later day. */
export interface PriceAfter {
  /** Won. */
  readonly price: number;
  /** yyyymmdd. */
  readonly date: number;
  /** The exchange's own of that day, won; null while it is not known. */
  readonly basePrice: number | null;
}

/** A last trade in these minutes before the closing auction stands for the close. */
const closeMs = 10 * 60_000;
/** How far a close may lie from the last trade before its auction: a tenth, where a volatility interruption begins. */
const auctionPart = 10;

/**
 * Whether a share's price counts from another basis than before: a split, a merger of shares, a capital reduction, rights or
 * a bonus issue. True when one of these cannot be otherwise:
 *
 * - the price lies outside the day's limits around its base price (around the price before while the base is not known);
 * - the price before lies outside the limits around the base price, those of a fund without its leverage: a close from which
 *   the exchange counts cannot be so far from a price of the days before, unless much happened that nobody here saw;
 * - the price before is as good as the close of the session before, and the base price is more than a tenth away from it.
 *
 * So a change by a tenth or less is not seen. Wrongly true it is after a crash, or a rise, of nearly a day's limit that
 * nobody here saw, for shares without limits (in liquidation), and on a first day of trading.
 *
 * @throws {RangeError} a price of 0 or less; a day before the market existed
 * @see krx-rules §2: limits, and base prices other than the close before
 */
export function isRebased(of: PriceLimitSubject, before: PriceBefore, after: PriceAfter): boolean {
  const { price, date, basePrice } = after;
  if (!isWithin(price, of, basePrice ?? before.price, date)) return true;
  if (basePrice === null) return false;
  if (!isWithin(before.price, { ...of, leverage: 1 }, basePrice, date)) return true;
  return isCloseOf(before, date) && Math.abs(before.price - basePrice) * auctionPart > basePrice;
}

function isWithin(price: number, of: PriceLimitSubject, basePrice: number, date: number): boolean {
  const { lower, upper } = priceLimits(of, won(basePrice), date);
  return price >= lower && price <= upper;
}

/** Whether the price was the last before the closing auction of the session before `date`. */
function isCloseOf({ atMs, date: dateBefore }: PriceBefore, date: number): boolean {
  if (atMs === null) return false;
  const isLate = sessionAt(Temporal.Instant.fromEpochMilliseconds(atMs + closeMs)).kind !== 'continuous';
  return isLate && nextTradingDay(plainDate(dateBefore)).equals(plainDate(date));
}
