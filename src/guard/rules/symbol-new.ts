import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { ageMs } from '../order-counts.ts';
import type { GuardState } from '../state.ts';

/**
 * A symbol put on the list is bought a day later, which leaves time to notice that it was not you. The numbers are how
 * long it stands there and how long it must; exactly that long is enough. Sells pass.
 */
export function symbolNew(request: OrderRequest, state: GuardState): Check {
  const since = state.listedSinceMs(request.instrument);
  const actual = since === null ? Number.NaN : ageMs(state, since);
  const limit = state.limits.newSymbolWaitMs;
  return {
    code: 'symbol-new',
    actual,
    limit,
    unit: 'milliseconds',
    passed: actual >= limit || request.side === 'sell',
  };
}
