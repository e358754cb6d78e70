import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity as shares, type Quantity } from '#domain/quantity.ts';
import { addWon, orderValue, partOfWon, subtractWon, won, type Won } from '#domain/won.ts';
import { settlementDate } from '#markets/calendar.ts';
import { commission, sellTax } from '#markets/costs.ts';
import type { AccountLedger, LedgerFill, PendingSettlement } from './account-ledger.ts';

/** An execution as the venue tells it, before fee, tax and settlement are known. */
export interface LedgerTrade {
  readonly instrument: Instrument;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: Quantity;
  readonly tradeDate: Temporal.PlainDate;
  /** The broker's fee in parts per billion of the trade's value. */
  readonly commissionPpb: number;
}

export interface SettledFill {
  readonly ledger: AccountLedger;
  readonly fill: LedgerFill;
}

/** A new account that holds `cash` and nothing else. */
export function openLedger(cash: Won): AccountLedger {
  return {
    cash,
    pending: [],
    positions: new Map(),
    buyingFees: new Map(),
    feesPaid: won(0),
    taxPaid: won(0),
    realised: won(0),
  };
}

/**
 * Cash that a new buy may use: settled cash and everything that is still to settle. What comes in may be used before it
 * arrives, as brokers allow within an account; what goes out is spoken for already.
 */
export function orderableCash(ledger: AccountLedger): Won {
  return addWon(ledger.cash, ...ledger.pending.map((settlement) => settlement.amount));
}

/**
 * Books one execution: shares at once, cash as pending until the trade settles.
 *
 * A buy adds price × quantity to the position's cost and its fee to the fees of the shares held. A sale takes cost and
 * held fees out in proportion to the shares sold, each cut off to whole won, and the last shares take what is left.
 * `realised` grows by the proceeds after fee and tax, less that cost, less those buying fees; a buy leaves it alone.
 *
 * @throws {RangeError} selling more than is held, a quantity of 0, amounts past 2^53, a trade or settlement day outside
 * the calendar
 */
export function settleFill(ledger: AccountLedger, trade: LedgerTrade): SettledFill {
  if (trade.quantity === 0) throw new RangeError(`Cannot book an execution of 0 shares of ${trade.instrument.id}`);
  const fill = priced(trade);
  return { fill, ledger: fill.side === 'buy' ? afterBuy(ledger, fill) : afterSale(ledger, fill) };
}

/** Moves everything due on or before `date` into cash. */
export function rollTo(ledger: AccountLedger, date: Temporal.PlainDate): AccountLedger {
  const isDue = (settlement: PendingSettlement) => Temporal.PlainDate.compare(settlement.date, date) <= 0;
  const due = ledger.pending.filter((settlement) => isDue(settlement));
  if (due.length === 0) return ledger;
  return {
    ...ledger,
    cash: addWon(ledger.cash, ...due.map((settlement) => settlement.amount)),
    pending: ledger.pending.filter((settlement) => !isDue(settlement)),
  };
}

/** Cash that comes in at once without a trade, such as a dividend after tax. */
export function withCash(ledger: AccountLedger, amount: Won): AccountLedger {
  return { ...ledger, cash: addWon(ledger.cash, amount) };
}

/**
 * Turns each `from` shares of an instrument into `to`. What they cost stays; a fraction of a share is cut off and paid in
 * cash at `price`, the price of a new share, cut off to whole won: its part of the cost stays with the shares.
 */
export function splitShares(
  ledger: AccountLedger,
  split: { readonly instrument: InstrumentId; readonly from: number; readonly to: number; readonly price: number },
): AccountLedger {
  const held = ledger.positions.get(split.instrument);
  if (held === undefined) return ledger;
  const exact = held.quantity * split.to;
  const whole = (exact - (exact % split.from)) / split.from;
  const fraction = Math.floor(((exact % split.from) * split.price) / split.from);
  const left = whole === 0 ? null : { ...held, quantity: shares(whole) };
  return {
    ...ledger,
    cash: addWon(ledger.cash, won(fraction)),
    positions: replaced(ledger.positions, split.instrument, left),
    buyingFees: left === null ? replaced(ledger.buyingFees, split.instrument, null) : ledger.buyingFees,
  };
}

