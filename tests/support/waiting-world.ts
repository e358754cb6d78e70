import assert from 'node:assert/strict';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderView } from '#link/views.ts';
import { LiveContext } from '#runner/live-context.ts';
import { MarketClock } from '#runner/feed/market-clock.ts';
import { MarketMemory } from '#runner/feed/market-memory.ts';
import { StrategyBook } from '#runner/strategy-book.ts';
import { waitingState, type WaitingState } from '#runner/waiting/waiting-state.ts';
import type { OrderDraft } from '#strategy/strategy.ts';

/** The one that everything here is about. */
export const instrument = instrumentId('005930');
/** A Tuesday, 10:00 in Seoul. */
export const startMs = Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds;
export const hourMs = 3_600_000;

/** Died: thrown where the process would be gone. */
export class Death extends Error {}

/** A gateway and a disk that outlive the process whose strategy orders, and that process, which can be made anew. */
export class WaitingWorld {
  /** What reached the gateway, each request once. */
  readonly orders = new Map<string, OrderView>();
  readonly sent: string[] = [];
  readonly notes: string[] = [];
  readonly cancelled: string[] = [];
  readonly unsaved: unknown[] = [];
  disk: string | null = null;
  isDiskFull = false;
  /** The process dies when it sends next, before the gateway has it. */
  diesAtSend = false;
  nowMs = startMs;
  /** What the gateway says first of the next order; null when its answer is lost and it never got it. */
  firstState: OrderState | null = 'acked';
  /** A cancel is on its way to the broker, until `end` says what came of it. */
  isCancelSlow = false;
  /** The day's, won; null for one that is always the last price. */
  basePrice: number | null = null;
  /** Shares that the person sold by hand. */
  soldByHand = 0;
  #news: string[] = [];
  #count = 0;
  #price: number | null = null;
  #market = new MarketMemory();
  #book = new StrategyBook();
  #elapsedMs = 0;
  context: LiveContext;

  constructor() {
    this.context = this.#process();
    this.context.waiting.restore();
    this.context.waiting.resume();
  }

  restart(): void {
    this.begin();
    this.resume();
  }

