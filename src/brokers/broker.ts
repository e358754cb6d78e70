import type { Bar } from '#domain/bar.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderBook, PriceSnapshot, Tick } from '#domain/market-data.ts';
import type { BrokerOrderId, OrderSession, OrderSide, OrderType, OrderVenue, TimeInForce } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Secret } from '#domain/secret.ts';
import type { Won } from '#domain/won.ts';
import type { Approved } from '#guard/approved.ts';
import type { ListedInstrument } from '#markets/instrument-list.ts';
import type { Aged } from '#wire/aged.ts';

/** Why a broker said no, in our words. `unmapped` is visible, alarms, and never counts as success. */
export type RejectReason =
  | 'market-closed'
  | 'not-a-trading-day'
  | 'not-enough-cash'
  | 'not-enough-shares'
  | 'nothing-left'
  | 'order-type'
  | 'tick-size'
  | 'unknown-instrument'
  | 'rate-limit'
  | 'authentication'
  | 'invalid-field'
  | 'unmapped';

/** How an order request ended; each end carries what the caller needs next (threat-model §8). */
export type PlaceResult =
  | {
      readonly kind: 'accepted';
      readonly brokerOrderId: BrokerOrderId;
      readonly forwardingOffice: string;
      readonly at: Temporal.Instant;
    }
  | { readonly kind: 'rejected'; readonly code: string; readonly reason: RejectReason; readonly message: string }
  /** No byte of the request left this machine. */
  | { readonly kind: 'not-sent'; readonly cause: string }
  /** Sent, and no answer that can be believed: reconcile before anything else. */
  | { readonly kind: 'unknown'; readonly sentAt: Temporal.Instant; readonly cause: string };

/** A working order as the broker knows it. */
export interface WorkingOrder {
  readonly brokerOrderId: BrokerOrderId;
  /** KIS `KRX_FWDG_ORD_ORGNO`; may be empty. */
  readonly forwardingOffice: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  /** What kind of order it is, where that is known; an amend or a cancel must say the same. Absent: as in a request. */
  readonly venue?: OrderVenue;
  readonly session?: OrderSession;
  readonly type?: OrderType;
  readonly timeInForce?: TimeInForce;
  readonly stopPrice?: Won;
}

/** Where the broker says an order was entered. Tells an order of ours from a person's with the same terms. */
export interface OrderOrigin {
  /** `api`: through the interface that this adapter uses. `other`: any other way, or one we cannot read. */
  readonly channel: 'api' | 'other';
  /** The network address it came from, as the broker writes it; may be empty. */
  readonly address: string;
}

/** One row of the broker's own list of today's orders. */
export interface BrokerOrder extends WorkingOrder {
  /** Absent when the broker's rows do not say. */
  readonly origin?: OrderOrigin;
  /** The order that this one amends or cancels, or null. */
  readonly originalId: BrokerOrderId | null;
  readonly quantity: Quantity;
  readonly price: Won;
  readonly filled: Quantity;
  readonly remaining: Quantity;
  readonly isCancel: boolean;
  readonly isRejected: boolean;
  /** Average fill price, rounded as the broker rounds it; 0 when nothing filled. */
  readonly fillPriceAverage: Won;
  readonly orderedAt: Temporal.Instant;
}

/** A list that is either whole or says that it is not; an error or a page limit is never an empty list. */
export type Inquiry<Row> =
  | { readonly kind: 'complete'; readonly rows: readonly Row[] }
  | { readonly kind: 'incomplete'; readonly cause: string };

export interface Balance {
  readonly cash: Won;
  /** Cash after all trades up to today have settled (D+2); the number to reconcile. */
  readonly settledCash: Won;
  readonly positions: readonly Position[];
  readonly equity: Won;
}

/** Orders the broker told us about by push: ours or not. */
export type OrderNotice =
  | {
      readonly kind: 'accepted' | 'cancelled' | 'amended' | 'rejected' | 'expired';
      readonly order: WorkingOrder;
      readonly originalId: BrokerOrderId | null;
      readonly quantity: Quantity;
      readonly price: Won;
      readonly at: Temporal.Instant;
    }
  | { readonly kind: 'filled'; readonly fill: Fill };

export interface StreamState {
  readonly kind: 'open' | 'closed' | 'drift';
  readonly detail: string;
  /** With an `open` after a `closed`: what happened in between was not heard. */
  readonly gap?: { readonly from: Temporal.Instant; readonly to: Temporal.Instant };
}

export interface StreamListener {
  onTick(tick: Tick): void;
  onOrderBook(book: OrderBook): void;
  onOrderNotice(notice: OrderNotice): void;
  /**
   * `open` after every registration is acknowledged. An `open` after a `closed` means a gap: its detail says since when
   * trades and notices may be missing, and orders must be asked for. `drift`: a feed cannot be read or was refused.
   */
  onState(state: StreamState): void;
}

/** What of a wish to watch found room. */
export interface WatchReport {
  /** Registrations in use, those for order notices included, and how many there may be. */
  readonly used: number;
  readonly limit: number;
  /** No room at all, in the order of the wish. */
  readonly unwatched: readonly InstrumentId[];
  /** Trades only. */
  readonly withoutBook: readonly InstrumentId[];
}

