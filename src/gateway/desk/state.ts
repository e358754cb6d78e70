import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderSide } from '#domain/order.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { Position } from '#domain/position.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { PermitGrant } from '#guard/permit-grants.ts';
import { noPolicy, type LimitPolicy } from '#guard/limit-policy.ts';
import type { CheckRow, JournaledRequest } from './records.ts';

/** All that the gateway knows of its orders: a pure fold of the journal (INV-09). Instants are ISO 8601, market time. */
export interface DeskState {
  /** Records folded so far. */
  readonly sequence: number;
  /** True once nothing is in doubt since the start; before that no new order is taken. */
  readonly isResolved: boolean;
  /** yyyymmdd of the newest order; orders of earlier days that are over move to `archive`. */
  readonly date: number;
  readonly orders: ReadonlyMap<OrderId, DeskOrder>;
  /** Oldest day first. Orders of the last 30 trading days; request keys for ever, since a repeat must never order twice. */
  readonly archive: readonly DayArchive[];
  /** `requester/requestId` of every order in `orders`. */
  readonly requestKeys: ReadonlyMap<string, OrderId>;
  readonly halted: { readonly since: string; readonly by: string; readonly reason: string } | null;
  readonly books: Books | null;
  /** Orders at the broker that nobody here made, as `yyyymmdd/number`; each is reported once. */
  readonly foreign: ReadonlySet<string>;
  /** Orders that a person declared as made elsewhere and that the broker has not shown yet. */
  readonly declared: readonly ManualDeclaration[];
  /** Declared orders that the broker's list shows, as `yyyymmdd/number`; their fills are in the books (INV-07). */
  readonly manual: ReadonlyMap<string, ManualOrder>;
  /** Times of today's cancels and amends that somebody asked for, oldest first. */
  readonly cancelsOfDay: readonly string[];
  /** For anomaly rule N07, since the start: real times of lost answers, and rejections in a row. */
  readonly lostAnswers: readonly number[];
  readonly rejections: readonly number[];
  readonly policy: DeskPolicy;
  readonly alerts: DeskAlerts;
  /** The last 100 incidents, oldest first. */
  readonly incidents: readonly { readonly code: string; readonly detail: string; readonly at: string }[];
}

/** What a person was told or is to be told. */
export interface DeskAlerts {
  /** How many there ever were; the next one has this number plus one. */
  readonly count: number;
  /** Oldest first: those that wait for a person, and the last others. */
  readonly all: readonly DeskAlert[];
}

export interface DeskAlert {
  readonly number: number;
  readonly id: string;
  /** A row of `link/alert-codes.ts`. */
  readonly code: string;
  readonly at: string;
  readonly times: number;
  readonly line: string | null;
  readonly acknowledged: { readonly by: string; readonly at: string } | null;
  readonly deliveries: readonly {
    readonly channel: string;
    readonly outcome: 'delivered' | 'failed';
    readonly detail: string;
    readonly at: string;
  }[];
}

export interface ManualDeclaration {
  readonly date: number;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  readonly brokerOrderId: BrokerOrderId | null;
}

export interface ManualOrder {
  readonly date: number;
  readonly brokerOrderId: BrokerOrderId;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  readonly filled: Quantity;
  readonly filledValue: Won;
}

export interface DayArchive {
  readonly date: number;
  readonly orders: ReadonlyMap<OrderId, DeskOrder>;
  readonly requestKeys: ReadonlyMap<string, OrderId>;
}

/** Cash, holdings and results of the running day: what the day opened with, and our fills since. */
export interface Books {
  readonly date: number;
  readonly equityAtOpen: Won;
  /** After settlement of all trades so far. */
  readonly cash: Won;
  readonly positions: ReadonlyMap<InstrumentId, Position>;
  /** Sale value less cost, fees and tax. Fees of buys are in `fees` only. */
  readonly realised: Won;
  readonly fees: Won;
  readonly tax: Won;
}

export interface DeskOrder {
  readonly orderId: OrderId;
  readonly request: JournaledRequest;
  readonly state: OrderState;
  /** yyyymmdd in Seoul of its creation: broker numbers are unique within a day. */
  readonly date: number;
  readonly createdAt: string;
  readonly checks: readonly CheckRow[];
  /** Shares and price as last amended; what was asked for first is in `request`. */
  readonly quantity: Quantity;
  readonly price: Won;
  readonly filled: Quantity;
  readonly filledValue: Won;
  /** Numbers the broker gave it, oldest first; the last one is live. */
  readonly legs: readonly Leg[];
  readonly sendingAt: string | null;
  /** Real time of the acknowledgement: an older list cannot show the order. */
  readonly ackedElapsedMs: number;
  /** Set while we do not know what the broker holds. */
  readonly doubt: Doubt | null;
  readonly cancel: Cancel | null;
  readonly amend: Amend | null;
  /** Open when trading was halted: cancelled as soon as the broker's number is known. */
  readonly mustCancel: boolean;
  readonly steps: readonly Step[];
}

