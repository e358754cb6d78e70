import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import type { OrderDraft, OrderUpdate } from '../strategy.ts';
import { Brackets } from './brackets.ts';
import { HeldOrders } from './held-orders.ts';
import { LastPrices } from './last-prices.ts';
import { LastingOrders } from './lasting-orders.ts';
import { isLaterDay, plainDraft } from './plain-draft.ts';
import type { BarPath } from './touch.ts';
import { exitMax, type TriggerAccount } from './trigger-account.ts';
import type { TriggerState } from './trigger-state.ts';
import { soldBy, type Wake } from './wake.ts';
import { directionOf, waitOf, type WatchedOrder } from './watched-order.ts';
import { WatchedOrders, type TouchedOrder } from './watched-orders.ts';

/** As many as one strategy may have waiting; more is a strategy that forgets to cancel. */
export const watchedMax = 1_000;

/**
 * The orders of one strategy that lie with us because brokers are handed plain limit orders only: stops, targets,
 * trailing stops, groups, exits of brackets, auctions to come, and what is left of an order good for longer than a day.
 *
 * Pure, and the same in backtest, paper and live: somebody shows it bars or prices, and sends what it wakes. An order is
 * woken once and is out of the book before it is sent, with every other of its group, so that two of a group can never
 * fill. An exit that ended with shares left is armed again as a new order; in vain three times a session at the most.
 */
export class TriggerBook {
  /** What prices of a later day are measured by; whoever shows prices keeps them. */
  readonly lastPrices: LastPrices;
  readonly #account: TriggerAccount;
  readonly #lasting = new LastingOrders();
  readonly #watched: WatchedOrders;
  readonly #brackets: Brackets;
  readonly #held: HeldOrders;
  #date = 0;
  #nowMs = 0;
  #bothInOneBar = 0;

  /** @param saved what another book remembered; without it nothing waits */
  constructor(account: TriggerAccount, saved?: TriggerState) {
    this.#account = account;
    this.#watched = new WatchedOrders(saved?.watched);
    this.#brackets = new Brackets(this.#watched, saved?.brackets);
    this.#held = new HeldOrders(saved?.held);
    this.lastPrices = new LastPrices(saved?.lastPrices);
    if (saved === undefined) return;
    this.#date = saved.date;
    this.#nowMs = saved.nowMs;
    this.#bothInOneBar = saved.bothInOneBar;
    for (const { requestId, draft } of saved.lasting) this.#lasting.add(requestId, draft);
  }

  get state(): TriggerState {
    return {
      date: this.#date,
      nowMs: this.#nowMs,
      bothInOneBar: this.#bothInOneBar,
      watched: this.#watched.all.map((order) => ({ ...order })),
      brackets: this.#brackets.states,
      lasting: this.#lasting.all,
      lastPrices: this.lastPrices.all.filter(({ instrument }) => this.concerns(instrument)),
      held: this.#held.all,
    };
  }

  /** Grows whenever a bar or a price moved a trailing stop; everything else that changes the book is asked of it. */
  get moves(): number {
    return this.#watched.moves;
  }

  get isEmpty(): boolean {
    return this.#watched.count === 0 && this.#brackets.isEmpty && this.#lasting.isEmpty;
  }

  /** Bars that reached a stop and a target of one group; each time the stop was taken. */
  get bothInOneBar(): number {
    return this.#bothInOneBar;
  }

  get watched(): readonly WatchedOrder[] {
    return this.#watched.all;
  }

