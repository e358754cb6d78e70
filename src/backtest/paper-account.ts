import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Quantity } from '#domain/quantity.ts';
import { plainDate } from '#domain/trading-date.ts';
import { addWon, orderValue, subtractWon, won, type Won } from '#domain/won.ts';
import type { AccountLedger, LedgerFill } from '#exchange/account-ledger.ts';
import { openLedger, orderableCash, rollTo, settleFill } from '#exchange/ledger.ts';
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
  readonly #lastPrices = new Map<InstrumentId, Won>();
  #ledger: AccountLedger;
  #cash: Won;

  constructor(cash: Won, commissionPpb: number | undefined) {
    this.#ledger = openLedger(cash);
    this.#cash = cash;
    this.#commissionPpb = commissionPpb;
  }

  get ledger(): AccountLedger {
    return this.#ledger;
  }

  /** What a new buy may use, sales that have not settled included. */
  get orderableCash(): Won {
    return this.#cash;
  }

  /** Orderable cash plus holdings at their last price. */
  get equity(): Won {
    let value: number = this.#cash;
    for (const position of this.#ledger.positions.values()) {
      value += position.quantity * (this.#lastPrices.get(position.instrument) ?? NaN);
    }
    return won(value);
  }

  lastPrice(instrument: InstrumentId): Won | null {
    return this.#lastPrices.get(instrument) ?? null;
  }

  markPrice(instrument: InstrumentId, price: Won): void {
    this.#lastPrices.set(instrument, price);
  }

  /** Moves what settles on or before `date`, yyyymmdd, into cash; called at the start of each day. */
  startDay(date: number): void {
    if (this.#ledger.pending.length > 0) this.#ledger = rollTo(this.#ledger, plainDate(date));
  }

  /** Value and fee of a buy, together. */
  buyingCost(instrument: Instrument, price: Won, shares: number): Won {
    const value = orderValue(price, shares);
    return addWon(value, commission(value, this.#commissionOf(instrument)));
  }

  /**
   * Books an execution.
   *
   * @returns the ledger's fill and, for a sell, what it earned: proceeds after fee and tax, less the cost of the shares and
   *   their part of the buying fees; 0 for a buy
   */
  book(trade: AccountTrade): { readonly fill: LedgerFill; readonly profit: Won } {
    const { ledger, fill } = settleFill(this.#ledger, {
      ...trade,
      tradeDate: plainDate(trade.date),
      commissionPpb: this.#commissionOf(trade.instrument),
    });
    const profit = subtractWon(ledger.realised, this.#ledger.realised);
    this.#ledger = ledger;
    this.#cash = orderableCash(ledger);
    return { fill, profit };
  }

  #commissionOf(instrument: Instrument): number {
    return this.#commissionPpb ?? commissionPpbOf(instrument.kind);
  }
}
