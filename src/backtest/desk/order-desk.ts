import type { Bar } from '#domain/bar.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderRequest, OrderSide } from '#domain/order.ts';
import { subtractWon, won, type Won } from '#domain/won.ts';
import { isWatched } from '#strategy/order-terms.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import type { Wake } from '#strategy/triggers/wake.ts';
import { BarVenue } from './bar-venue.ts';
import type { DeskBars } from './desk-bars.ts';
import { DeskDay } from './desk-day.ts';
import { DeskGuard } from './desk-guard.ts';
import type { DeskOptions } from './desk-options.ts';
import { newDeskOrder, orderResult, type DeskOrder } from './desk-order.ts';
import { DeskOrders } from './desk-orders.ts';
import { triggerPrint } from './trigger-print.ts';
import { inWholeLots } from './whole-lots.ts';
import type { BacktestOrder, BacktestTrade } from '../result.ts';

/**
 * The orders of a backtest: what was asked, what the guard said, what waits or rests, what traded.
 *
 * Day bars: a day's decisions are taken at its close and meant for the next session, so the guard is asked as of that
 * session's opening: its tick table and price limits, a session that is open, the close just seen as last trade (age 0)
 * and as base price, a day's result of 0, and only orders of the same close as orders of the day. The n-th request of a
 * close counts as made n seconds after the opening. What passes takes part in the next day's bar and expires with it.
 *
 * Minute bars: the guard is asked when the minute is over, with the day's orders and result so far; what passes rests
 * from the next minute on until the day ends. Minutes outside of the regular session are shown, and nothing trades in them.
 */
