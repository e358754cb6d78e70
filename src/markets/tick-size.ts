import type { InstrumentKind } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import { boardOn, type BoardSubject } from './board.ts';
import { ruleOn, type RuleDate } from './rule-table.ts';
import { tickTables, type TickKey, type TickTable } from './tick-tables.ts';

/** What the tick depends on besides price and day. */
export interface TickSubject extends BoardSubject {
  readonly kind: InstrumentKind;
}

/**
 * The step an order's price must lie on, in won, decided by the price's own zone.
 *
 * @param price won, above 0; it need not lie on a tick
 * @throws {RangeError} a price that is not above 0 and finite; a day before the market or the kind existed
 */
export function tickSize(of: TickSubject, price: number, date: RuleDate): number {
  return tickAt(tickTable(of, date), price);
}

/** True when an order at `price` would be accepted for its tick. False for anything that is not above 0 and finite. */
export function isOnTick(of: TickSubject, price: number, date: RuleDate): boolean {
  return isInTable(tickTable(of, date), price);
}

/**
 * The nearest legal price at or below (`down`), at or above (`up`) `price`. Bounds between zones are legal on both
 * sides, so rounding up into the next zone lands on one of its ticks.
 *
 * @throws {RangeError} a price that is not above 0 and finite; rounding down from below the lowest tick
 */
export function roundToTick(of: TickSubject, price: number, date: RuleDate, direction: 'down' | 'up'): Won {
  return snap(tickTable(of, date), price, direction);
}

/** The whole table of the day, for callers that check many prices of one day. */
export function tickTable(of: TickSubject, date: RuleDate): TickTable {
  return ruleOn(tickTables, tickKey(of, date), date);
}

/** `tickSize` in a table already at hand. @throws {RangeError} a price that is not above 0 and finite */
export function tickAt(table: TickTable, price: number): number {
  if (!(price > 0 && price < Number.POSITIVE_INFINITY)) throw new RangeError(`Not a price above 0: ${price}`);
  for (const band of table) if (price < band.below) return band.tick;
  throw new RangeError('A tick table ends before the highest price: its last band must have no end');
}

/** `isOnTick` in a table already at hand. */
export function isInTable(table: TickTable, price: number): boolean {
  return Number.isSafeInteger(price) && price > 0 && price % tickAt(table, price) === 0;
}

/** `roundToTick` in a table already at hand. */
export function snap(table: TickTable, price: number, direction: 'down' | 'up'): Won {
  const tick = tickAt(table, price);
  // The remainder of a float division is exact, and so is the difference: both are multiples of the tick.
  const excess = price % tick;
  const below = price - excess;
  if (excess === 0) return won(below);
  if (direction === 'up') return won(below + tick);
  if (below === 0) throw new RangeError(`No legal price at or below ${price}: the lowest is ${tick}`);
  return won(below);
}

/** Which of the tables an instrument follows on a day. */
export function tickKey(of: TickSubject, date: RuleDate): TickKey {
  if (of.kind === 'etf') return 'ETF';
  if (of.kind === 'etn') return 'ETN';
  return boardOn(of, date);
}
