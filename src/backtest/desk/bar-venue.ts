import type { Bar } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import { fillableQuantity } from '#exchange/bar-matching.ts';
import { lotSize } from '#markets/lots.ts';
import type { DeskBars } from './desk-bars.ts';
import { fillPrice, isLocked, restingMeeting, type FillTerms, type Meeting } from './bar-fill.ts';
import { openShares, type DeskOrder } from './desk-order.ts';
import type { FillModel } from './fill-model.ts';
import { Interruptions } from './interruptions.ts';
import type { PaperAccount } from './paper-account.ts';
import type { BacktestTrade } from '../result.ts';

export type VenueFill =
  | { readonly kind: 'none' }
  | { readonly kind: 'rejected'; readonly code: string }
  /** Booked, and counted in the order. */
  | { readonly kind: 'traded'; readonly trade: BacktestTrade; readonly isAtOpen: boolean };

/** Where an order meets a bar. */
export interface VenueMoment {
  readonly instrument: Instrument;
  readonly bar: Bar;
  /** The price that woke the order; null for one that rested. */
  readonly met: number | null;
  /** yyyymmdd. */
  readonly date: number;
  readonly basePrice: Won | null;
}

const none: VenueFill = { kind: 'none' };

/** The market of a backtest: bars that orders meet, and the account that their fills are booked to. */
export class BarVenue {
  readonly #fills: FillModel;
  readonly #account: PaperAccount;
  /** Shares that the bar of now still gives, by instrument. */
  readonly #left = new Map<InstrumentId, number>();
  readonly #interruptions = new Interruptions();

  constructor(fills: FillModel, account: PaperAccount) {
    this.#fills = fills;
    this.#account = account;
  }

  /** Every moment of minute bars is shown: interruptions follow from what traded before. */
  see(bars: DeskBars, universe: ReadonlyMap<InstrumentId, Instrument>): void {
    if (!this.#fills.volatilityInterruptions) return;
    for (const id of bars.instruments) {
      const [instrument, bar] = [universe.get(id), bars.barOf(id)];
      if (instrument !== undefined && bar !== null) this.#interruptions.see(id, instrument.kind, bar);
    }
  }

  /** New bars. */
  begin(): void {
    this.#left.clear();
  }

  /** Trades what the bar gives the order. */
  fill(order: DeskOrder, moment: VenueMoment): VenueFill {
    const { instrument, bar, met, date, basePrice } = moment;
    const { side, price } = order.request;
    const terms: FillTerms = { instrument, side, price, date };
    const lot = this.lotOf(instrument, basePrice, date);
    if (order.request.quantity % lot !== 0) return { kind: 'rejected', code: 'lot-size' };
    const meeting = met === null ? restingMeeting(order.request, bar, order.only) : { price: met, isTaker: true };
    if (meeting === null || bar.volume === 0 || this.#isShut(terms, moment, meeting)) return none;
    const left = this.#left.get(instrument.id) ?? fillableQuantity(bar.volume, this.#fills.volumeShareBps, Infinity);
    const wanted = Math.min(openShares(order), left);
    const shares = wanted - (wanted % lot);
    if (shares === 0) return none;
    const { slippage } = this.#fills;
    const paid = fillPrice(terms, meeting, { bar, shareOfVolume: shares / bar.volume, slippage });
    if (paid === null) return none;
    const refusal = this.#refusal(order, instrument, { price: paid, shares });
    if (refusal !== null) return { kind: 'rejected', code: refusal };
    this.#left.set(instrument.id, left - shares);
    return this.#trade(order, moment, { price: paid, shares, meeting });
  }

  #isShut(terms: FillTerms, { bar, basePrice }: VenueMoment, { price }: Meeting): boolean {
    if (this.#fills.limitLock && isLocked(terms, bar, basePrice)) return true;
    return this.#fills.volatilityInterruptions && this.#interruptions.isStopped(terms.instrument.id, price);
  }

  /** Shares that an order must be a multiple of; 1 when the fills take single shares or the base price is not known. */
  lotOf(instrument: Instrument, basePrice: Won | null, date: number): number {
    return this.#fills.lots === 'single' || basePrice === null ? 1 : lotSize(instrument, basePrice, date);
  }

  /** The guard set cash aside at the limit price; only its margin for fees can be too small. A broker refuses then. */
  #refusal(
    { request }: DeskOrder,
    instrument: Instrument,
    { price, shares }: { readonly price: Won; readonly shares: number },
  ): string | null {
    const account = this.#account;
    if (request.side === 'buy') {
      return account.buyingCost(instrument, price, shares) > account.orderableCash ? 'cash' : null;
    }
    return shares > (account.ledger.positions.get(instrument.id)?.quantity ?? 0) ? 'holding' : null;
  }

  #trade(
    order: DeskOrder,
    { instrument, bar }: VenueMoment,
    { price, shares, meeting }: { readonly price: Won; readonly shares: number; readonly meeting: Meeting },
  ): VenueFill {
    const { side, reason } = order.request;
    const { date } = bar;
    const { fee, tax, profit } = this.#account.book({ instrument, side, price, quantity: quantity(shares), date });
    order.filled = quantity(order.filled + shares);
    const { symbol } = instrument;
    const trade = { symbol, side, date, price, quantity: shares, fee, tax, reason, profit };
    const slippage = Math.round(Math.abs(price - meeting.price) * shares);
    return {
      kind: 'traded',
      trade: this.#fills.slippage.kind === 'none' ? trade : { ...trade, slippage },
      isAtOpen: meeting.price === bar.open,
    };
  }
}
