import type { Denial } from './denial.ts';
import type { GuardOrder, GuardState } from './state.ts';

export type CancelVerdict =
  { readonly kind: 'allowed' } | { readonly kind: 'denied'; readonly denials: readonly Denial[] };

/**
 * Always allowed (G37): a cancel can only take risk away, and one refused at the wrong moment would hold the person in
 * a risk they want to leave. Cancelling too much is answered by the cancel rules on the next new order instead.
 * Callers handle both kinds, so that a rule about cancels can be added without touching them.
 */
export function decideCancel(_state: GuardState, _order: GuardOrder): CancelVerdict {
  return { kind: 'allowed' };
}