function priced(trade: LedgerTrade): LedgerFill {
  const { instrument, side, price, quantity, tradeDate } = trade;
  const value = orderValue(price, quantity);
  const tax = side === 'sell' ? sellTax(instrument, value, tradeDate) : null;
  return {
    instrument: instrument.id,
    side,
    price,
    quantity,
    fee: commission(value, trade.commissionPpb),
    tax: tax === null ? won(0) : addWon(tax.transactionTax, tax.ruralTax),
    tradeDate,
    settlementDate: settlementDate(tradeDate),
  };
}

function afterBuy(ledger: AccountLedger, fill: LedgerFill): AccountLedger {
  const value = orderValue(fill.price, fill.quantity);
  const held = ledger.positions.get(fill.instrument);
  return {
    ...ledger,
    pending: withPending(ledger.pending, {
      date: fill.settlementDate,
      amount: subtractWon(won(0), addWon(value, fill.fee)),
    }),
    positions: new Map(ledger.positions).set(fill.instrument, {
      instrument: fill.instrument,
      quantity: shares((held?.quantity ?? 0) + fill.quantity),
      cost: addWon(held?.cost ?? won(0), value),
    }),
    buyingFees: new Map(ledger.buyingFees).set(fill.instrument, addWon(feesHeld(ledger, fill), fill.fee)),
    feesPaid: addWon(ledger.feesPaid, fill.fee),
  };
}

function afterSale(ledger: AccountLedger, fill: LedgerFill): AccountLedger {
  const held = ledger.positions.get(fill.instrument);
  if (held === undefined || held.quantity < fill.quantity) {
    throw new RangeError(`Cannot sell ${fill.quantity} of ${fill.instrument}: ${held?.quantity ?? 0} held`);
  }
  const proceeds = subtractWon(orderValue(fill.price, fill.quantity), addWon(fill.fee, fill.tax));
  const soldCost = partOfWon(held.cost, fill.quantity, held.quantity);
  const soldFees = partOfWon(feesHeld(ledger, fill), fill.quantity, held.quantity);
  const left = { ...held, quantity: shares(held.quantity - fill.quantity), cost: subtractWon(held.cost, soldCost) };
  return {
    ...ledger,
    pending: withPending(ledger.pending, { date: fill.settlementDate, amount: proceeds }),
    positions: replaced(ledger.positions, fill.instrument, left.quantity === 0 ? null : left),
    buyingFees: replaced(
      ledger.buyingFees,
      fill.instrument,
      left.quantity === 0 ? null : subtractWon(feesHeld(ledger, fill), soldFees),
    ),
    feesPaid: addWon(ledger.feesPaid, fill.fee),
    taxPaid: addWon(ledger.taxPaid, fill.tax),
    realised: addWon(ledger.realised, subtractWon(proceeds, addWon(soldCost, soldFees))),
  };
}

function feesHeld(ledger: AccountLedger, fill: LedgerFill): Won {
  return ledger.buyingFees.get(fill.instrument) ?? won(0);
}

function replaced<Value>(
  map: ReadonlyMap<InstrumentId, Value>,
  key: InstrumentId,
  value: Value | null,
): ReadonlyMap<InstrumentId, Value> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}

function withPending(pending: readonly PendingSettlement[], added: PendingSettlement): readonly PendingSettlement[] {
  const same = pending.find((settlement) => settlement.date.equals(added.date));
  if (same === undefined) return [...pending, added];
  return pending.map((settlement) =>
    settlement === same ? { date: same.date, amount: addWon(same.amount, added.amount) } : settlement,
  );
}
