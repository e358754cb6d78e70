import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMost } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';
import { requestValue } from '../valued-price.ts';

/** Set aside for fees: 0.2 % is above every online commission this product knows and far below a tick's worth of harm. */
const feeMarginBps = 20;

/**
 * Cash pays for this buy and for every open buy, fees included: `sum × (1 + 0.2 %)`, the margin rounded up to whole
 * won. Sells need none, also when cash is negative.
 */
export function cash(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const limit = state.cash ?? Number.NaN;
  if (request.side === 'sell') return { code: 'cash', actual: 0, limit, unit: 'won', passed: true };
  const buys = tally.openBuyValue + requestValue(request, state);
  return atMost({ code: 'cash', actual: buys + Math.ceil((buys * feeMarginBps) / 10_000), limit, unit: 'won' });
}
