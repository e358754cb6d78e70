import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { isRebased } from '#markets/re-based.ts';
import type { LastPrice } from '#strategy/triggers/last-prices.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';

/** A price of the running market, and what of its day is known. */
export interface PriceToday {
  readonly instrument: InstrumentId;
  /** Null while its rules are not known: then those of a KOSPI share count. */
  readonly listing: Instrument | null;
  /** Won. */
  readonly price: number;
  /** yyyymmdd. */
  readonly date: number;
  /** Stamp of the trade, epoch milliseconds; null for a price that was told, which may be of an earlier day. */
  readonly atMs: number | null;
  /** That of `date`, won; null while it is not known. */
  readonly basePrice: number | null;
}

/**
 * Must see each price before the book does. The first of a day, and the first after the day's base price became known, holds
 * what waits for the instrument when its price counts from another basis since the day before; each is remembered for the
 * days to come.
 *
 * @returns the price known before when orders are held from now on, of which the person must be told; otherwise null
 */
export function holdRebased(triggers: TriggerBook, today: PriceToday): LastPrice | null {
  const { instrument, listing, price, date, atMs, basePrice } = today;
  const { lastPrices } = triggers;
  const isTrade = atMs !== null;
  // A price that was told may itself be of the day before: it settles nothing for the first trade.
  const before = isTrade
    ? lastPrices.yardstick(instrument, date, basePrice !== null)
    : lastPrices.before(instrument, date);
  const isOther = before !== null && isRebased(listing ?? share, before, today);
  if (isTrade && isOther) lastPrices.settle(instrument);
  if (isTrade) lastPrices.see({ instrument, price, date, atMs });
  return isOther && triggers.hold(instrument) ? before : null;
}

/**
 * Must be called before the book takes an order in: the price of that moment, won, is what later days are measured by, unless
 * something waits already, with a price of its own.
 *
 * @param date today, yyyymmdd
 */
export function rememberPrice(
  triggers: TriggerBook,
  instrument: InstrumentId,
  price: number | null,
  date: number,
): void {
  if (triggers.lastPrices.of(instrument) !== null && triggers.concerns(instrument)) return;
  triggers.lastPrices.forget(instrument);
  if (price !== null) triggers.lastPrices.see({ instrument, price, date, atMs: null });
}

const share = { market: 'KOSPI', kind: 'stock', leverage: 1 } as const;
