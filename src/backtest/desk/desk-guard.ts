import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';
import { denialsOf } from '#guard/decide.ts';
import type { Denial } from '#guard/denial.ts';
import type { Limits } from '#guard/limits.ts';
import { settledLimits } from '#guard/settled-limits.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import type { DeskOrder } from './desk-order.ts';
import { guardView } from './guard-view.ts';
import { marketablePrice } from './marketable-price.ts';
import type { NextSession } from './next-session.ts';
import type { PaperAccount } from './paper-account.ts';

/** A market order's limit lies so far through the last price, or at the guard's collar where that is closer. */
const marketDistanceBps = 200;

/** What the guard is told of the day besides the account. */
export interface AskingDay {
  /** The price that woke the order, which is then the market's last; null for one that is asked for at once. */
  readonly touched: Won | null;
  readonly session: NextSession | null;
  /** Whose ticks and price limits hold, yyyymmdd. */
  readonly date: number;
  /** Passed today, in the order of asking. */
  readonly ordersOfDay: readonly DeskOrder[];
  /** Epoch milliseconds. */
  readonly cancelsOfDay: readonly number[];
  readonly profitOfDay: Won;
}

/** Prices the orders of a backtest and shows them to the same guard that stands before every real one. */
export class DeskGuard {
  readonly #limits: Limits;
  readonly #account: PaperAccount;
  readonly #universe: ReadonlyMap<InstrumentId, Instrument>;
  readonly #basePrice: (instrument: InstrumentId) => Won | null;

  constructor(options: {
    readonly limits: Limits;
    readonly account: PaperAccount;
    readonly universe: ReadonlyMap<InstrumentId, Instrument>;
    readonly basePrice: (instrument: InstrumentId) => Won | null;
  }) {
    this.#limits = settledLimits(options.limits);
    this.#account = options.account;
    this.#universe = options.universe;
    this.#basePrice = options.basePrice;
  }

  /** Gives the order the price that it is sent with; returns why it may not be, empty when it may. */
  ask(order: DeskOrder, draft: OrderDraft, day: AskingDay): readonly Denial[] {
    const { instrument, quantity } = draft;
    const price = this.#priceOf(draft, day);
    const isAsAsked = price === order.request.price && quantity === order.request.quantity;
    if (!isAsAsked) order.request = { ...order.request, price, quantity };
    const { touched, session, ordersOfDay, cancelsOfDay, profitOfDay } = day;
    return denialsOf(
      order.request,
      guardView({
        nowMs: order.atMs,
        limits: this.#limits,
        universe: this.#universe,
        account: this.#account,
        session,
        ordersOfDay,
        cancelsOfDay,
        profitOfDay,
        basePrice: this.#basePrice,
        touched: touched === null ? null : { instrument, price: touched },
      }),
    );
  }

  #priceOf(draft: OrderDraft, { touched, date }: AskingDay): Won {
    if (draft.pricing === undefined || draft.pricing === 'limit') return draft.price;
    return this.#marketPrice(draft, touched ?? this.#account.lastPrice(draft.instrument) ?? draft.price, date);
  }

  /** 0, which the guard denies, for an instrument that nobody declared. */
  #marketPrice(draft: OrderDraft, lastPrice: Won, date: number): Won {
    const instrument = this.#universe.get(draft.instrument);
    if (instrument === undefined) return won(0);
    return marketablePrice({
      instrument,
      side: draft.side,
      lastPrice,
      distanceBps: marketDistanceBps,
      collarBps: this.#limits.priceCollarBps,
      basePrice: this.#basePrice(draft.instrument) ?? lastPrice,
      date,
    });
  }
}