  /** A new process, up to the moment when the gateway's record has been read. */
  begin(): void {
    this.#news = [];
    this.#market = new MarketMemory();
    if (this.#price !== null) this.#market.quotes([this.#quote(this.#price)]);
    this.#book = new StrategyBook();
    this.context = this.#process();
    this.context.waiting.restore();
    for (const requestId of this.orders.keys()) this.#tell(requestId);
    if (this.soldByHand > 0) this.#market.portfolio(this.#portfolio());
  }

  resume(): void {
    this.context.waiting.resume();
    this.#deliver();
  }

  submit(change: Partial<OrderDraft>): string {
    const draft = {
      instrument,
      side: 'sell',
      quantity: quantity(10),
      price: won(10_000),
      reason: '',
      ...change,
    } as const;
    const requestId = this.context.submit(draft);
    this.#deliver();
    return requestId;
  }

  tick(price: number): void {
    this.nowMs += 1_000;
    this.#price = price;
    this.#market.quotes([this.#quote(price)]);
    this.context.waiting.tick(instrument, price, this.nowMs);
    this.#deliver();
  }

  look(): void {
    this.context.waiting.look([instrument]);
    this.#deliver();
  }

  /** The oldest open order ends so, with `shares` more of it filled. */
  end(state: OrderState, shares: number): void {
    const requestId = this.change(state, shares);
    if (requestId === null) return;
    this.#news.push(requestId);
    this.#deliver();
  }

  /** The same, of one side, at the gateway alone: no process hears of it before the next one begins. */
  change(state: OrderState, shares: number, side?: OrderSide): string | null {
    const open = [...this.orders.values()].find(
      (order) => order.state === 'acked' && order.side === (side ?? order.side),
    );
    if (open === undefined) return null;
    const filled = Math.min(open.quantity, open.filled + shares);
    const ended = {
      ...open,
      state: filled === open.quantity ? 'filled' : state,
      filled,
      filledValue: filled * open.price,
    };
    this.orders.set(open.requestId, ended);
    return open.requestId;
  }

  #process(): LiveContext {
    const clock = new MarketClock(() => 0);
    clock.nowMs = () => this.nowMs;
    this.#market.instruments([{ symbol: '005930', name: '삼성전자', market: 'KOSPI', kind: 'stock', leverage: 1 }]);
    return new LiveContext({
      book: this.#book,
      market: this.#market,
      clock,
      nextRequestId: () => `a-${(this.#count += 1)}`,
      send: (requestId, draft) => this.#send(requestId, draft),
      cancel: (requestId) => this.#cancel(requestId),
      decided: (decision) => decision.kind === 'note' && this.notes.push(decision.message.split(' ')[0] ?? ''),
      keeper: {
        file: { read: () => this.#read(), write: (state) => this.#write(state) },
        // Each look comes long after the last, so that a trailing stop that moved, or a price, is written at once.
        elapsedMs: () => (this.#elapsedMs += 60_000),
        onUnsaved: (error) => this.unsaved.push(error),
      },
    });
  }

  #send(requestId: string, { side, quantity: shares, price }: OrderDraft): void {
    if (this.diesAtSend) throw new Death();
    assert.ok(!this.orders.has(requestId), `${requestId} was sent twice`);
    this.sent.push(`${requestId} ${side} ${shares} @ ${price}`);
    const state = this.firstState;
    this.firstState = 'acked';
    if (state === null) return;
    this.orders.set(requestId, {
      orderId: `o-${requestId}`,
      requestId,
      requester: 'a',
      symbol: '005930',
      side,
      quantity: shares,
      price,
      filled: 0,
      filledValue: 0,
      state,
      brokerOrderId: '1',
      reason: '',
      checks: [],
      steps: [],
      createdAt: Temporal.Instant.fromEpochMilliseconds(this.nowMs).toString(),
    });
    this.#news.push(requestId);
  }

  #cancel(requestId: string): void {
    if (this.diesAtSend) throw new Death();
    this.cancelled.push(requestId);
    const order = this.orders.get(requestId);
    if (order?.state !== 'acked' || this.isCancelSlow) return;
    this.orders.set(requestId, { ...order, state: 'cancelled' });
    this.#news.push(requestId);
  }

  /** News comes later, never in the middle of what caused it. */
  #deliver(): void {
    for (let next = this.#news.shift(); next !== undefined; next = this.#news.shift()) this.#tell(next);
  }

  #tell(requestId: string): void {
    const view = this.orders.get(requestId);
    assert.ok(view !== undefined);
    const update = this.#book.apply(view);
    if (update !== null) this.context.waiting.follow(update);
  }

  #read(): WaitingState | null {
    return this.disk === null ? null : waitingState(JSON.parse(this.disk));
  }

  #write(state: WaitingState): void {
    if (this.isDiskFull) throw new Error('ENOSPC');
    const text = JSON.stringify(state);
    waitingState(JSON.parse(text));
    this.disk = text;
  }

  #quote(price: number) {
    const prices = { price, basePrice: this.basePrice ?? price, open: price, high: price, low: price };
    const at = Temporal.Instant.fromEpochMilliseconds(this.nowMs).toString();
    return { symbol: '005930', ...prices, upperLimit: price * 2, lowerLimit: 1, volumeOfDay: 0, at };
  }

  #portfolio() {
    const held = (this.#book.position(instrument)?.quantity ?? 0) - this.soldByHand;
    const at = Temporal.Instant.fromEpochMilliseconds(this.nowMs + hourMs).toString();
    const sums = { cash: 0, orderableCash: 0, equity: 0, equityAtOpen: 0, realisedOfDay: 0, unrealised: 0 };
    const position = { symbol: '005930', quantity: held, cost: held, price: null, priceAt: null };
    const positions = held === 0 ? [] : [position];
    return { ...sums, feesOfDay: 0, taxOfDay: 0, positions, confirmedAt: at, at };
  }
}
