import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import type { OrderView } from '#link/views.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { listingOf } from '#markets/listings.ts';
import { MarketClock } from '#runner/feed/market-clock.ts';
import { MarketMemory } from '#runner/feed/market-memory.ts';
import type { GatewayLink } from '#runner/order-line.ts';
import { StrategyHost } from '#runner/strategy-host.ts';
import type { StrategyPlan } from '#runner/plans/strategy-plan.ts';

/** The two that trade on such a day. */
export const ids: readonly InstrumentId[] = [instrumentId('005930'), instrumentId('000660')];
/** A Tuesday, 15:05 in Seoul: half an hour reaches into the closing auction. */
const startMs = Temporal.Instant.from('2026-11-17T06:05:00Z').epochMilliseconds;

/** What happens next on a random day. */
export type DayStep =
  | { readonly kind: 'trade'; readonly which: number; readonly move: number; readonly seconds: number }
  | { readonly kind: 'fill'; readonly order: number; readonly share: number }
  | { readonly kind: 'fate'; readonly next: 'acked' | 'denied' | 'filled' | 'lost' }
  | { readonly kind: 'account'; readonly cash: number }
  | { readonly kind: 'restart' }
  /** The day ends, and the next begins; of the share there are `ratio` times as many then, each for so much less. */
  | { readonly kind: 'night'; readonly which: number; readonly ratio: number };

/** A gateway in memory, and the room of one strategy before it. */
export class LivedDay {
  readonly #folder: string;
  readonly #plan: StrategyPlan;
  readonly #clock = new MarketClock(() => 0);
  readonly #orders: OrderView[] = [];
  readonly #prices = [70_000, 200_000];
  #bases: readonly number[] = [70_500, 199_000];
  #market = new MarketMemory();
  #host: StrategyHost;
  #nowMs = startMs;
  #next: 'acked' | 'denied' | 'filled' | 'lost' = 'acked';
  #cash = 5_000_000;

  constructor(folder: string, plan: StrategyPlan) {
    [this.#folder, this.#plan] = [folder, plan];
    this.#clock.tell(startMs, 1);
    this.#host = this.#room();
  }

  async live(steps: readonly DayStep[]): Promise<void> {
    await this.#begin();
    for (const one of steps) {
      await this.#take(one);
      this.#host.clock();
      await settled();
    }
    await this.#host.stop();
  }

  async #take(one: DayStep): Promise<void> {
    switch (one.kind) {
      case 'trade':
        return this.#trade(one);
      case 'fill':
        return this.#fill(one);
      case 'fate':
        this.#next = one.next;
        return;
      case 'account':
        this.#cash = one.cash;
        return this.#tellAccount();
      case 'restart':
        await this.#host.stop();
        this.#market = new MarketMemory();
        this.#host = this.#room();
        return this.#begin();
      case 'night':
        return this.#night(one);
    }
  }

  #night({ which, ratio }: Extract<DayStep, { kind: 'night' }>): void {
    for (const order of this.#orders.filter(({ state }) => isOpen(state)))
      this.#host.order(this.#keep({ ...order, state: 'expired' }));
    this.#nowMs = nextMorning(this.#nowMs);
    this.#clock.tell(this.#nowMs, 1);
    this.#prices[which] = Math.round(this.#prices[which]! / ratio / 1_000) * 1_000;
    this.#bases = [...this.#prices];
    this.#market.quotes(ids.map((id, place) => this.#quote(id, place)));
    this.#tellAccount();
  }

