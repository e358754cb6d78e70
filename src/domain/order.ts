import type { Brand } from './brand.ts';
import type { InstrumentId } from './instrument.ts';
import type { Quantity } from './quantity.ts';
import type { Won } from './won.ts';

/** Ours, unique for ever, made before anything is sent. */
export type OrderId = Brand<string, 'OrderId'>;
/** Theirs (KIS `ODNO`), unique within a broker and a day. */
export type BrokerOrderId = Brand<string, 'BrokerOrderId'>;

export type OrderSide = 'buy' | 'sell';

/**
 * How an order finds its price.
 *
 * `limit` its own, or better · `market` whatever the market gives; in a session at a fixed price, that price ·
 * `conditional-limit` a limit that becomes a market order in the closing auction · `best` the best price of the other
 * side at its arrival · `priority` the best price of its own side at its arrival · `mid` between the two ·
 * `stop-limit` a limit that sleeps until the market trades at `stopPrice`.
 */
export type OrderType = 'limit' | 'market' | 'conditional-limit' | 'best' | 'priority' | 'mid' | 'stop-limit';
export type TimeInForce = 'day' | 'ioc' | 'fok';

/** Where an order goes; `SOR` lets the broker choose the better of KRX and NXT. */
export type OrderVenue = 'KRX' | 'NXT' | 'SOR';

/**
 * The part of the day an order is for. `pre-hours-close` trades at the last close before the opening,
 * `after-hours-close` at today's close after it; `pre-market` is NXT's, and what is left of it is cancelled at its end.
 */
export type OrderSession = 'regular' | 'pre-hours-close' | 'after-hours-close' | 'after-market' | 'pre-market';

/** Who asks: a strategy by its name, or the person at the console or the command line. */
export type Requester =
  { readonly kind: 'strategy'; readonly name: string } | { readonly kind: 'person'; readonly via: 'web' | 'cli' };

/** What a strategy or a person asks for; nothing has been checked yet. */
export interface OrderRequest {
  /** Chosen by the requester, unique for the requester; a repeat answers with the first order instead of making a second. */
  readonly requestId: string;
  readonly requester: Requester;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly quantity: Quantity;
  /** Limit price; 0 for the types that name none (see `namesPrice`). */
  readonly price: Won;
  /** Absent means KRX. */
  readonly venue?: OrderVenue;
  /** Absent means the regular session. */
  readonly session?: OrderSession;
  /** Where a stop-limit order wakes up: a buy at or above it, a sell at or below it. Only such an order has one. */
  readonly stopPrice?: Won;
  /** One short sentence: why. Shown to the person, kept in the journal. */
  readonly reason: string;
}

/** True for the types whose order carries a limit price of its own. */
export function namesPrice(type: OrderType): boolean {
  return type === 'limit' || type === 'conditional-limit' || type === 'stop-limit';
}

/** The venue an order goes to, said or not. */
export function venueOf(order: { readonly venue?: OrderVenue }): OrderVenue {
  return order.venue ?? 'KRX';
}

/** The session an order is for, said or not. */
export function sessionOf(order: { readonly session?: OrderSession }): OrderSession {
  return order.session ?? 'regular';
}
