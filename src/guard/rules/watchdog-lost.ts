import type { OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { isRiskReducing } from '../risk-reducing.ts';
import { atMostUnless } from '../rule.ts';
import type { GuardState } from '../state.ts';
import type { Tally } from '../tally.ts';

/** Below the three seconds within which the loss of the watchdog must stop new risk. */
export const watchdogSilenceMaxMs = 2_500;

/** Nobody would withdraw an order if this process hung: until the watchdog is back nothing that adds risk goes out. */
export function watchdogLost(request: OrderRequest, state: GuardState, tally: Tally): Check {
  const silentMs = state.watchdogSilentMs === undefined ? 0 : (state.watchdogSilentMs ?? Number.NaN);
  return atMostUnless(isRiskReducing(request, tally), {
    code: 'watchdog-lost',
    actual: silentMs,
    limit: watchdogSilenceMaxMs,
    unit: 'milliseconds',
  });
}
