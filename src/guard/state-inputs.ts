import type { InstrumentId } from '#domain/instrument.ts';
import type { Position } from '#domain/position.ts';
import { limitNames } from './limits.ts';
import type { GuardOrder, GuardState } from './state.ts';
import { isCount, isPositive, isWhole } from './whole-number.ts';

/**
 * How many values the decision needs are null or cannot be a number of their kind. Cash, equity and result may be
 * negative; a null session is no gap but an answer, which the session rule gives.
 */
export function brokenStateInputs(state: GuardState, instrument: InstrumentId): number {
  return brokenFacts(state, instrument) + brokenLimits(state) + brokenPositions(state) + brokenOrders(state);
}

function brokenFacts(state: GuardState, instrument: InstrumentId): number {
  const last = state.lastTrade(instrument);
  const answers = [
    typeof state.isHalted === 'boolean',
    isWhole(state.cash),
    isWhole(state.equity),
    isWhole(state.profitOfDay),
    isPositive(state.basePrice(instrument)),
    isPositive(last?.price ?? null),
    state.designation(instrument) !== null,
  ];
  return answers.filter((isGood) => !isGood).length;
}

function brokenLimits({ limits }: GuardState): number {
  return limitNames.filter((name) => !isCount(limits[name])).length;
}

function brokenPositions({ positions }: GuardState): number {
  let broken = 0;
  for (const [instrument, position] of positions) if (!isGoodPosition(instrument, position)) broken += 1;
  return broken;
}

function isGoodPosition(instrument: InstrumentId, position: Position): boolean {
  return position.instrument === instrument && isCount(position.quantity) && isCount(position.cost);
}

function brokenOrders({ ordersOfDay }: GuardState): number {
  let broken = 0;
  for (const order of ordersOfDay) if (!isGoodOrder(order)) broken += 1;
  return broken;
}

/** Filled and open are not checked against quantity: after an amend they may belong to different prices of one order. */
function isGoodOrder(order: GuardOrder): boolean {
  return (
    isPositive(order.price) &&
    isCount(order.quantity) &&
    isCount(order.filled) &&
    isCount(order.open) &&
    (order.side === 'buy' || order.side === 'sell')
  );
}
