import { venueOf, type OrderRequest } from '#domain/order.ts';
import type { Check } from '../denial.ts';
import { mustNot } from '../rule.ts';
import type { GuardState } from '../state.ts';

/** Only to the venues that are permitted; KRX to start with. */
export function orderVenue(request: OrderRequest, state: GuardState): Check {
  return mustNot('order-venue', !state.permits.venues.has(venueOf(request)));
}
