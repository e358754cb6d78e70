import type { BrokerOrder, Inquiry, OrderNotice, PlaceResult, WorkingOrder } from '#brokers/broker.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderRequest, OrderSide } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { Position } from '#domain/position.ts';
import type { ConductLimits } from './conduct.ts';
import type { DeskRecord } from './records.ts';
import type { Approved } from '#guard/approved.ts';
import type { Verdict } from '#guard/verdict.ts';

/** When something happened: the market's clock, and real milliseconds since the gateway's start. */
export interface Moment {
  readonly at: string;
  readonly elapsedMs: number;
}

/** Everything that can happen to the desk. */
export type DeskEvent =
  | { readonly kind: 'started'; readonly build: string; readonly environment: string }
  | {
      readonly kind: 'submit';
      readonly orderId: OrderId;
      readonly request: OrderRequest;
      /** Asked only when the request is new, with the state as it is then. */
      readonly verdict: () => Verdict;
    }
  | { readonly kind: 'placed'; readonly orderId: OrderId; readonly result: PlaceResult }
  | { readonly kind: 'cancel'; readonly orderId: OrderId; readonly by: string }
  | { readonly kind: 'cancel-answered'; readonly orderId: OrderId; readonly result: PlaceResult }
  | {
      readonly kind: 'amend';
      readonly orderId: OrderId;
      readonly price: Won;
      readonly quantity: Quantity;
      readonly verdict: () => Verdict;
    }
  | {
      readonly kind: 'amend-answered';
      readonly orderId: OrderId;
      readonly price: Won;
      readonly quantity: Quantity;
      readonly result: PlaceResult;
    }
  | { readonly kind: 'notice'; readonly notice: OrderNotice }
  | {
      readonly kind: 'inquired';
      /** Trading day asked for, yyyymmdd. */
      readonly date: number;
      readonly inquiry: Inquiry<BrokerOrder>;
      readonly sentElapsedMs: number;
      /** No order of that day can fill any more. */
      readonly isDayOver: boolean;
      /** Every day with open orders, and today, has had a complete inquiry since the start. */
      readonly isWhole: boolean;
    }
  | {
      readonly kind: 'books';
      readonly date: number;
      readonly cash: Won;
      readonly equity: Won;
      readonly positions: readonly Position[];
      /** Empty to open a day; why the books are taken over in the middle of one. */
      readonly reason: string;
    }
  | {
      readonly kind: 'declare-manual';
      /** Trading day, yyyymmdd. */
      readonly date: number;
      readonly instrument: InstrumentId;
      readonly side: OrderSide;
      readonly quantity: Quantity;
      /** Null when the person does not know the broker's number: the next such order of the day is meant. */
      readonly brokerOrderId: BrokerOrderId | null;
      readonly by: string;
    }
  | { readonly kind: 'find'; readonly orderId: OrderId }
  | {
      readonly kind: 'settle';
      readonly orderId: OrderId;
      /** Null when the person says that the broker has none. */
      readonly brokerOrderId: BrokerOrderId | null;
      /** A complete list of the order's day, asked for after the person spoke. */
      readonly rows: readonly BrokerOrder[];
      readonly by: string;
    }
  /** A person decided something; the record says all. */
  | { readonly kind: 'policy'; readonly record: DeskRecord }
  | { readonly kind: 'halt-strategy'; readonly strategy: string; readonly by: string; readonly reason: string }
  | { readonly kind: 'halt'; readonly by: string; readonly reason: string }
  | { readonly kind: 'resume'; readonly by: string }
  | { readonly kind: 'incident'; readonly code: string; readonly detail: string }
  /** What is told to a person and what became of it; the record says all. Null when it is known already. */
  | { readonly kind: 'alert'; readonly record: DeskRecord | null }
  | { readonly kind: 'login'; readonly outcome: string; readonly method: string }
  | { readonly kind: 'vault-seen'; readonly id: string; readonly generation: number };

/** What must be done once the records are durable. Data: the gateway carries it out, exactly once. */
export type Effect =
  | { readonly kind: 'place'; readonly orderId: OrderId; readonly order: Approved }
  | { readonly kind: 'cancel'; readonly orderId: OrderId; readonly order: WorkingOrder }
  | {
      readonly kind: 'amend';
      readonly orderId: OrderId;
      readonly order: WorkingOrder;
      readonly change: Approved;
    }
  /** Ask the broker for its list of orders as soon as the rate budget allows. */
  | { readonly kind: 'inquire' };

export interface DeskSettings {
  /** Real milliseconds over which an order must stay invisible to be called absent (INV-06). */
  readonly quietWindowMs: number;
  /** Conduct that halts a strategy; the starter's when not said. */
  readonly conduct?: ConductLimits;
  /** Market seconds per real second; windows given in real seconds are stretched by it. */
  readonly speed: number;
}