export interface BrokerStream {
  /**
   * Registers trades and order books, the most important instrument first. Where room is short (at most
   * `capabilities.registrationsMax` in all, notices included) trades go before books, and the report says what found no
   * room. The list is the whole set wanted from now on: what is no longer in it is unregistered. Survives reconnects.
   */
  watch(instruments: readonly InstrumentId[]): WatchReport;
  close(): Promise<void>;
}

export interface BrokerCapabilities {
  readonly paper: 'host' | 'key' | 'none';
  readonly sessionsPerKey: number;
  readonly registrationsMax: number;
  readonly tokenReissue: 'same-token' | 'new-token';
  readonly clientOrderId: boolean;
  readonly orderEvents: boolean;
  readonly markets: readonly ('KRX' | 'NXT')[];
  /** When an app key ends by itself: so long after its issue, and so long after its last use. Unsaid when it does not. */
  readonly keyLife?: { readonly termMonths: number; readonly inactivityMonths: number };
}

/** Every broker is one of these. An adapter never retries an order; it may retry reads within its own budget. */
export interface Broker {
  readonly name: string;
  readonly environment: BrokerEnvironment;
  readonly capabilities: BrokerCapabilities;
  /** Sends once. @throws InvariantError when `order` did not come from the guard */
  place(order: Approved): Promise<PlaceResult>;
  /** Cancels all that is left. Has its own lane in the rate budget. */
  cancel(order: WorkingOrder): Promise<PlaceResult>;
  /** Price and remaining quantity; the answer holds the new number, which is the live one from then on. */
  amend(order: WorkingOrder, change: Approved): Promise<PlaceResult>;
  /** All orders of one trading day, every page followed. */
  orders(date: Temporal.PlainDate): Promise<Inquiry<BrokerOrder>>;
  /** @throws RetryLater · Reconcile */
  balance(): Promise<Balance>;
  buyable(instrument: InstrumentId, price: Won): Promise<{ readonly cash: Won; readonly quantity: Quantity }>;
  price(instrument: InstrumentId): Promise<PriceSnapshot>;
  orderBook(instrument: InstrumentId): Promise<OrderBook>;
  /** Oldest first, both days inclusive, adjusted prices, every page followed. */
  dailyBars(instrument: InstrumentId, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<readonly Bar[]>;
  /** The last `count` one-minute bars of today, oldest first. */
  minuteBars(instrument: InstrumentId, count: number): Promise<readonly Bar[]>;
  openStream(listener: StreamListener): Promise<BrokerStream>;
  /** Drops the token at the broker too. */
  signOut(): Promise<void>;
  /** What people look at while the broker rests; absent when the adapter keeps nothing. */
  readonly lastKnown?: LastKnown;
  /** Everything that is traded today; absent when the broker publishes no list. @throws RetryLater */
  readonly instruments?: () => Promise<readonly ListedInstrument[]>;
  /** Whether NXT trades it; null when the broker does not say. Absent where it cannot be asked. @throws RetryLater */
  readonly tradesOnNxt?: (instrument: InstrumentId) => Promise<boolean | null>;
  /** Ends streams, connections and timers; whatever is asked from now on fails or is not sent. The token stays good. */
  close(): Promise<void>;
}

/**
 * Reads that are answered from memory while that is fresh, and with the last answer and its age while the broker cannot
 * be asked. For people's eyes: the guard and the books ask the broker itself.
 */
export interface LastKnown {
  /** Fresh for 30 s or so, unless one of our orders or fills changed it. */
  balance(): Promise<Aged<Balance>>;
  price(instrument: InstrumentId): Promise<Aged<PriceSnapshot>>;
  orderBook(instrument: InstrumentId): Promise<Aged<OrderBook>>;
}

export interface KeptToken {
  readonly token: Secret;
  readonly expiresAt: Temporal.Instant;
  /** When it was asked for, by the machine's clock; unsaid when not known. */
  readonly issuedAt?: Temporal.Instant | undefined;
}

/** How an adapter reaches sealed values: as functions, so that it never holds a vault. */
export interface Credentials {
  appKey(): Secret;
  appSecret(): Secret;
  /** Account number and product, 10 digits. */
  account(): Secret;
  /** HTS id for order notices. */
  htsId(): Secret;
  /** The environment the key was issued for; an adapter refuses any other (INV-14). Unsaid when not known. */
  readonly environment?: BrokerEnvironment;
  /** The sealed token of an earlier start or of another process, or null; and where a new one is kept. */
  loadToken(): KeptToken | null;
  /**
   * An empty token that is already over means: forget the one that is kept. Never rejects: a token that cannot be kept
   * costs one more issue after a restart, and nothing else.
   *
   * @param issuedAt kept with it, also when the token is empty
   */
  saveToken(token: Secret, expiresAt: Temporal.Instant, issuedAt?: Temporal.Instant): void | Promise<void>;
  /** When a token was asked for last, in whatever process; null when never. Unsaid: nobody kept it. */
  tokenIssuedAt?(): Temporal.Instant | null;
  /** Runs `work` while no other process with this key runs one. Unsaid: this process is the only one. */
  alone?<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}
