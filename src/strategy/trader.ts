import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';
import type { AuthorContext, OpenOrder, ValueOptions } from './author-context.ts';
import type { BarMemory } from './bar-memory.ts';
import type { IndicatorId, IndicatorUse } from './indicator-use.ts';
import type { OrderDraft, OrderUpdate, StrategyContext, StrategyPosition } from './strategy.ts';

/** Limit prices lie this far through the close, in hundredths of a percent, cut to the guard's collar. */
const limitDistanceBps = 200;

/** The author's context: the engine's, and what the strategy was shown so far. */
export class Trader implements AuthorContext {
  readonly #memory: BarMemory;
  readonly #open = new Map<string, OpenOrder>();
  #engine: StrategyContext | null = null;
  date = 0;

  constructor(memory: BarMemory) {
    this.#memory = memory;
  }

  /** Called before each callback: the context at hand, and the day it is about. */
  begin(engine: StrategyContext, date: number): void {
    this.#engine = engine;
    this.date = date;
  }

  /** Called with each news of an order before the author hears it. */
  heard({ requestId, instrument, side, state }: OrderUpdate): void {
    if (isOpen(state)) this.#open.set(requestId, { requestId, instrument, side, state });
    else this.#open.delete(requestId);
  }

  get nowMs(): number {
    return this.#now.nowMs;
  }

  get cash(): Won {
    return this.#now.cash;
  }

  get equity(): Won {
    return this.#now.equity;
  }

  get orderValueMax(): Won {
    return this.#now.orderValueMax;
  }

  get positionCount(): number {
    return this.#now.positionCount;
  }

  position(instrument: InstrumentId): StrategyPosition | null {
    return this.#now.position(instrument);
  }

  hasOpenOrder(instrument: InstrumentId): boolean {
    return this.#now.hasOpenOrder(instrument);
  }

  limitPrice(instrument: InstrumentId, side: OrderSide, lastPrice: Won, distanceBps: number): Won {
    return this.#now.limitPrice(instrument, side, lastPrice, distanceBps);
  }

  submit(draft: OrderDraft): string {
    const requestId = this.#now.submit(draft);
    const { instrument, side } = draft;
    this.#open.set(requestId, { requestId, instrument, side, state: 'intent' });
    return requestId;
  }

  cancel(requestId: string): void {
    this.#now.cancel(requestId);
  }

  log(instrument: InstrumentId, message: string): void {
    this.#now.log(instrument, message);
  }

  bars(instrument: InstrumentId, count: number): readonly Bar[] {
    return this.#memory.last(instrument, count);
  }

  lastBar(instrument: InstrumentId): Bar | null {
    return this.#memory.latest(instrument);
  }

  indicator<Id extends IndicatorId>(
    use: IndicatorUse<Id>,
    instrument: InstrumentId,
    { output, barsAgo = 0 }: ValueOptions<Id> = {},
  ): number {
    return this.#memory.value(use, { instrument, output: output ?? use.definition.defaultOutput, barsAgo });
  }

  shares(instrument: InstrumentId): number {
    return this.position(instrument)?.quantity ?? 0;
  }

  openOrders(instrument?: InstrumentId): readonly OpenOrder[] {
    const all = [...this.#open.values()];
    return instrument === undefined ? all : all.filter((order) => order.instrument === instrument);
  }

  sharesFor(instrument: InstrumentId, amount: number): number {
    const price = this.#price(instrument, 'buy');
    if (price === null || !(amount > 0)) return 0;
    // A thousandth is kept back for fees.
    const spendable = Math.floor((this.cash * 999) / 1_000);
    return Math.max(0, Math.floor(Math.min(amount, spendable, this.orderValueMax) / price));
  }

  buy(instrument: InstrumentId, shares: number, reason: string): string | null {
    return this.#order(instrument, { side: 'buy', shares, reason });
  }

  sell(instrument: InstrumentId, shares: number, reason: string): string | null {
    return this.#order(instrument, { side: 'sell', shares: Math.min(shares, this.shares(instrument)), reason });
  }

  targetWeight(
    instrument: InstrumentId,
    weight: number,
    { reason, bandBps = 0 }: { readonly reason: string; readonly bandBps?: number },
  ): number {
    if (!(weight >= 0 && weight <= 1)) throw new RangeError(`Not a weight from 0 to 1: ${weight}`);
    const close = this.lastBar(instrument)?.close;
    if (close === undefined || this.hasOpenOrder(instrument)) return 0;
    const held = this.shares(instrument);
    if (weight === 0) return this.#sold(instrument, held, reason);
    const missing = this.equity * weight - held * close;
    if (Math.abs(missing) * 10_000 <= this.equity * bandBps) return 0;
    if (missing < 0) return this.#sold(instrument, Math.floor(-missing / close), reason);
    const shares = Math.min(Math.floor(missing / close), this.sharesFor(instrument, missing));
    return this.buy(instrument, shares, reason) === null ? 0 : shares;
  }

  get #now(): StrategyContext {
    if (this.#engine !== null) return this.#engine;
    throw new RangeError('The context can be used inside the callbacks of a strategy only');
  }

  #sold(instrument: InstrumentId, shares: number, reason: string): number {
    const part = this.#orderable(instrument, 'sell', shares);
    return this.sell(instrument, part, reason) === null ? 0 : -part;
  }

  #order(
    instrument: InstrumentId,
    { side, shares, reason }: { readonly side: OrderSide; readonly shares: number; readonly reason: string },
  ): string | null {
    const price = this.#price(instrument, side);
    const orderable = this.#orderable(instrument, side, shares);
    if (price === null || orderable === 0) return null;
    return this.submit({ instrument, side, quantity: quantity(orderable), price, reason });
  }

  /** Never more than the largest order, and a single share all the same. */
  #orderable(instrument: InstrumentId, side: OrderSide, shares: number): number {
    const price = this.#price(instrument, side);
    if (price === null || !(shares >= 1)) return 0;
    return Math.min(Math.floor(shares), Math.max(1, Math.floor(this.orderValueMax / price)));
  }

  #price(instrument: InstrumentId, side: OrderSide): Won | null {
    const close = this.lastBar(instrument)?.close;
    return close === undefined ? null : this.limitPrice(instrument, side, close, limitDistanceBps);
  }
}
