import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import { openShares } from './open-orders.ts';
import type { GuardState } from './state.ts';
import type { Tally } from './tally.ts';

/** Shares held that no open sell has claimed yet; negative when more is on offer than is held. */
export function sellableShares(state: GuardState, instrument: InstrumentId): number {
  const held = state.positions.get(instrument)?.quantity ?? 0;
  return held - openShares(state, instrument, 'sell');
}

/** True for a sell of no more than is held, open sells taken off. Everything else, every buy included, can add risk. */
export function isRiskReducing(request: OrderRequest, tally: Tally): boolean {
  return request.side === 'sell' && request.quantity <= tally.sellableHere;
}