  /**
   * Takes an order in that waits (`isWatched`).
   *
   * @param lastPrice where a trailing stop begins to count; null when no price is known
   * @param isLive false when it is meant for the next session
   * @returns false when the book is full: nothing was taken in
   */
  add(requestId: string, draft: OrderDraft, lastPrice: number | null, isLive: boolean): boolean {
    if (this.#watched.count >= watchedMax) return false;
    const set = draft.group === undefined ? null : `${draft.instrument} ${draft.group}`;
    const fixed = { requestId, draft, wait: waitOf(draft), extreme: lastPrice, set, exitOf: null };
    this.#watched.add({ ...fixed, isLive, notBeforeMs: 0 });
    return true;
  }

  /** An order goes out: what has to be remembered of it is. Called before the first news of it. */
  sent(requestId: string, draft: OrderDraft): void {
    if (draft.goodTill !== undefined) this.#lasting.add(requestId, draft);
    if (draft.exits !== undefined && draft.side === 'buy') this.#brackets.add(requestId, draft);
  }

  hasWaiting(instrument: InstrumentId): boolean {
    return this.#watched.has(instrument);
  }

  /** Whether anything here is about the instrument, also what only works at the broker. */
  concerns(instrument: InstrumentId): boolean {
    return this.#idsOf(instrument).length > 0;
  }

  /**
   * A split, or the like, made the prices wrong for which orders of this instrument wait: those that are here now, with
   * their exits and what is left of them on later days, never wake. They stay until they are taken back or end otherwise.
   *
   * @returns true when any was not held before
   */
  hold(instrument: InstrumentId): boolean {
    return this.#held.hold(this.#idsOf(instrument));
  }

  /**
   * Takes an order out, or what is left of it for a later day; null when nothing of that id waits here. Of a bracket: while
   * its entry still buys, or what is left of it on a later day, what was bought keeps its exits and only the rest is taken
   * back; once the entry is over its exits go.
   */
  cancel(requestId: string): OrderDraft | null {
    const order = this.#watched.all.find((one) => one.requestId === requestId || isLaterDay(one.requestId, requestId));
    const isLaterTaken = this.#lasting.delete(requestId) || order !== undefined;
    const bracket = this.#brackets.of(requestId);
    const endsExits = bracket?.isEntryOpen === false && !isLaterTaken;
    if (endsExits) this.#brackets.drop(bracket);
    this.#watched.remove((one) => one === order);
    return order?.draft ?? bracket?.entry ?? null;
  }

  /** @returns the orders whose last day went by without a session: they are out */
  startSession(date: number): readonly WatchedOrder[] {
    this.#date = date;
    const over = this.#watched.remove(({ draft }) => (draft.goodTill ?? date) < date);
    for (const order of this.#watched.all) order.isLive = true;
    this.#brackets.startSession();
    if (!this.#held.isEmpty) this.#held.keep(this.#idsOf(null));
    return over;
  }

  /** The session is over. @returns the orders that end with it */
  endSession(): readonly WatchedOrder[] {
    return this.#watched.remove(
      ({ isLive, exitOf, draft }) => isLive && exitOf === null && (draft.goodTill ?? 0) <= this.#date,
    );
  }

  /** Orders that waited for the opening. */
  wakeAtOpen(instrument: InstrumentId): readonly Wake[] {
    return this.#wakeAuction(instrument, 'open');
  }

  /** Orders that waited for the closing auction. */
  wakeAtClose(instrument: InstrumentId): readonly Wake[] {
    return this.#wakeAuction(instrument, 'close');
  }

  /** Orders of one side that the bar reaches: first those at its open, then stops, then targets. */
  wakeInBar(instrument: InstrumentId, side: OrderSide, bar: BarPath, startsAtMs: number): readonly Wake[] {
    const touched = this.#touched(
      (order) => order.draft.instrument === instrument && order.draft.side === side && order.notBeforeMs <= startsAtMs,
      bar,
    );
    this.#nowMs = startsAtMs;
    return this.#wakeAll(touched);
  }

  /**
   * Exits of an entry that filled inside `bar`. What came before the fill is not for them: a stop counts whenever the bar
   * went that low, because a market that fell to the entry falls further only afterwards; a target counts only when the
   * entry filled at the open, or when the close, which comes after the fill, is there.
   */
  wakeInEntryBar(
    entryId: string,
    bar: BarPath,
    fill: { readonly price: number; readonly isAtOpen: boolean; readonly startsAtMs: number },
  ): readonly Wake[] {
    const path = { ...bar, open: fill.price, high: fill.isAtOpen ? bar.high : Math.max(fill.price, bar.close) };
    this.#nowMs = fill.startsAtMs;
    return this.#wakeAll(this.#touched((order) => order.exitOf === entryId, path));
  }

  /** Orders that a trade of the running market wakes. `atMs` is its moment. */
  wakeAtPrice(instrument: InstrumentId, price: number, atMs: number): readonly Wake[] {
    const bar = { open: price, high: price, low: price, close: price };
    this.#nowMs = atMs;
    return this.#wakeAll(
      this.#touched((order) => order.draft.instrument === instrument && order.isLive && order.notBeforeMs <= atMs, bar),
    );
  }