export interface Leg {
  readonly brokerOrderId: BrokerOrderId;
  readonly forwardingOffice: string;
  readonly quantity: Quantity;
  readonly filled: Quantity;
  readonly filledValue: Won;
  /** Shares learned from an inquiry whose notices may still come. */
  readonly ahead: Quantity;
  /** Notices counted, to know a repeated one. */
  readonly noticeKeys: readonly string[];
  readonly lastNoticeElapsedMs: number;
}

/** Looking for an order, an amendment, or a row that should be in the broker's list. */
export interface Doubt {
  readonly about: 'placing' | 'amending' | 'row';
  readonly since: string;
  readonly sinceElapsedMs: number;
  /** Complete inquiries without a trace, in a row. */
  readonly inquiries: number;
  /** When the first of them was answered; null before it. */
  readonly firstAnsweredElapsedMs: number | null;
}

export interface Cancel {
  readonly phase: 'sending' | 'answered';
  readonly attempts: number;
  readonly answeredElapsedMs: number;
}

export interface Amend {
  readonly price: Won;
  readonly quantity: Quantity;
  readonly phase: 'sending' | 'unknown';
}

export interface Step {
  readonly kind: StepKind;
  readonly at: string;
  readonly quantity: number | null;
  readonly price: number | null;
  readonly detail: string;
}

export type StepKind =
  | 'intent'
  | 'approved'
  | 'denied'
  | 'sending'
  | 'acked'
  | 'filled'
  | 'rejected'
  | 'not-sent'
  | 'unknown'
  | 'inquiry'
  | 'found'
  | 'confirmed-absent'
  | 'escalated'
  | 'cancel-requested'
  | 'cancelled'
  | 'amend-requested'
  | 'amended'
  | 'expired';

/** What people decided, and which strategies are stopped. */
export interface DeskPolicy {
  readonly limits: LimitPolicy;
  readonly haltedStrategies: ReadonlyMap<
    string,
    { readonly since: string; readonly by: string; readonly reason: string }
  >;
  /** When a person let each strategy go on last: what was before counts no more. */
  readonly resumedStrategies: ReadonlyMap<string, string>;
  /** Refused orders of today that a person confirmed, and when. */
  readonly confirmed: ReadonlyMap<OrderId, string>;
  /** What a person granted, and what waits; two at the most. */
  readonly permits: readonly PermitGrant[];
  /** Stocks put on the list or taken off it, and when. */
  readonly universe: ReadonlyMap<InstrumentId, { readonly isListed: boolean; readonly since: string }>;
}

export const emptyPolicy: DeskPolicy = {
  limits: noPolicy,
  haltedStrategies: new Map(),
  resumedStrategies: new Map(),
  confirmed: new Map(),
  universe: new Map(),
  permits: [],
};

export const emptyDesk: DeskState = {
  sequence: 0,
  isResolved: false,
  date: 0,
  orders: new Map(),
  archive: [],
  requestKeys: new Map(),
  halted: null,
  books: null,
  foreign: new Set(),
  declared: [],
  manual: new Map(),
  cancelsOfDay: [],
  lostAnswers: [],
  rejections: [],
  incidents: [],
  policy: emptyPolicy,
  alerts: { count: 0, all: [] },
};

/** The number under which the broker has `order` now; null before it gave one. */
export function liveLeg(order: DeskOrder): Leg | null {
  return order.legs.at(-1) ?? null;
}

/** Null when neither today's list nor the archive has it. */
export function findOrder(state: DeskState, orderId: OrderId): DeskOrder | null {
  const today = state.orders.get(orderId);
  if (today !== undefined) return today;
  for (const day of state.archive) {
    const order = day.orders.get(orderId);
    if (order !== undefined) return order;
  }
  return null;
}

/** Requests repeat per requester: the same id from a strategy and from a person are two. */
export function requestKey(request: JournaledRequest): string {
  const { requester } = request;
  return `${requester.kind === 'strategy' ? `strategy:${requester.name}` : `person:${requester.via}`}/${request.requestId}`;
}
