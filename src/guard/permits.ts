import type { OrderSession, OrderType, OrderVenue } from '#domain/order.ts';

/**
 * What kinds of order may go out at all. Sets and not limits, because a kind has no size: there is no way to permit half
 * of it. What is not in a set is not permitted.
 */
export interface Permits {
  readonly types: ReadonlySet<OrderType>;
  readonly sessions: ReadonlySet<OrderSession>;
  readonly venues: ReadonlySet<OrderVenue>;
}

/** Limit orders on KRX in the regular session: what every installation starts with, whatever its limits. */
export const plainPermits: Permits = {
  types: new Set(['limit']),
  sessions: new Set(['regular']),
  venues: new Set(['KRX']),
};

/** Permits that allow nothing which `permits` forbids: of `change`, only what narrows a set is taken over. */
export function tightenPermits(permits: Permits, change: Partial<Permits>): Permits {
  return {
    types: permits.types.intersection(change.types ?? permits.types),
    sessions: permits.sessions.intersection(change.sessions ?? permits.sessions),
    venues: permits.venues.intersection(change.venues ?? permits.venues),
  };
}
