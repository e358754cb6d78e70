import { rememberPrice } from '#backtest/desk/hold-rebased.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { sessionAt } from '#markets/sessions.ts';
import { isWatched } from '#strategy/order-terms.ts';
import type { OrderDraft, OrderUpdate } from '#strategy/strategy.ts';
import { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import type { Wake } from '#strategy/triggers/wake.ts';
import { compareWithRecord } from './compare-with-record.ts';
import { dropSold } from './drop-sold.ts';
import { holdOverSplit } from './hold-over-split.ts';
import { LeavingOrders } from './leaving-orders.ts';
import { UnsentOrders } from './unsent-orders.ts';
import { WaitingAccount } from './waiting-account.ts';
import { WaitingKeeper } from './waiting-keeper.ts';
import { notes, unsavedOrder } from './waiting-notes.ts';
import type { WaitingOptions } from './waiting-options.ts';
import type { LeavingOrder, WaitingState } from './waiting-state.ts';

/** A market order's limit lies so far through the last price, or at the guard's collar where that is closer. */
const marketDistanceBps = 200;

/**
 * Between a strategy and the gateway, which is handed plain limit orders only: prices market orders, and keeps what waits
 * for a price, an opening or a closing auction, in the book that backtests use too. What wakes is sent once, under the
 * request id that the strategy knows, and passes the guard like any other.
 *
 * The book is on the disk before anything that it woke is sent, so that another process takes it up where this one died:
 * `restore` reads it, `resume` compares it with the gateway's record, and nothing wakes before that. What woke and never
 * reached the gateway goes out at the first price, under the same request id, which the gateway takes once.
 */
export class WaitingOrders {
  readonly #options: WaitingOptions;
  readonly #keeper: WaitingKeeper | null;
  readonly #leaving = new LeavingOrders();
  readonly #account: WaitingAccount;
  readonly #unsent: UnsentOrders;
  #triggers: TriggerBook;
  #date = 0;
  /** The day whose closing auction has been told, yyyymmdd. */
  #closedOn = 0;
  #isResumed: boolean;
  /** What came before `resume`: news, and last prices. */
  readonly #news: OrderUpdate[] = [];
  readonly #early = new Map<InstrumentId, { readonly price: number; readonly atMs: number }>();
  /** Something waited for their price over the restart, and none was seen since. */
  readonly #unseen = new Set<InstrumentId>();

  constructor(options: WaitingOptions) {
    this.#options = options;
    this.#account = new WaitingAccount(options);
    this.#triggers = new TriggerBook(this.#account);
    this.#unsent = new UnsentOrders({
      ...options,
      leaving: this.#leaving,
      account: this.#account,
      triggers: () => this.#triggers,
      today: () => this.#today(),
      send: (requestId, draft, lastPrice) => this.#send(requestId, draft, lastPrice),
      ended: (update) => this.#take(update),
      keep: () => this.keep(),
    });
    this.#keeper = options.keeper === undefined ? null : new WaitingKeeper(options.keeper, () => this.#state);
    this.#isResumed = this.#keeper === null;
  }

  /**
   * Takes up what another process left; nothing wakes before `resume`.
   *
   * @throws {FixConfiguration} `runner.waiting-orders`; then nothing is ever written over what is there
   */
  restore(): void {
    const state = this.#keeper?.read() ?? null;
    if (state === null) return;
    this.#triggers = new TriggerBook(this.#account, state.triggers);
    this.#date = state.date;
    this.#closedOn = state.closedOn;
    this.#leaving.restore(state.leaving, state.triggers.brackets);
    for (const { draft } of state.triggers.watched) this.#unseen.add(draft.instrument);
  }

  /** The gateway's record has been read: what became of each order meanwhile is taken in, and prices wake again. */
  resume(): void {
    if (this.#isResumed) return;
    this.#isResumed = true;
    const { book, inAccount, note, cancel, ears } = this.#options;
    compareWithRecord({
      book,
      triggers: this.#triggers,
      account: this.#account,
      unsent: this.#unsent,
      news: this.#news.splice(0),
      take: (update) => this.#take(update),
      cancel,
    });
    for (const instrument of this.instruments)
      if (inAccount(instrument) === 0 && dropSold(this.#triggers, instrument)) note(instrument, notes.sold);
    this.keep();
    ears?.resumed(this.#state, [...this.#account.unrecorded]);
    for (const [instrument, { price, atMs }] of this.#early) this.tick(instrument, price, atMs);
    this.#early.clear();
  }

  /**
   * Sends the order, or keeps it until its moment.
   *
   * @throws {RangeError} when too many wait
   * @throws {Halt} `runner.waiting-unsaved` when the disk does not take what must outlive this process: nothing was sent
   */
  submit(requestId: string, draft: OrderDraft): void {
    rememberPrice(this.#triggers, draft.instrument, this.#account.lastPrice(draft.instrument), this.#today());
    if (!isWatched(draft)) {
      this.#triggers.sent(requestId, draft);
      if (draft.exits !== undefined || draft.goodTill !== undefined) this.#mustSave(requestId, draft);
      this.#send(requestId, draft, this.#account.lastPrice(draft.instrument) ?? draft.price);
      return;
    }
    this.#startSession();
    const { instrument, pricing } = draft;
    if (!this.#triggers.add(requestId, draft, this.#account.lastPrice(instrument), pricing !== 'market-on-open'))
      throw new RangeError(`Cannot keep an order for ${instrument}: too many wait already. Cancel some first.`);
    this.#mustSave(requestId, draft);
  }

  /** The order of that id if it waited here and is withdrawn now; null when it did not. */
  cancel(requestId: string): OrderDraft | null {
    const bracket = this.#triggers.state.brackets.find(({ entryId }) => entryId === requestId);
    const exit = bracket?.isEntryOver === true ? bracket.working?.requestId : null;
    // An exit that is taken back itself is asked for again, as if it had been withdrawn at the broker.
    const isTaken = (order: LeavingOrder): boolean =>
      order.requestId === exit || (order.requestId === requestId && !this.#unsent.isExit(requestId));
    const taken = this.#leaving.all.filter(isTaken);
    for (const order of taken) this.#unsent.takeBack(order);
    const draft = this.#triggers.cancel(requestId) ?? taken[0]?.draft ?? null;
    this.keep();
    return draft;
  }

  /** The strategy is over: what it would still buy is withdrawn; what sells waits on the disk for its next start. */
  withdrawBuys(): void {
    for (const { requestId, draft } of this.#triggers.watched) {
      if (draft.side === 'buy') this.#triggers.cancel(requestId);
    }
    for (const order of this.#leaving.all) if (order.draft.side === 'buy') this.#unsent.takeBack(order);
    // On its way and good for longer: whoever ends the strategy withdraws it, and what is left is not asked for again.
    for (const { requestId, draft } of this.#triggers.state.lasting) {
      if (draft.side === 'buy') this.#triggers.cancel(requestId);
    }
    this.keep();
  }

  /** What the disk refused is tried again, of a strategy that is over too; called several times a second. */
  tryAgain(): void {
    this.#keeper?.look();
  }

  /** Puts what changed on the disk. A disk that refuses is told and tried again. */
  keep(): void {
    this.#keeper?.save();
  }

  /** True when nothing waits, exits of positions included. */
  get isEmpty(): boolean {
    return this.#triggers.watched.length === 0;
  }

  /** Those of which anything waits, or will when an entry fills. */
  get instruments(): ReadonlySet<InstrumentId> {
    const { triggers, leaving } = this.#state;
    const drafts = [...triggers.watched, ...leaving].map(({ draft }) => draft);
    return new Set([...drafts, ...triggers.brackets.map(({ entry }) => entry)].map(({ instrument }) => instrument));
  }

  hasWaiting(instrument: InstrumentId): boolean {
    return this.#leaving.hasUnsent(instrument) || this.#triggers.hasWaiting(instrument);
  }

  /** A trade of the market. */
  tick(instrument: InstrumentId, price: number, atMs: number): void {
    if (!this.#isResumed) {
      this.#early.set(instrument, { price, atMs });
      return;
    }
    if (this.#triggers.isEmpty && this.#leaving.isEmpty) return;
    // What trades before or after the regular session wakes nothing: the guard would refuse what it woke, and it were gone.
    const { kind } = sessionAt(this.#options.clock.now());
    if (kind !== 'continuous' && kind !== 'closing-auction') return;
    this.#unsent.sendAgain(instrument, price);
    if (this.#triggers.isEmpty) return;
    this.#options.ears?.price(instrument, price, atMs);
    this.#startSession();
    this.#holdOverSplit(instrument, price, atMs);
    const { moves, watched } = this.#triggers;
    this.#wake(this.#triggers.wakeAtOpen(instrument), price);
    this.#wake(this.#triggers.wakeAtPrice(instrument, price, atMs), price);
    this.#unseen.delete(instrument);
    // An exit of shares that were sold otherwise leaves the book, and nothing is sent.
    if (this.#triggers.watched.length < watched.length) this.keep();
    else if (this.#triggers.moves !== moves) this.#keeper?.saveSoon();
    else this.#keeper?.saveLater();
  }

  /** Called several times a second: the closing auction has no trades until its print. */
  look(instruments: readonly InstrumentId[]): void {
    if (!this.#isResumed) return;
    this.#keeper?.look();
    if (this.#triggers.isEmpty && this.#leaving.isEmpty) return;
    if (sessionAt(this.#options.clock.now()).kind !== 'closing-auction') return;
    for (const instrument of instruments) this.#unsent.sendAgain(instrument, this.#account.lastPrice(instrument));
    if (this.#closedOn === this.#today()) return;
    this.#options.ears?.closingAuction();
    this.#startSession();
    this.#closedOn = this.#date;
    for (const instrument of instruments) {
      const lastPrice = this.#account.lastPrice(instrument);
      if (lastPrice !== null) this.#holdOverSplit(instrument, lastPrice, null);
      this.#wake(this.#triggers.wakeAtClose(instrument), lastPrice);
    }
    this.keep();
  }

  /** News of an order that went out. */
  follow(update: OrderUpdate): void {
    if (!this.#isResumed) {
      this.#news.push(update);
      return;
    }
    if (this.#triggers.isEmpty && this.#leaving.isEmpty) return;
    this.#take(update);
    this.keep();
  }

  get #state(): WaitingState {
    return { date: this.#date, closedOn: this.#closedOn, leaving: this.#leaving.all, triggers: this.#triggers.state };
  }

  #take(update: OrderUpdate): void {
    // Of an order whose answer was lost nobody has said anything yet, unless it is the gateway that does not know.
    const isHeard = update.state !== 'unknown' || this.#options.book.order(update.requestId)?.isPresumed === false;
    if (isHeard) this.#leaving.heardOf(update.requestId);
    this.#triggers.follow(update);
  }

  #startSession(): void {
    const today = this.#today();
    if (today === this.#date) return;
    if (this.#date !== 0) this.#triggers.endSession();
    this.#date = today;
    this.#triggers.startSession(today);
    this.#triggers.endUnheard((id) => this.#options.book.order(id) !== null || this.#leaving.has(id));
    this.keep();
  }

  #holdOverSplit(instrument: InstrumentId, price: number, atMs: number | null): void {
    const seen = { instrument, price, date: this.#today(), atMs };
    if (holdOverSplit(this.#triggers, this.#options, seen)) this.keep();
  }

  /**
   * What was taken out of the book is on the disk before it is sent. When the disk refuses, which the person is told, it
   * leaves all the same, because a stop cannot wait for a disk: after a restart it would wake under the same id, which the
   * gateway and `compareWithRecord` know.
   */
  #wake(wakes: readonly Wake[], price: number | null): void {
    if (wakes.length === 0) return;
    for (const { requestId, draft } of wakes) this.#leaving.add({ requestId, draft, date: this.#date });
    this.keep();
    for (const { requestId, draft, withdraw, price: touched } of wakes) {
      const { instrument, side } = draft;
      if (touched !== null && this.#unseen.has(instrument)) this.#options.note(instrument, notes.missed(side, touched));
      if (withdraw !== null) this.#options.cancel(withdraw);
      this.#send(requestId, draft, price === null ? draft.price : won(price));
    }
  }

  #send(requestId: string, draft: OrderDraft, lastPrice: Won): void {
    const { book, limitPrice, send } = this.#options;
    const isPriced = draft.pricing === undefined || draft.pricing === 'limit';
    const price = isPriced ? draft.price : limitPrice(draft, lastPrice, marketDistanceBps);
    book.sent(requestId, { ...draft, price }, this.#today());
    send(requestId, { ...draft, price });
  }

  /** @throws {Halt} `runner.waiting-unsaved`; the order is forgotten again */
  #mustSave(requestId: string, { instrument, side }: OrderDraft): void {
    try {
      this.#keeper?.mustSave();
    } catch (cause) {
      this.#triggers.cancel(requestId);
      this.#triggers.follow({ requestId, instrument, side, state: 'denied', filled: quantity(0), code: null });
      throw unsavedOrder(cause);
    }
  }

  #today(): number {
    return dateNumber(seoulDate(this.#options.clock.now()));
  }
}
