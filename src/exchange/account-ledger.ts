import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

/** One execution with what it cost, to the won. */
export interface LedgerFill {
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: Quantity;
  readonly fee: Won;
  /** Transaction tax and rural special tax, sells only, by settlement date. */
  readonly tax: Won;
  readonly tradeDate: Temporal.PlainDate;
  readonly settlementDate: Temporal.PlainDate;
}

/** Cash that will move on a later day. */
export interface PendingSettlement {
  readonly date: Temporal.PlainDate;
  /** Positive comes in, negative goes out. */
  readonly amount: Won;
}

/** An account as a plain value: every operation returns the next one. */
export interface AccountLedger {
  /** Cash as of today's settlement (D). */
  readonly cash: Won;
  readonly pending: readonly PendingSettlement[];
  readonly positions: ReadonlyMap<InstrumentId, Position>;
  /** Fees paid for the shares still held, by instrument; each sale moves its part into `realised`. */
  readonly buyingFees: ReadonlyMap<InstrumentId, Won>;
  readonly feesPaid: Won;
  readonly taxPaid: Won;
  /** Sale value less cost, buying and selling fees and tax, of everything sold so far. */
  readonly realised: Won;
}
