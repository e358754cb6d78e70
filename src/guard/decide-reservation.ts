import type { OrderRequest } from '#domain/order.ts';
import type { Won } from '#domain/won.ts';
import { decide } from './decide.ts';
import type { GuardState } from './state.ts';
import type { Verdict } from './verdict.ts';

/** What a reservation is judged by instead of the running market. */
export interface ReservationInputs {
  /** When the broker takes reservations; null when it does not now, or when that is not known. */
  readonly window: GuardState['session'];
  /** Close of the session just over, from which the next one's price limits count; null when not known. */
  readonly close: Won | null;
}

/**
 * A reservation is an order for the next session, judged as one in a world in which the market stands at the close: that
 * price is settled and has no age, and the hours are those in which reservations are taken. Everything else, the day's
 * sums and counts and the permits included, is as for an order of now.
 */
export function decideReservation(request: OrderRequest, state: GuardState, inputs: ReservationInputs): Verdict {
  return decide(request, atTheClose(state, inputs, request));
}

function atTheClose(state: GuardState, { window, close }: ReservationInputs, request: OrderRequest): GuardState {
  const isOther = (instrument: OrderRequest['instrument']): boolean => instrument !== request.instrument;
  return {
    ...state,
    session: window,
    otherSession: () => window,
    // Other holdings are valued at their own last trades.
    lastTrade: (instrument) => {
      if (isOther(instrument)) return state.lastTrade(instrument);
      return close === null ? null : { price: close, atMs: state.nowMs };
    },
    // Asked for the order's own instrument alone.
    basePrice: () => close,
  };
}
