import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { atMostUnless } from '../rule.ts';
import { smallOrderSharesMax } from '../small-orders.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/**
 * Orders of ten shares or fewer in one symbol today, this one included: exchanges watch for strings of them. Selling
 * all that is left passes, because it cannot be repeated and a small holding must stay sellable.
 */
export function smallOrderRepetition(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const isSmall = request.quantity <= smallOrderSharesMax;
  const sellsAll = request.side === 'sell' && request.quantity === tally.sellableHere;
  return atMostUnless(!isSmall || sellsAll, {
    code: 'small-order-repetition',
    actual: tally.smallOrdersHere + (isSmall ? 1 : 0),
    limit: state.limits.smallOrdersPerSymbolMax,
    unit: 'orders',
  });
}
