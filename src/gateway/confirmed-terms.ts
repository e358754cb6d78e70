import type { OrderRequest } from '#domain/order.ts';
import { sessionOf, venueOf } from '#domain/order.ts';
import type { DeskOrder, DeskState } from './desk/state.ts';

/** How long a person's confirmation stands. */
const validMs = 600_000;

/**
 * True when a person has confirmed a refused order with these terms within the last ten minutes and none like it has gone
 * out since. The price is part of the terms: at another price it is another order.
 */
export function isConfirmed(state: DeskState, request: OrderRequest, now: Temporal.Instant): boolean {
  for (const [orderId, at] of state.policy.confirmed) {
    const ageMs = now.epochMilliseconds - Temporal.Instant.from(at).epochMilliseconds;
    const order = state.orders.get(orderId);
    if (ageMs < 0 || ageMs >= validMs || order === undefined || !isLike(order, request)) continue;
    if (![...state.orders.values()].some((later) => isSentSince(later, request, at))) return true;
  }
  return false;
}

function isSentSince(order: DeskOrder, request: OrderRequest, at: string): boolean {
  const isLater = Temporal.Instant.compare(Temporal.Instant.from(order.createdAt), Temporal.Instant.from(at)) >= 0;
  return order.state !== 'denied' && isLater && isLike(order, request);
}

function isLike({ request: before }: DeskOrder, request: OrderRequest): boolean {
  const isSameAsker =
    before.requester.kind === 'strategy'
      ? request.requester.kind === 'strategy' && request.requester.name === before.requester.name
      : request.requester.kind === 'person';
  return (
    isSameAsker &&
    before.instrument === request.instrument &&
    before.side === request.side &&
    before.type === request.type &&
    before.quantity === request.quantity &&
    before.price === request.price &&
    venueOf(before) === venueOf(request) &&
    sessionOf(before) === sessionOf(request)
  );
}
