import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { addWon, orderValue, won, type Won } from '#domain/won.ts';
import { RunningLedger, type RunningFill } from '#exchange/running-ledger.ts';
import { commission, commissionPpbOf } from '#markets/costs.ts';

export interface AccountTrade {
  readonly instrument: Instrument;
  readonly side: OrderSide;
  readonly price: Won;
  readonly quantity: Quantity;
  /** yyyymmdd. */
  readonly date: number;
}

/** The account of a backtest: the exchange's ledger and the last price of each instrument. */
export class PaperAccount {
  readonly #commissionPpb: number | undefined;
  /** Where each instrument's prices stand in the columns. */
  readonly #slots = new Map<InstrumentId, number>();
  /** NaN until there is one. */
  readonly #lastPrices: number[] = [];
  /** Last prices of the regular session of the day before. */
  #basePrices: readonly number[] = [];
  /** Those of today once it is over; null until then. */
  #closePrices: readonly number[] | null = null;
  readonly #ledger: RunningLedger;
  /** What is held, beside where its price stands: asked for each day, changed by few. Null when it must be read anew. */
  #held: readonly { readonly slot: number; readonly shares: number }[] | null = null;

  constructor(cash: Won, commissionPpb: number | undefined) {
    this.#ledger = new RunningLedger(cash);
    this.#commissionPpb = commissionPpb;
  }

  get ledger(): Pick<RunningLedger, 'positions' | 'feesPaid' | 'taxPaid'> {
    return this.#ledger;
  }

  /** What a new buy may use, sales that have not settled included. */
  get orderableCash(): Won {
    return this.#ledger.orderableCash;
  }

  /** Orderable cash plus holdings at their last price. */
  get equity(): Won {
    this.#held ??= this.#holdings();
    let value: number = this.#ledger.orderableCash;
    for (const { slot, shares } of this.#held) value += shares * (this.#lastPrices[slot] ?? NaN);
    return won(value);
  }

  /** A number to mark prices by, which spares a look-up for each bar. */
  slotOf(instrument: InstrumentId): number {
    const known = this.#slots.get(instrument);
    if (known !== undefined) return known;
    const slot = this.#slots.size;
    this.#slots.set(instrument, slot);
    this.#lastPrices.push(NaN);
    return slot;
  }

  lastPrice(instrument: InstrumentId): Won | null {
    return priceAt(this.#lastPrices, this.#slots.get(instrument));
  }

  /** The last price of the day before; null when there was none. */
  basePrice(instrument: InstrumentId): Won | null {
    return priceAt(this.#basePrices, this.#slots.get(instrument));
  }

  markPrice(instrument: InstrumentId, price: Won): void {
    this.#lastPrices[this.slotOf(instrument)] = price;
  }

  /** `markPrice` by the number of `slotOf`. */
  mark(slot: number, price: Won): void {
    this.#lastPrices[slot] = price;
  }

  /** Moves what settles on or before `date`, yyyymmdd, into cash; called at the start of each day. */
  startDay(date: number): void {
    this.#ledger.rollTo(date);
  }

  /** The regular session is over: what trades later today is no base price of tomorrow. Only the first call of a day counts. */
  keepClosePrices(): void {
    this.#closePrices ??= [...this.#lastPrices];
  }

  /** What the regular session closed at is the base price from now on; called at the start of each day of minute bars. */
  keepBasePrices(): void {
    this.keepClosePrices();
    this.#basePrices = this.#closePrices ?? [];
    this.#closePrices = null;
  }

  /** Value and fee of a buy, together. */
  buyingCost(instrument: Instrument, price: Won, shares: number): Won {
    const value = orderValue(price, shares);
    return addWon(value, commission(value, this.#commissionOf(instrument)));
  }

  /**
   * Books an execution.
   *
   * @returns what it cost and, for a sell, what it earned: proceeds after fee and tax, less the cost of the shares and
   *   their part of the buying fees; 0 for a buy
   */
  book({ instrument, side, price, quantity, date }: AccountTrade): RunningFill {
    const commissionPpb = this.#commissionOf(instrument);
    this.#held = null;
    return this.#ledger.settle({ instrument, side, price, quantity, tradeDay: date, commissionPpb });
  }

  /** Cash that comes in without a trade. */
  receive(amount: Won): void {
    this.#ledger.receive(amount);
  }

  /** Each `from` shares held become `to`, and the last price with them. */
  split(instrument: InstrumentId, { from, to }: { readonly from: number; readonly to: number }): void {
    const last = this.lastPrice(instrument);
    const price = last === null ? 0 : Math.max(1, Math.round((last * from) / to));
    this.#held = null;
    this.#ledger.split({ instrument, from, to, price });
    if (last !== null) this.markPrice(instrument, won(price));
  }

  #holdings(): readonly { readonly slot: number; readonly shares: number }[] {
    const held: { readonly slot: number; readonly shares: number }[] = [];
    for (const { instrument, quantity } of this.#ledger.positions.values()) {
      held.push({ slot: this.slotOf(instrument), shares: quantity });
    }
    return held;
  }

  #commissionOf(instrument: Instrument): number {
    return this.#commissionPpb ?? commissionPpbOf(instrument.kind);
  }
}

function priceAt(prices: readonly number[], slot: number | undefined): Won | null {
  const price = slot === undefined ? undefined : prices[slot];
  return price === undefined || Number.isNaN(price) ? null : won(price);
}
