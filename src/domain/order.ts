import type { Brand } from './brand.ts';
import type { InstrumentId } from './instrument.ts';
import type { Quantity } from './quantity.ts';
import type { Won } from './won.ts';

/** Ours, unique for ever, made before anything is sent. */
export type OrderId = Brand<string, 'OrderId'>;
/** Theirs (KIS `ODNO`), unique within a broker and a day. */
export type BrokerOrderId = Brand<string, 'BrokerOrderId'>;

export type OrderSide = 'buy' | 'sell';
export type OrderType = 'limit' | 'market';
export type TimeInForce = 'day' | 'ioc' | 'fok';

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
  /** Limit price; 0 for a market order. */
  readonly price: Won;
  /** One short sentence: why. Shown to the person, kept in the journal. */
  readonly reason: string;
}
