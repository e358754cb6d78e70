import { invariant } from '#domain/invariant.ts';
import { limitNames, type Limits } from './limits.ts';
import { isCount } from './whole-number.ts';

/** Which way each limit lets less through. */
export const tighterIs: Readonly<Record<keyof Limits, 'smaller' | 'larger'>> = {
  orderValueMax: 'smaller',
  dayValueAccountMax: 'smaller',
  dayValueStrategyMax: 'smaller',
  openValueMax: 'smaller',
  ordersPerMinuteAccountMax: 'smaller',
  ordersPerMinuteStrategyMax: 'smaller',
  ordersPerDayMax: 'smaller',
  cancelsPerMinuteMax: 'smaller',
  cancelFillRatioMax: 'smaller',
  repeatedOrderWindowMs: 'larger',
  priceCollarBps: 'smaller',
  priceAgeMaxMs: 'smaller',
  priceMinimum: 'larger',
  positionValueMax: 'smaller',
  positionCountMax: 'smaller',
  exposureMax: 'smaller',
  exposureEquityBps: 'smaller',
  dailyLossMax: 'smaller',
  dailyLossEquityBps: 'smaller',
  smallOrdersPerSymbolMax: 'smaller',
  entryWindowClosesMs: 'larger',
  quantityMedianMultiple: 'smaller',
  tradedValueShareBps: 'smaller',
  tradedValueMin: 'larger',
  newSymbolWaitMs: 'larger',
  clockErrorMaxMs: 'smaller',
  strategyBreachesMax: 'smaller',
  strategyHeartbeatMaxMs: 'smaller',
};

/**
 * Limits that are at least as tight as `limits` in every field: a part of `change` that would loosen one is left out.
 * Takes effect at once; loosening goes another way, with step-up and a delay (INV-12).
 *
 * @throws {InvariantError} a value in `change` that is not a whole number, 0 or more
 */
export function tighten(limits: Limits, change: Partial<Limits>): Limits {
  const next: { -readonly [Name in keyof Limits]: number } = { ...limits };
  for (const name of limitNames) {
    const wanted = change[name];
    if (wanted === undefined) continue;
    invariant(isCount(wanted), `limit "${name}" is ${wanted}, a whole number of 0 or more is wanted`);
    next[name] = tighterOf(name, limits[name], wanted);
  }
  return next as Limits;
}

/** True when `a` lets nothing through that `b` would stop: as tight or tighter in every field. Equal limits are. */
export function isTighter(a: Limits, b: Limits): boolean {
  return limitNames.every((name) => tighterOf(name, a[name], b[name]) === a[name]);
}

/** The value of the two that lets less through. */
export function tighterOf(name: keyof Limits, a: number, b: number): number {
  return tighterIs[name] === 'smaller' ? Math.min(a, b) : Math.max(a, b);
}
