import type { Requester } from '#domain/order.ts';

/** The name under which the day's list keeps a requester: the strategy's own, or `person`. */
export function requesterName(requester: Requester): string {
  return requester.kind === 'strategy' ? requester.name : 'person';
}
