import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { brokenLimits } from './settled-limits.ts';
import type { GuardState } from './state.ts';
import type { Tally } from './tally.ts';
import { countOfNo, isCount, isPositive, isWhole } from './whole-number.ts';

/**
 * How many values the decision needs are null or cannot be a number of their kind. Cash, equity and result may be
 * negative; a null session is no gap but an answer, which the session rule gives.
 */
export function brokenStateInputs(request: OrderRequest, state: GuardState, tally: Tally): number {
  const facts = brokenFacts(state, request.instrument);
  return facts + brokenLimits(state.limits) + brokenPositions(state) + tally.brokenOrders;
}

function brokenFacts(state: GuardState, instrument: InstrumentId): number {
  const last = state.lastTrade(instrument);
  const answers = [
    typeof state.isHalted === 'boolean',
    isWhole(state.nowMs),
    isWhole(state.cash),
    isWhole(state.equity),
    isWhole(state.profitOfDay),
    isPositive(state.basePrice(instrument)),
    isPositive(last?.price ?? null),
    state.designation(instrument) !== null,
  ];
  return countOfNo(answers);
}

function brokenPositions({ positions }: GuardState): number {
  let broken = 0;
  for (const [instrument, position] of positions) if (!isGoodPosition(instrument, position)) broken += 1;
  return broken;
}

function isGoodPosition(instrument: InstrumentId, position: Position): boolean {
  return position.instrument === instrument && isCount(position.quantity) && isCount(position.cost);
}