  async #begin(): Promise<void> {
    this.#market.instruments(ids.map((id) => viewOf(id)));
    this.#market.quotes(ids.map((id, which) => this.#quote(id, which)));
    this.#tellAccount();
    await this.#host.start();
    await this.#host.sync();
    await settled();
  }

  #trade({ which, move, seconds }: Extract<DayStep, { kind: 'trade' }>): void {
    const tick = which === 0 ? 100 : 500;
    this.#nowMs += seconds * 1_000;
    this.#prices[which] = Math.max(8_000, this.#prices[which]! + move * tick);
    this.#clock.tell(this.#nowMs, 1);
    const [instrument, price] = [ids[which]!, this.#prices[which] ?? 0];
    this.#market.traded(instrument.slice(4), price);
    this.#host.tick({ instrument, atMs: this.#nowMs, price, quantity: 10 });
  }

  #fill({ order: which, share }: Extract<DayStep, { kind: 'fill' }>): void {
    const open = this.#orders.filter(({ state }) => state === 'acked' || state === 'partially-filled');
    const order = open[which % Math.max(1, open.length)];
    if (order === undefined) return;
    const shares = order.filled + Math.max(1, Math.floor((order.quantity - order.filled) * share));
    this.#host.order(this.#keep(filled(order, shares, this.#clock.now().toString())));
  }

  #tellAccount(): void {
    const at = this.#clock.now().toString();
    const rest = { realisedOfDay: 0, unrealised: 0, feesOfDay: 0, taxOfDay: 0, equityAtOpen: 0 };
    const amounts = { cash: this.#cash, orderableCash: this.#cash, equity: 9_999_999 - (this.#cash % 1_000) };
    const held = ids.map((id) => ({
      symbol: id.slice(4),
      quantity: this.#shares(id),
      cost: 0,
      price: null,
      priceAt: null,
    }));
    this.#market.portfolio({ ...rest, ...amounts, positions: held, confirmedAt: at, at });
  }

  /** Sometimes one less than was bought: somebody sold by hand. */
  #shares(id: InstrumentId): number {
    let shares = 0;
    for (const { symbol, side, filled: done } of this.#orders) {
      if (symbol === id.slice(4)) shares += side === 'buy' ? done : -done;
    }
    return Math.max(0, shares - (this.#cash % 2));
  }

  #quote(id: InstrumentId, which: number) {
    const price = this.#prices[which]!;
    const day = { open: price, high: price, low: price, upperLimit: price * 2, lowerLimit: 1, volumeOfDay: 0 };
    return {
      symbol: id.slice(4),
      price,
      basePrice: this.#bases[which] ?? 0,
      ...day,
      at: this.#clock.now().toString(),
    };
  }

  #room(): StrategyHost {
    return new StrategyHost({
      plan: this.#plan,
      gateway: this.#gateway(),
      market: this.#market,
      clock: this.#clock,
      folder: this.#folder,
      onChange: () => undefined,
      dayDelayMs: 0,
    });
  }

  /** The four calls that a strategy of minutes makes; everything else is refused. */
  #gateway(): GatewayLink {
    const call = async (method: string, params: Record<string, unknown>): Promise<unknown> => {
      if (method === 'bars') return [];
      if (method === 'orders') return this.#orders.toReversed().slice(0, 200);
      if (method === 'submit') return this.#submit(params);
      const order = this.#orders.find(({ orderId }) => orderId === params['orderId'])!;
      return isOpen(order.state) ? this.#keep({ ...order, state: 'cancelled' }) : order;
    };
    return { state: 'up', call } as unknown as GatewayLink;
  }

  #submit(params: Record<string, unknown>): OrderView {
    const { requestId, symbol, side, quantity: shares, price, reason } = params as unknown as OrderView;
    const ids = { orderId: `o${this.#orders.length}`, requestId, requester: 'restless', symbol, side, reason };
    const at = this.#clock.now().toString();
    const none = { filled: 0, filledValue: 0, brokerOrderId: null, steps: [], checks: [], createdAt: at };
    const order: OrderView = { ...ids, ...none, quantity: shares, price, state: 'acked' };
    const checks = [{ code: 'order-value', actual: 2, limit: 1, unit: 'won', passed: false }];
    if (this.#next === 'denied') return this.#keep({ ...order, state: 'denied', checks });
    this.#keep(order);
    if (this.#next === 'filled') return this.#keep(filled(order, shares, at));
    if (this.#next === 'acked') return order;
    throw new Error('the answer was lost');
  }

  #keep(order: OrderView): OrderView {
    const place = this.#orders.findIndex(({ orderId }) => orderId === order.orderId);
    if (place < 0) this.#orders.push(order);
    else this.#orders[place] = order;
    return order;
  }
}

function filled(order: OrderView, shares: number, at: string): OrderView {
  const state = shares >= order.quantity ? 'filled' : 'partially-filled';
  const fill = { kind: 'filled', at, quantity: shares, price: order.price, detail: '' } as const;
  const filledValue = shares * order.price - (shares > 1 ? 100 : 0);
  return { ...order, state, filled: shares, filledValue, steps: [...order.steps, fill] };
}

/** 10:00 in Seoul of the next session. */
function nextMorning(ms: number): number {
  const next = nextTradingDay(seoulDate(Temporal.Instant.fromEpochMilliseconds(ms)));
  return seoulInstant(next, Temporal.PlainTime.from('10:00')).epochMilliseconds;
}

function viewOf(id: InstrumentId) {
  const { symbol, name, market, kind, leverage } = listingOf(id.slice(4))!;
  return { symbol, name, market, kind, leverage };
}

/** Everything that was promised in answer to the last step has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
