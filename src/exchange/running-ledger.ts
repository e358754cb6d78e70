import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { quantity as shares, type Quantity } from '#domain/quantity.ts';
import { addWon, orderValue, partOfWon, subtractWon, won, type Won } from '#domain/won.ts';
import { settlementDay } from '#markets/calendar.ts';
import { commission, sellTaxSettling } from '#markets/costs.ts';

/** An execution as `LedgerTrade` has it, its day as yyyymmdd. */
export interface RunningTrade {
  readonly instrument: Instrument;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: Quantity;
  readonly tradeDay: number;
  readonly commissionPpb: number;
}

/** What an execution cost, and what it earned: proceeds less costs for a sell, 0 for a buy. */
export interface RunningFill {
  readonly fee: Won;
  readonly tax: Won;
  readonly profit: Won;
}

/**
 * The account of `ledger.ts` as one value that changes: the same rules, roundings and refusals, without a copy of its maps
 * at every execution, for backtests that book thousands. A test holds both equal over random lives of an account.
 *
 * What is refused changes nothing, and orderable cash past the exact range is refused where the pure ledger would say so
 * when asked for it. `positions` is alive: it says what is held at the moment it is read.
 */
export class RunningLedger {
  readonly #positions = new Map<InstrumentId, Position>();
  readonly #buyingFees = new Map<InstrumentId, Won>();
  /** Oldest booking first; one a day. */
  #pending: { readonly day: number; amount: Won }[] = [];
  #cash: Won;
  #orderable: Won;
  #feesPaid = won(0);
  #taxPaid = won(0);
  #realised = won(0);
  /** Of `#pending`; Infinity when nothing is due. */
  #settlesOn = Infinity;

  constructor(cash: Won) {
    this.#cash = cash;
    this.#orderable = cash;
  }

  /** As of today's settlement. */
  get cash(): Won {
    return this.#cash;
  }

  /** Settled cash and everything that is still to settle. */
  get orderableCash(): Won {
    return this.#orderable;
  }

  get positions(): ReadonlyMap<InstrumentId, Position> {
    return this.#positions;
  }

  get pending(): readonly { readonly day: number; readonly amount: Won }[] {
    return this.#pending;
  }

  get buyingFees(): ReadonlyMap<InstrumentId, Won> {
    return this.#buyingFees;
  }

  get feesPaid(): Won {
    return this.#feesPaid;
  }

  get taxPaid(): Won {
    return this.#taxPaid;
  }

  get realised(): Won {
    return this.#realised;
  }

  /** Books one execution. @throws {RangeError} as `settleFill` does */
  settle(trade: RunningTrade): RunningFill {
    if (trade.quantity === 0) throw new RangeError(`Cannot book an execution of 0 shares of ${trade.instrument.id}`);
    const value = orderValue(trade.price, trade.quantity);
    const settlesOn = settlementDay(trade.tradeDay);
    const fee = commission(value, trade.commissionPpb);
    return trade.side === 'buy' ? this.#buy(trade, value, fee, settlesOn) : this.#sell(trade, value, fee, settlesOn);
  }

  /** Moves everything due on or before `day`, yyyymmdd, into cash. */
  rollTo(day: number): void {
    if (day < this.#settlesOn) return;
    const due = this.#pending.filter((settlement) => settlement.day <= day);
    this.#cash = addWon(this.#cash, ...due.map((settlement) => settlement.amount));
    this.#pending = this.#pending.filter((settlement) => settlement.day > day);
    this.#settlesOn = this.#pending.reduce((first, settlement) => Math.min(first, settlement.day), Infinity);
  }

  /** Cash that comes in at once without a trade. */
  receive(amount: Won): void {
    this.#orderable = addWon(this.#orderable, amount);
    this.#cash = addWon(this.#cash, amount);
  }

  /** Turns each `from` shares of an instrument into `to`, as `splitShares` does. */
  split(split: {
    readonly instrument: InstrumentId;
    readonly from: number;
    readonly to: number;
    readonly price: number;
  }): void {
    const { instrument, from, to, price } = split;
    const held = this.#positions.get(instrument);
    if (held === undefined) return;
    const exact = held.quantity * to;
    const rest = exact % from;
    const whole = (exact - rest) / from;
    const left = whole === 0 ? null : { ...held, quantity: shares(whole) };
    this.receive(won(Math.floor((rest * price) / from)));
    this.#hold(left, instrument, this.#feesHeld(instrument));
  }

  #buy({ instrument: { id }, quantity }: RunningTrade, value: Won, fee: Won, settlesOn: number): RunningFill {
    const held = this.#positions.get(id);
    const position = {
      instrument: id,
      quantity: shares((held?.quantity ?? 0) + quantity),
      cost: addWon(held?.cost ?? won(0), value),
    };
    const buyingFees = addWon(this.#feesHeld(id), fee);
    const feesPaid = addWon(this.#feesPaid, fee);
    this.#await(settlesOn, subtractWon(won(0), addWon(value, fee)));
    this.#hold(position, id, buyingFees);
    this.#feesPaid = feesPaid;
    return { fee, tax: won(0), profit: won(0) };
  }

  #sell({ instrument, quantity, tradeDay }: RunningTrade, value: Won, fee: Won, settlesOn: number): RunningFill {
    const { id } = instrument;
    const { transactionTax, ruralTax } = sellTaxSettling(instrument, value, { tradedOn: tradeDay, settlesOn });
    const tax = addWon(transactionTax, ruralTax);
    const held = this.#positions.get(id);
    if (held === undefined || held.quantity < quantity) {
      throw new RangeError(`Cannot sell ${quantity} of ${id}: ${held?.quantity ?? 0} held`);
    }
    const proceeds = subtractWon(value, addWon(fee, tax));
    const soldCost = partOfWon(held.cost, quantity, held.quantity);
    const fees = this.#feesHeld(id);
    const soldFees = partOfWon(fees, quantity, held.quantity);
    const profit = subtractWon(proceeds, addWon(soldCost, soldFees));
    const left = shares(held.quantity - quantity);
    const [feesPaid, taxPaid] = [addWon(this.#feesPaid, fee), addWon(this.#taxPaid, tax)];
    const realised = addWon(this.#realised, profit);
    this.#await(settlesOn, proceeds);
    const position = { instrument: id, quantity: left, cost: subtractWon(held.cost, soldCost) };
    this.#hold(left === 0 ? null : position, id, subtractWon(fees, soldFees));
    this.#feesPaid = feesPaid;
    this.#taxPaid = taxPaid;
    this.#realised = realised;
    return { fee, tax, profit };
  }

  #feesHeld(instrument: InstrumentId): Won {
    return this.#buyingFees.get(instrument) ?? won(0);
  }

  #hold(position: Position | null, instrument: InstrumentId, buyingFees: Won): void {
    if (position === null) {
      this.#positions.delete(instrument);
      this.#buyingFees.delete(instrument);
      return;
    }
    this.#positions.set(instrument, position);
    this.#buyingFees.set(instrument, buyingFees);
  }

  #await(day: number, amount: Won): void {
    const orderable = addWon(this.#orderable, amount);
    const same = this.#pending.find((settlement) => settlement.day === day);
    if (same === undefined) this.#pending.push({ day, amount });
    else same.amount = addWon(same.amount, amount);
    this.#orderable = orderable;
    this.#settlesOn = Math.min(this.#settlesOn, day);
  }
}
