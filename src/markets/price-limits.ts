import type { InstrumentKind } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import { boardOn, type BoardSubject } from './board.ts';
import { priceLimitPerMille } from './price-limit-rates.ts';
import { ruleOn, type RuleDate } from './rule-table.ts';
import { isInTable, snap, tickAt, tickTable } from './tick-size.ts';
import type { TickTable } from './tick-tables.ts';

/** What the limits depend on besides base price and day. */
export interface PriceLimitSubject extends BoardSubject {
  readonly kind: InstrumentKind;
  /** Absolute leverage of an ETF or ETN, which multiplies the rate; ignored for stocks. */
  readonly leverage: number;
}

/** Both prices are legal and inclusive. */
export interface PriceLimits {
  readonly lower: Won;
  readonly upper: Won;
}

/**
 * The lowest and the highest price an order may have that day.
 *
 * The width is base × rate, cut off to the tick of the base price; the upper limit is then cut off to the tick of its
 * own zone. The lower limit needs no rounding, because a lower zone never has a coarser tick; only a base that lies
 * between two ticks (a mid-point close) has its lower limit rounded up, so that it is legal and inside the rate. A width
 * of nothing becomes one tick, and no limit falls below the lowest tick. First days of trading, liquidation trading and
 * resets have rules of their own (krx-rules §2.3): there the broker's figures stand, not these.
 *
 * @param basePrice what the exchange counts from; not always the previous close
 * @throws {RangeError} a base price of 0 or less; a day before the market or the kind existed
 * @see krx-rules §2.2, checked on 378 upper and 21 lower limits that tell the formulas apart
 */
export function priceLimits(of: PriceLimitSubject, basePrice: Won, date: RuleDate): PriceLimits {
  return priceLimitsIn(tickTable(of, date), limitPerMille(of, date), basePrice);
}

/** `priceLimits` with the day's tick table and rate (`limitPerMille`) already at hand, for many prices of one day. */
export function priceLimitsIn(table: TickTable, perMille: number, basePrice: number): PriceLimits {
  const tick = tickAt(table, basePrice);
  const scaled = basePrice * perMille;
  const width = Math.max((scaled - (scaled % (1000 * tick))) / 1000, tick);
  const lowest = Math.max(basePrice - width, tickAt(table, 1));
  return {
    lower: isInTable(table, lowest) ? won(lowest) : snap(table, lowest, 'up'),
    upper: snap(table, basePrice + width, 'down'),
  };
}

/**
 * How far a price may move in a day, in thousandths of the base; a fund that moves n times its index is given n times the
 * room.
 *
 * @throws {RangeError} a day before the market existed
 */
export function limitPerMille(of: PriceLimitSubject, date: RuleDate): number {
  const rate = ruleOn(priceLimitPerMille, boardOn(of, date), date);
  if (of.kind === 'stock') return rate;
  return Math.round(rate * Math.max(1, of.leverage));
}
