import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { isWatched } from '#strategy/order-terms.ts';
import type { OrderDraft, OrderUpdate, StrategyPosition } from '#strategy/strategy.ts';
import type { TriggerAccount } from '#strategy/triggers/trigger-account.ts';
import { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import type { Wake } from '#strategy/triggers/wake.ts';
import { holdRebased, rememberPrice } from '../desk/hold-rebased.ts';
import { marketablePrice } from '../desk/marketable-price.ts';
import type { DayFacts, OrderFact, QuoteFact, ResumedRun } from './day-facts.ts';
import { ReplayBook } from './replay-book.ts';

/** An order that left the strategy's room for the gateway. */
export interface SentOrder {
  readonly requestId: string;
  readonly instrument: InstrumentId;
  readonly side: OrderSide;
  readonly quantity: number;
  readonly price: Won;
}

/** A market order's limit lies so far through the last price, or at the guard's collar where that is closer. */
const marketDistanceBps = 200;
/** Longest that a broker's balance is taken to lag behind its fills. */
const balanceLagMs = 10_000;
const unknownFacts: DayFacts = {
  cash: 0,
  equity: 0,
  orderValueMax: 0,
  collarBps: 0,
  quotes: [],
  confirmedAtMs: null,
  shares: null,
};

/**
 * The orders of a recorded run, asked for anew. What becomes of an order (the gateway's verdict, the broker's answer, each
 * execution) is told by `news`; what waits, what wakes at which trade, with which limit it leaves and what is held then is
 * worked out here, with the trigger book, the price rules and the average cost of every backtest.
 */
export class ReplayDesk {
  /** Everything that left, in order. */
  readonly sent: SentOrder[] = [];
  /** Epoch milliseconds of the market; whoever replays sets it before each event. */
  nowMs = 0;
  readonly #book = new ReplayBook();
  readonly #instruments: ReadonlyMap<InstrumentId, Instrument>;
  readonly #quotes = new Map<InstrumentId, QuoteFact>();
  /** Woken, and nothing was heard of them yet. */
  readonly #leaving = new Set<string>();
  /** Woken in an earlier run, and its gateway never heard of them. */
  readonly #unsent = new Map<string, InstrumentId>();
  readonly #unrecorded = new Set<InstrumentId>();
  readonly #account: TriggerAccount = {
    held: (instrument) => this.#held(instrument),
    offered: (instrument) => this.#book.offered(instrument),
    orderValueMax: () => this.#facts.orderValueMax,
  };
  #triggers = new TriggerBook(this.#account);
  #facts = unknownFacts;
  #date = 0;
  #closedOn = 0;
  /** Won of buys that left since the facts were told. */
  #reserved = 0;
  #isResumed = false;

  /** @param instruments those whose rules the run knew */
  constructor(instruments: readonly Instrument[]) {
    this.#instruments = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  }

  /** Changes what is known of account and market; what is left out stays as it was, each quote by itself. */
  know(facts: Partial<DayFacts>): void {
    this.#facts = { ...this.#facts, ...facts };
    for (const quote of facts.quotes ?? []) this.#quotes.set(quote.instrument, quote);
  }

  /** The strategy is about to be shown something: its cash is the recorded one, in which all that left is counted. */
  startEvent(): void {
    this.#reserved = 0;
  }

  /** The record of orders was read, and what waited was compared with it: from now on news and prices count. */
  resume({ triggers, unsent, unrecorded, closedOn, date }: ResumedRun): void {
    this.#triggers = new TriggerBook(this.#account, triggers);
    for (const { requestId, instrument } of unsent) this.#unsent.set(requestId, instrument);
    for (const instrument of unrecorded) this.#unrecorded.add(instrument);
    [this.#date, this.#closedOn, this.#isResumed] = [date, closedOn, true];
  }

  /** Takes in what the gateway says of an order. */
  news(order: OrderFact): void {
    this.#book.apply(order);
    if (!this.#isResumed) return;
    if (order.state !== 'unknown') this.#leaving.delete(order.requestId);
    this.#unsent.delete(order.requestId);
    this.#triggers.follow(updateOf(order));
  }

  /** A trade of the market that waiting orders were shown. */
  price(instrument: InstrumentId, price: number, atMs: number): void {
    this.#startSession();
    this.#holdRebased(instrument, price, atMs);
    this.#wake(this.#triggers.wakeAtOpen(instrument), won(price));
    this.#wake(this.#triggers.wakeAtPrice(instrument, price, atMs), won(price));
  }

  /** The closing auction has begun. */
  closeAuction(instruments: readonly InstrumentId[]): void {
    this.#startSession();
    if (this.#closedOn === this.#date) return;
    this.#closedOn = this.#date;
    for (const instrument of instruments) {
      const lastPrice = this.#lastPrice(instrument);
      if (lastPrice !== null) this.#holdRebased(instrument, lastPrice, null);
      this.#wake(this.#triggers.wakeAtClose(instrument), lastPrice);
    }
  }

  /** Sends the order, or keeps it until its moment. @throws {RangeError} when too many wait */
  submit(requestId: string, draft: OrderDraft): void {
    const lastPrice = this.#lastPrice(draft.instrument);
    rememberPrice(this.#triggers, draft.instrument, lastPrice, dateNumber(this.#today));
    if (!isWatched(draft)) {
      this.#triggers.sent(requestId, draft);
      this.#send(requestId, draft, lastPrice ?? draft.price);
      return;
    }
    this.#startSession();
    if (this.#triggers.add(requestId, draft, lastPrice, draft.pricing !== 'market-on-open')) return;
    throw new RangeError(`Cannot keep an order for ${draft.instrument}: too many wait already. Cancel some first.`);
  }

  /** Takes back what waits, and asks for the withdrawal of what was sent; null when there is nothing to take back. */
  cancel(requestId: string): { readonly instrument: InstrumentId; readonly side: OrderSide } | null {
    return this.#triggers.cancel(requestId) ?? this.#book.cancellable(requestId);
  }

  get cash(): Won {
    return won(Math.max(0, this.#facts.cash - this.#reserved));
  }

  get equity(): Won {
    return won(this.#facts.equity);
  }

  get orderValueMax(): Won {
    return won(this.#facts.orderValueMax);
  }

  get positionCount(): number {
    return this.#book.heldInstruments.filter((instrument) => this.position(instrument) !== null).length;
  }

  /** Never more than the account holds, because the person may have sold some by hand. */
  position(instrument: InstrumentId): StrategyPosition | null {
    const own = this.#book.holding(instrument);
    const shares = Math.min(own.quantity, this.#inAccount(instrument) ?? own.quantity);
    return shares === 0 ? null : { quantity: quantity(shares), averagePrice: own.cost / own.quantity };
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    if (this.#book.hasOpenOrder(instrument) || this.#triggers.hasWaiting(instrument)) return true;
    return [...this.#unsent.values()].includes(instrument);
  }

  /** @returns `lastPrice` for an instrument whose rules were not known */
  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    const listing = this.#instruments.get(instrument);
    if (listing === undefined) return lastPrice;
    return marketablePrice({
      instrument: listing,
      side,
      lastPrice,
      distanceBps,
      collarBps: this.#facts.collarBps,
      basePrice: won(this.#quotes.get(instrument)?.basePrice ?? lastPrice),
      date: this.#today,
    });
  }

  get #today(): Temporal.PlainDate {
    return seoulDate(Temporal.Instant.fromEpochMilliseconds(this.nowMs));
  }

  #lastPrice(instrument: InstrumentId): Won | null {
    const price = this.#quotes.get(instrument)?.price;
    return price === undefined ? null : won(price);
  }

  #holdRebased(instrument: InstrumentId, price: number, atMs: number | null): void {
    const quote = this.#quotes.get(instrument);
    const [listing, date] = [this.#instruments.get(instrument) ?? null, dateNumber(this.#today)];
    const basePrice = quote?.baseDate === date && quote.basePrice > 0 ? quote.basePrice : null;
    holdRebased(this.#triggers, { instrument, listing, price, date, atMs, basePrice });
  }

  #startSession(): void {
    const today = dateNumber(this.#today);
    if (today === this.#date) return;
    if (this.#date !== 0) this.#triggers.endSession();
    this.#date = today;
    this.#triggers.startSession(today);
    this.#triggers.endUnheard((id) => this.#book.has(id) || this.#leaving.has(id) || this.#unsent.has(id));
  }

  #wake(wakes: readonly Wake[], lastPrice: Won | null): void {
    for (const { requestId } of wakes) this.#leaving.add(requestId);
    for (const { requestId, draft } of wakes) this.#send(requestId, draft, lastPrice ?? draft.price);
  }

  #send(requestId: string, draft: OrderDraft, lastPrice: Won): void {
    const { instrument, side, quantity: shares } = draft;
    const isPriced = draft.pricing === undefined || draft.pricing === 'limit';
    const price = isPriced ? draft.price : this.limitPrice(instrument, side, lastPrice, marketDistanceBps);
    this.#book.sent(requestId, draft);
    if (side === 'buy') this.#reserved += price * shares;
    this.sent.push({ requestId, instrument, side, quantity: shares, price });
  }

  #held(instrument: InstrumentId): number {
    const own = this.#book.holding(instrument).quantity;
    const ownMax = this.#unrecorded.has(instrument) ? Infinity : own;
    return Math.min(ownMax, this.#inAccount(instrument) ?? ownMax);
  }

  /** Null while not known: a balance that was not confirmed well after our last fill may lag behind it. */
  #inAccount(instrument: InstrumentId): number | null {
    const { shares, confirmedAtMs } = this.#facts;
    if (shares === null || confirmedAtMs === null) return null;
    if (confirmedAtMs < this.#book.lastFillMs(instrument) + balanceLagMs) return null;
    return shares.find((one) => one.instrument === instrument)?.quantity ?? 0;
  }
}

/** News of an order as a strategy hears it. */
export function updateOf({ requestId, instrument, side, state, filled, code }: OrderFact): OrderUpdate {
  return { requestId, instrument, side, state, filled: quantity(filled), code };
}