  /** Takes in news of an order that went out. */
  follow(update: OrderUpdate): void {
    const left = this.#lasting.follow(update, this.#date);
    if (left !== null && this.#watched.count < watchedMax) this.#watched.add(left);
    this.#brackets.follow(update, this.#nowMs);
    if (update.side === 'sell' && !this.#brackets.isEmpty && this.#account.held(update.instrument) === 0) {
      this.forget(update.instrument);
    }
  }

  /** An order that waits here has gone out already: away with its mates, as if it had woken now, whatever is held since. */
  alreadySent(requestId: string): void {
    const order = this.#watched.all.find((one) => one.requestId === requestId);
    if (order !== undefined) this.#wake(order, { price: null, phase: 'open' }, order.draft.quantity);
  }

  /** Ends what nobody can say anything of any more: entries and exits that the record of orders does not show. */
  endUnheard(isHeard: (requestId: string) => boolean): void {
    this.#brackets.endUnheard(isHeard);
    this.#lasting.endUnheard(isHeard, this.#date);
  }

  /** Nothing is held any more, or a split made every price wrong: brackets whose entry is over end. */
  forget(instrument: InstrumentId): void {
    this.#brackets.forget(instrument);
  }

  /** Request ids of what is here of an instrument, or of all; of an exit the one of its bracket. */
  #idsOf(instrument: InstrumentId | null): readonly string[] {
    const ids: string[] = [];
    const take = (requestId: string, draft: OrderDraft): void => {
      if (instrument === null || draft.instrument === instrument) ids.push(requestId);
    };
    for (const { exitOf, requestId, draft } of this.#watched.all) take(exitOf ?? requestId, draft);
    for (const { entryId, entry } of this.#brackets.all) take(entryId, entry);
    for (const { requestId, draft } of this.#lasting.all) take(requestId, draft);
    return ids;
  }

  #touched(isAsked: (order: WatchedOrder) => boolean, bar: BarPath): readonly TouchedOrder[] {
    return this.#watched.touched((order) => isAsked(order) && !this.#held.has(order), bar);
  }

  #wakeAll(touched: readonly TouchedOrder[]): readonly Wake[] {
    const wakes: Wake[] = [];
    for (const { order, touch } of touched) {
      if (!this.#watched.all.includes(order)) continue;
      const mates = touched.filter((other) => other.order.set !== null && other.order.set === order.set);
      const isTarget = (one: WatchedOrder): boolean => one.wait.kind === 'target';
      const wake = this.#wake(order, touch, this.#sharesMax(order, touch.price, soldBy(wakes)));
      if (wake === null) continue;
      wakes.push(wake);
      if (touch.phase === 'during' && !isTarget(order) && mates.some((mate) => isTarget(mate.order))) {
        this.#bothInOneBar += 1;
      }
    }
    return wakes;
  }

  #wakeAuction(instrument: InstrumentId, kind: 'open' | 'close'): readonly Wake[] {
    const due = this.#watched.all.filter(
      (order) =>
        order.wait.kind === kind && order.draft.instrument === instrument && order.isLive && !this.#held.has(order),
    );
    return due.flatMap((order) => this.#wake(order, { price: null, phase: kind }, Infinity) ?? []);
  }

  /** Out of the book, with its mates; null for an exit of shares that were sold otherwise. */
  #wake(order: WatchedOrder, { price, phase }: Pick<Wake, 'price' | 'phase'>, sharesMax: number): Wake | null {
    const isMate = (one: WatchedOrder): boolean => one !== order && order.set !== null && one.set === order.set;
    const { requestId, exitOf } = order;
    // What other sells offer may come back: the exit stays where it is.
    if (sharesMax <= 0 && this.#account.held(order.draft.instrument) > 0) return null;
    const bracket = exitOf === null ? undefined : this.#brackets.of(exitOf);
    if (bracket !== undefined) this.#brackets.remember(bracket);
    const mates = this.#watched.remove(isMate);
    this.#watched.remove((one) => one === order);
    const draft = plainDraft(order, sharesMax);
    if (draft.quantity === 0) {
      // An entry that still buys arms its exits anew with the next share.
      if (bracket?.isEntryOpen === false) this.#brackets.drop(bracket);
      return null;
    }
    bracket?.wake(requestId);
    this.sent(requestId, draft);
    const ended = mates.filter((mate) => mate.exitOf === null);
    const withdraw = bracket?.isEntryOpen === true ? bracket.entryId : null;
    const direction = phase === 'during' ? directionOf(order) : null;
    return { requestId, draft, price, phase, direction, isExit: bracket !== undefined, ended, withdraw };
  }

  #sharesMax({ exitOf, draft }: WatchedOrder, price: number | null, sold: number): number {
    return exitOf === null ? Infinity : exitMax(this.#account, draft.instrument, price, sold);
  }
}
