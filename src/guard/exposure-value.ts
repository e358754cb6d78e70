import type { InstrumentId } from '#domain/instrument.ts';
import type { Position } from '#domain/position.ts';
import { openValue } from './open-orders.ts';
import type { GuardState } from './state.ts';

/**
 * Won tied up in one holding: the larger of what was paid and what the last trade makes of it. A fall must not make
 * room for buying more of what falls, and a rise is money at risk too.
 *
 * @returns NaN when something is held and its last trade is not known
 */
export function heldValue(state: GuardState, position: Position): number {
  if (position.quantity === 0) return 0;
  const last = state.lastTrade(position.instrument);
  if (last === null) return Number.NaN;
  return Math.max(position.cost, position.quantity * last.price);
}

/** Won in one instrument if every open buy of it fills. NaN when unknown. */
export function exposureOf(state: GuardState, instrument: InstrumentId): number {
  const position = state.positions.get(instrument);
  const held = position === undefined ? 0 : heldValue(state, position);
  return held + openValue(state, (order) => order.side === 'buy' && order.instrument === instrument);
}

/** Won in all instruments together if every open buy fills. NaN when any holding's value is unknown. */
export function exposureOfAccount(state: GuardState): number {
  let value = openValue(state, (order) => order.side === 'buy');
  for (const position of state.positions.values()) value += heldValue(state, position);
  return value;
}

/** The smaller of the fixed limit and the share of equity, rounded down to whole won. NaN when equity is unknown. */
export function exposureLimit(state: GuardState): number {
  return Math.min(state.limits.exposureMax, shareOfEquity(state, state.limits.exposureEquityBps));
}

/** `equity × bps / 10,000`, rounded down. NaN when equity is unknown or the product leaves the exact range. */
export function shareOfEquity(state: GuardState, bps: number): number {
  if (state.equity === null) return Number.NaN;
  const product = state.equity * bps;
  return Number.isSafeInteger(product) ? Math.floor(product / 10_000) : Number.NaN;
}

/** Instruments held or being bought. */
export function instrumentsAtRisk(state: GuardState): Set<InstrumentId> {
  const instruments = new Set<InstrumentId>();
  for (const position of state.positions.values()) {
    if (position.quantity > 0) instruments.add(position.instrument);
  }
  for (const order of state.ordersOfDay) {
    if (order.side === 'buy' && order.open > 0) instruments.add(order.instrument);
  }
  return instruments;
}
