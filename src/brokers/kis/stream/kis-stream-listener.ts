import type { InstrumentId } from '#domain/instrument.ts';
import type { FeedVenue } from '#domain/market-data.ts';
import type { BrokerOrderId, OrderSide } from '#domain/order.ts';
import type { UsInstrumentId } from '#domain/overseas-order.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { UsdTick } from '#domain/usd.ts';
import type { Won } from '#domain/won.ts';

import type { BrokerStream, StreamListener, WatchReport } from '../../broker.ts';
import type { OperationKind } from './market-operation-codes.ts';

/** What an auction would print if it ended now. */
export interface ExpectedTrade {
  readonly instrument: InstrumentId;
  readonly venue: FeedVenue;
  readonly at: Temporal.Instant;
  /** Null while no orders meet. */
  readonly price: Won | null;
  readonly quantity: Quantity;
}

/** A phase, a halt or an interruption, as the exchange announces it. The frame carries no time. */
export interface MarketOperation {
  readonly instrument: InstrumentId;
  readonly venue: FeedVenue;
  readonly phase: OperationKind;
  readonly expectedPhase: OperationKind;
  /** KIS's own codes of both; they tell what `unknown` was. */
  readonly code: string;
  readonly expectedCode: string;
  readonly isHalted: boolean;
  /** Empty when none is given. */
  readonly haltReason: string;
  /** In a volatility interruption (VI), in the regular session or after it. */
  readonly isInterrupted: boolean;
}

/** A stock index, in whole hundredths of a point. */
export interface IndexValue {
  /** Four digits, `0001` for the KOSPI, `1001` for the KOSDAQ. */
  readonly code: string;
  readonly at: Temporal.Instant;
  readonly value: number;
  /** Since the close before; negative when it fell. */
  readonly change: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly risers: number;
  readonly unchanged: number;
  readonly fallers: number;
}

export interface OverseasTick {
  readonly instrument: UsInstrumentId;
  readonly at: Temporal.Instant;
  /** Whole 1/10,000 dollar. */
  readonly price: UsdTick;
  readonly quantity: Quantity;
  readonly volumeOfDay: number;
}

export interface OverseasBookLevel {
  readonly price: UsdTick;
  readonly quantity: Quantity;
}

/** Best first; one level a side where the account has no more. */
export interface OverseasBook {
  readonly instrument: UsInstrumentId;
  readonly at: Temporal.Instant;
  readonly asks: readonly OverseasBookLevel[];
  readonly bids: readonly OverseasBookLevel[];
}

/** What happened to an order for US stocks of this account. */
export interface OverseasNotice {
  readonly kind: 'accepted' | 'cancelled' | 'amended' | 'rejected' | 'expired' | 'filled';
  readonly brokerOrderId: BrokerOrderId;
  readonly originalId: BrokerOrderId | null;
  readonly instrument: UsInstrumentId;
  readonly side: OrderSide;
  readonly price: UsdTick;
  readonly quantity: Quantity;
  readonly at: Temporal.Instant;
}

/** A feed beside the trades and books that `watch` registers by itself. */
export type KisFeedWant =
  | {
      readonly feed: 'trade' | 'order-book' | 'expected-trade' | 'market-operation';
      readonly venue: FeedVenue;
      readonly instrument: InstrumentId;
    }
  | { readonly feed: 'index'; readonly code: string }
  | { readonly feed: 'overseas-trade' | 'overseas-book'; readonly instrument: UsInstrumentId };

/** Who listens to more than every broker has. With `onOverseasNotice` the notices of US orders are registered, too. */
export interface KisStreamListener extends StreamListener {
  onExpected?(expected: ExpectedTrade): void;
  onMarketOperation?(operation: MarketOperation): void;
  onIndex?(value: IndexValue): void;
  onOverseasTick?(tick: OverseasTick): void;
  onOverseasBook?(book: OverseasBook): void;
  onOverseasNotice?(notice: OverseasNotice): void;
}

export interface KisWatchReport extends WatchReport {
  /** Wants that found no room, or that this environment does not offer. */
  readonly leftOut: readonly KisFeedWant[];
}

export interface KisBrokerStream extends BrokerStream {
  /** As every broker's; `more` stands behind all trades and before all books. Both lists are the whole set wanted. */
  watch(instruments: readonly InstrumentId[], more?: readonly KisFeedWant[]): KisWatchReport;
}
