import type { Instrument } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';
import { priceLimits, type PriceLimits } from '#markets/price-limits.ts';
import type { RuleDate } from '#markets/rule-table.ts';
import { snap, tickAt, tickTable } from '#markets/tick-size.ts';
import type { TickTable } from '#markets/tick-tables.ts';

/**
 * A legal order price `distanceBps` through the market: above the last price for a buy, below it for a sell.
 *
 * The distance is cut to the guard's collar, the price is rounded toward the last price (down for a buy, up for a sell),
 * so that rounding never leaves the collar, and it is held inside the day's price limits. Below one tick it is one tick.
 *
 * @param distanceBps hundredths of a percent; negative to rest away from the market
 * @param basePrice what the exchange counts the day's limits from
 * @param date the day on which the order would trade; its tick table and limits apply
 */
export function marketablePrice(options: {
  readonly instrument: Instrument;
  readonly side: OrderSide;
  readonly lastPrice: Won;
  readonly distanceBps: number;
  readonly collarBps: number;
  readonly basePrice: Won;
  readonly date: RuleDate;
}): Won {
  const { instrument, basePrice, date } = options;
  return marketablePriceIn(tickTable(instrument, date), priceLimits(instrument, basePrice, date), options);
}

/** `marketablePrice` with the day's tick table and price limits already at hand. */
export function marketablePriceIn(
  table: TickTable,
  limits: PriceLimits,
  order: {
    readonly side: OrderSide;
    readonly lastPrice: number;
    readonly distanceBps: number;
    readonly collarBps: number;
  },
): Won {
  const { side, lastPrice, collarBps } = order;
  const bps = Math.max(-collarBps, Math.min(order.distanceBps, collarBps));
  const wanted = (lastPrice * (10_000 + (side === 'buy' ? bps : -bps))) / 10_000;
  const lowest = tickAt(table, wanted);
  const price = snap(table, Math.max(wanted, lowest), side === 'buy' ? 'down' : 'up');
  return won(Math.min(limits.upper, Math.max(limits.lower, price)));
}