export class OrderDesk {
  readonly #options: DeskOptions;
  readonly #universe: ReadonlyMap<InstrumentId, Instrument>;
  readonly #guard: DeskGuard;
  readonly #day: DeskDay;
  readonly #orders: DeskOrders;
  readonly #venue: BarVenue;
  readonly #trades: BacktestTrade[] = [];
  #openingEquity: Won = won(0);

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#universe = new Map(options.instruments.map((instrument) => [instrument.id, instrument]));
    this.#day = new DeskDay(options.interval);
    const { positions } = options.account.ledger;
    invariant(positions.size === 0, 'a backtest begins with an empty account');
    this.#orders = new DeskOrders({
      held: (instrument) => positions.get(instrument)?.quantity ?? 0,
      offered: (instrument) => this.#orders.offered(instrument),
      orderValueMax: () => options.limits.orderValueMax,
    });
    this.#venue = new BarVenue(options.fills, options.account);
    this.#guard = new DeskGuard({
      limits: options.limits,
      account: options.account,
      universe: this.#universe,
      basePrice: (instrument) => this.basePrice(instrument),
    });
  }

  get trades(): readonly BacktestTrade[] {
    return this.#trades;
  }

  /** Bars that reached a stop and a target of one group: the stop was taken, and the truth is not known. */
  get bothInOneBar(): number {
    return this.#book.bothInOneBar;
  }

  /** Every order that was asked for, oldest first. One of the last close still rests and says `acked`. */
  results(): readonly BacktestOrder[] {
    return this.#orders.all.map((order) => orderResult(order, this.#options.interval));
  }

  /** The moment that decisions of now are meant for, epoch milliseconds. */
  get nowMs(): number {
    return this.#day.nowMs;
  }

  /** The day whose ticks and price limits hold for orders of now, yyyymmdd. */
  get tradingDate(): number {
    return this.#day.tradingDate;
  }

  /** Whether the regular session was over when a minute of today began. */
  isAfterSession(startsAtMs: number): boolean {
    return this.#day.isAfterSession(startsAtMs);
  }

  basePrice(instrument: InstrumentId): Won | null {
    const { basePrice, interval, account } = this.#options;
    if (basePrice !== undefined) return basePrice(instrument, this.#day.date);
    return interval === '1d' ? account.lastPrice(instrument) : account.basePrice(instrument);
  }

  /** The bars of a moment, before the strategy is shown them. */
  trade(bars: DeskBars): void {
    const isDaily = this.#options.interval === '1d';
    if (!isDaily && bars.date !== this.#day.date) this.#beginDay(bars.date);
    if (!isDaily) this.#day.show(bars.startsAtMs);
    if (!this.#day.isRegular(bars.startsAtMs)) return;
    if (!isDaily) this.#venue.see(bars, this.#universe);
    if (!this.#orders.isIdle) {
      if (isDaily) this.#orders.startSession(bars.date);
      this.#meet(bars);
      if (isDaily) this.#orders.expire();
    }
    if (isDaily) this.#startDay(bars.date);
  }

  /** Asks the guard, or puts the order where it waits; the answer arrives with `takeUpdates()`. */
  submit(asked: OrderDraft, barStartsAtMs: number): string {
    const draft = this.#inLots(asked);
    const atMs = this.#day.nextMs();
    const requestId = `${this.#day.date}-${this.#day.requests}`;
    const order = this.#newOrder(requestId, draft, { atMs, barStartsAtMs });
    if (!isWatched(draft)) {
      this.#book.sent(requestId, draft);
      this.#ask(order, draft, null);
      return requestId;
    }
    const isLive = this.#options.interval === '1m' && draft.pricing !== 'market-on-open';
    const isTaken = this.#book.add(requestId, draft, this.#options.account.lastPrice(draft.instrument), isLive);
    if (isTaken) this.#orders.wait(order);
    this.#orders.move(order, isTaken ? 'intent' : 'rejected', isTaken ? null : 'waiting-orders');
    return requestId;
  }

  /** Takes back an order that waits or rests, or the exits of an entry that is over; null when there is nothing of that id. */
  cancel(requestId: string): Pick<OrderRequest, 'instrument' | 'side'> | null {
    const waiting = this.#orders.waiting(requestId);
    if (waiting !== undefined && this.#book.cancel(requestId) !== null) {
      this.#orders.endWaiting(requestId, 'cancelled');
      return waiting.request;
    }
    const order = this.#orders.openOfDay(requestId);
    if (order === null) return this.#book.cancel(requestId);
    this.#orders.cancel(order, this.#day.nextMs());
    return order.request;
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#orders.hasOpenFor(instrument);
  }

  /** Won that resting buys may still take. */
  reservedForBuys(): Won {
    return this.#orders.reservedForBuys();
  }

  /** News since the last call, oldest first. */
  takeUpdates(): readonly OrderUpdate[] {
    return this.#orders.takeUpdates();
  }

  /** A split of `instrument`: every price asked for it is of the old shares, so what waits or rests for it ends. */
  split(instrument: InstrumentId): void {
    this.#orders.expireFor(instrument);
  }

  get #book(): TriggerBook {
    return this.#orders.book;
  }

  #beginDay(date: number): void {
    this.#orders.expire();
    this.#startDay(date);
    this.#orders.startSession(date);
  }

  #startDay(date: number): void {
    this.#orders.startDay();
    this.#day.begin(date);
    if (this.#options.interval === '1m') this.#openingEquity = this.#options.account.equity;
  }

  /** One moment at the venue: the opening, then sells before buys, then what waited for the closing auction. */
  #meet(bars: DeskBars): void {
    this.#venue.begin();
    if (!this.#book.isEmpty) this.#wakeAll(bars, (instrument) => this.#book.wakeAtOpen(instrument));
    this.#meetSide('sell', bars);
    this.#meetSide('buy', bars);
    if (this.#book.isEmpty || (this.#options.interval === '1m' && !this.#day.isClosing(bars.startsAtMs))) return;
    this.#wakeAll(bars, (instrument) => this.#book.wakeAtClose(instrument));
  }

  #wakeAll(bars: DeskBars, wakesOf: (instrument: InstrumentId) => readonly Wake[]): void {
    for (const instrument of bars.instruments) {
      for (const wake of wakesOf(instrument)) this.#wakeUp(wake, bars);
    }
  }

  /** Those that rest already; what a fill wakes joins the list behind them, and has met the bar then. */
  #meetSide(side: OrderSide, bars: DeskBars): void {
    const { ofDay } = this.#orders;
    const resting = ofDay.length;
    for (let place = 0; place < resting; place += 1) {
      const order = ofDay[place];
      if (order === undefined || order.request.side !== side || !isOpen(order.state)) continue;
      this.#match(order, bars, null);
      if (order.only !== null && isOpen(order.state)) this.#orders.move(order, 'expired', null);
    }
    if (this.#book.isEmpty) return;
    for (const instrument of bars.instruments) {
      const bar = bars.barOf(instrument);
      if (bar === null || bar.volume === 0) continue;
      for (const wake of this.#book.wakeInBar(instrument, side, bar, bars.startsAtMs)) this.#wakeUp(wake, bars);
    }
  }

  /** An order whose moment has come is priced, shown to the guard and, unless it only rests from now on, matched. */
  #wakeUp(wake: Wake, bars: DeskBars): void {
    const { requestId, phase } = wake;
    const draft = this.#inLots(wake.draft);
    for (const mate of wake.ended) this.#orders.endWaiting(mate.requestId, 'cancelled');
    const entry = this.#orders.openOfDay(wake.withdraw);
    if (entry !== null) this.#orders.move(entry, 'cancelled', null);
    const bar = bars.barOf(draft.instrument);
    const price = phase === 'close' ? (bar?.close ?? null) : this.#printOf(wake, bar);
    const atMs = wake.price === null && phase === 'open' ? this.#day.nextMs() : this.#day.nextWakeMs();
    const order =
      this.#orders.waiting(requestId) ?? this.#newOrder(requestId, draft, { atMs, barStartsAtMs: bars.startsAtMs });
    this.#orders.stopWaiting(requestId);
    order.atMs = atMs;
    this.#ask(order, draft, price === null ? null : won(price));
    // What waited for the opening rests now, and meets the bar with the others of its side.
    if (phase === 'open' && wake.price === null) return;
    if (isOpen(order.state)) this.#match(order, bars, price);
    if (order.only === 'close' && isOpen(order.state)) this.#orders.move(order, 'expired', null);
  }

  #printOf({ draft, price, direction }: Wake, bar: Bar | null): number | null {
    const of = this.#universe.get(draft.instrument);
    if (price === null || direction === null || bar === null || of === undefined) return price;
    return triggerPrint(price, direction, { of, date: this.#day.tradingDate, bar });
  }

  #inLots(draft: OrderDraft): OrderDraft {
    const instrument = this.#universe.get(draft.instrument);
    if (instrument === undefined || this.#options.fills.lots === 'single') return draft;
    return inWholeLots(draft, this.#venue.lotOf(instrument, this.basePrice(instrument.id), this.#day.tradingDate));
  }

  #newOrder(
    requestId: string,
    draft: OrderDraft,
    when: { readonly atMs: number; readonly barStartsAtMs: number },
  ): DeskOrder {
    const order = newDeskOrder(requestId, draft, { ...when, date: this.#day.date, strategy: this.#options.strategy });
    this.#orders.all.push(order);
    return order;
  }

  /** @param touched the price that woke the order */
  #ask(order: DeskOrder, draft: OrderDraft, touched: Won | null): void {
    const { account, interval } = this.#options;
    order.denials = this.#guard.ask(order, draft, {
      touched,
      session: this.#day.session(),
      date: this.#day.tradingDate,
      ordersOfDay: this.#orders.ofDay,
      cancelsOfDay: this.#orders.cancelsOfDay,
      profitOfDay: interval === '1d' ? won(0) : subtractWon(account.equity, this.#openingEquity),
    });
    const isApproved = order.denials.length === 0;
    if (isApproved) this.#orders.pass(order);
    this.#orders.move(order, isApproved ? 'acked' : 'denied', order.denials[0]?.code ?? null);
  }

  #match(order: DeskOrder, bars: DeskBars, met: number | null): void {
    const bar = bars.barOf(order.request.instrument);
    if (bar === null) return;
    const instrument = this.#universe.get(order.request.instrument);
    invariant(instrument !== undefined, 'an order that passed the guard is for a known instrument');
    const fill = this.#venue.fill(order, {
      instrument,
      bar,
      met,
      date: this.#day.tradingDate,
      basePrice: this.basePrice(instrument.id),
    });
    if (fill.kind === 'none') return;
    if (fill.kind === 'rejected') {
      this.#orders.move(order, 'rejected', fill.code);
      return;
    }
    const { startsAtMs } = bars;
    this.#trades.push(this.#options.interval === '1d' ? fill.trade : { ...fill.trade, barStartsAtMs: startsAtMs });
    this.#orders.move(order, order.filled === order.request.quantity ? 'filled' : 'partially-filled', null);
    if (order.request.side === 'sell' || this.#book.isEmpty) return;
    const { price } = fill.trade;
    const entry = { price, isAtOpen: fill.isAtOpen, startsAtMs };
    for (const wake of this.#book.wakeInEntryBar(order.request.requestId, bar, entry)) this.#wakeUp(wake, bars);
  }
}
