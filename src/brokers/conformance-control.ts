import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderRequest } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { Approved } from '#guard/approved.ts';

import type { Broker } from './broker.ts';

/** What a fault is switched on for; each simulator knows which of its broker's TR ids that is. */
export type ConformanceOperation =
  'token' | 'place-buy' | 'place-sell' | 'change' | 'orders' | 'balance' | 'price' | 'daily-bars';

/** The faults every simulator must be able to play (threat-model §14), under our own names. */
export type ConformanceFault =
  /** The connection ends before the broker took the request: nothing exists there. */
  | 'drop-before'
  /** The broker took it and never answers. */
  | 'accept-then-hang'
  /** The broker took it and resets the connection. */
  | 'accept-then-reset'
  /** HTTP 500 with a body that is no documented code, request not taken · taken. */
  | 'error-before'
  | 'error-after'
  /** The broker's own "too many calls" answer. */
  | 'rate-limit'
  /** The broker's own "token expired" answer. */
  | 'token-expired'
  /** Taken, and the answer is no JSON · ends early · lacks the order number. */
  | 'malformed'
  | 'truncated'
  | 'missing-order-number'
  /** A paged inquiry fails from its second page on. */
  | 'page-error';

/** The hands of the suite behind a broker's back. All of it acts at once; a promise settles when it is done. */
export interface ConformanceControl {
  /** Two listed instruments; the first has a book on both sides, and neither is held at the start. */
  readonly instruments: readonly [InstrumentId, InstrumentId];
  /** Switches a fault on for the next `count` calls of the operation, 1 if not said. */
  fault(fault: ConformanceFault, operation: ConformanceOperation, options?: { readonly count?: number }): Promise<void>;
  clearFaults(): Promise<void>;
  /**
   * Moves the market of an instrument to `price`: resting orders of the account that the new price crosses fill.
   * With `quantity`, only that many shares trade there, so that a larger order fills in part.
   */
  setPrice(instrument: InstrumentId, price: Won, quantity?: Quantity): Promise<void>;
  /** Ends every websocket connection without a closing handshake. */
  dropSockets(): Promise<void>;
  /** Sign-in tokens the broker has issued since the start. */
  tokensIssued(): Promise<number>;
  /** Orders of the account that exist at the broker, cancel and amend rows not counted. */
  ordersAtBroker(): Promise<number>;
  /** Puts `count` small orders of the account into the broker's list without passing through the adapter. */
  seedOrders(count: number): Promise<void>;
}

/** One broker under test. Tests make approvals through it, as the guard alone may in the product. */
export interface ConformanceSubject {
  readonly broker: Broker;
  readonly control: ConformanceControl;
  approve(request: OrderRequest): Approved;
  /** Every line the adapter reported so far: incidents, errors, logs. Searched for secrets. */
  reported(): readonly string[];
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}
