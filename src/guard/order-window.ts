import { sessionOf, venueOf, type OrderRequest } from '#domain/order.ts';
import type { GuardState } from './state.ts';

/** When the market takes this order: the hours of the session it is for, at its venue. Null when closed or unknown. */
export function orderWindow(request: OrderRequest, state: GuardState): GuardState['session'] {
  if (venueOf(request) === 'KRX' && sessionOf(request) === 'regular') return state.session;
  return state.otherSession?.(request) ?? null;
}
