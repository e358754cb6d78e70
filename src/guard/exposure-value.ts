import type { InstrumentId } from '#domain/instrument.ts';
import type { Position } from '#domain/position.ts';
import { shareOf } from './basis-points.ts';
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
  return (
    heldValueOf(state, instrument) +
    openValue(state, (order) => order.side === 'buy' && order.instrument === instrument)
  );
}

/** Won in all instruments together if every open buy fills. NaN when any holding's value is unknown. */
export function exposureOfAccount(state: GuardState): number {
  return heldValueOfAccount(state) + openValue(state, (order) => order.side === 'buy');
}

/** Won tied up in what is held of one instrument. NaN when unknown. */
export function heldValueOf(state: GuardState, instrument: InstrumentId): number {
  const position = state.positions.get(instrument);
  return position === undefined ? 0 : heldValue(state, position);
}

/** Won tied up in everything that is held. NaN when any holding's value is unknown. */
export function heldValueOfAccount(state: GuardState): number {
  let value = 0;
  for (const position of state.positions.values()) value += heldValue(state, position);
  return value;
}

/** How many instruments are held, being bought, or the one asked for. */
export function countsAtRisk(state: GuardState, bought: ReadonlySet<InstrumentId> | null, asked: InstrumentId): number {
  let count = bought?.size ?? 0;
  for (const { instrument, quantity } of state.positions.values()) {
    if (quantity > 0 && instrument !== asked && bought?.has(instrument) !== true) count += 1;
  }
  return bought?.has(asked) === true ? count : count + 1;
}

/** The smaller of the fixed limit and the share of equity, rounded down to whole won. NaN when equity is unknown. */
export function exposureLimit(state: GuardState): number {
  return Math.min(state.limits.exposureMax, shareOfEquity(state, state.limits.exposureEquityBps));
}

/** `equity × bps / 10,000`, rounded down. NaN when equity is unknown. */
export function shareOfEquity(state: GuardState, bps: number): number {
  return state.equity === null ? Number.NaN : shareOf(state.equity, bps);
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
