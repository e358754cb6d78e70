import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { isOpen } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import type { OrderView } from '#link/views.ts';
import { listingOf } from '#markets/listings.ts';
import type { Strategy, StrategyContext } from '#strategy/strategy.ts';
import { MarketClock } from '../market-clock.ts';
import { MarketMemory } from '../market-memory.ts';
import type { GatewayLink } from '../order-line.ts';
import { RulesBrain } from '../rules-brain.ts';
import { StrategyHost } from '../strategy-host.ts';
import type { StrategyPlan } from '../strategy-plan.ts';
import { replayDay } from './replay-day.ts';
import { ReplayedMarket } from './replayed-market.ts';

const ids: readonly InstrumentId[] = [instrumentId('005930'), instrumentId('000660')];
/** A Tuesday, 15:05 in Seoul: half an hour reaches into the closing auction. */
const startMs = Temporal.Instant.from('2026-11-17T06:05:00Z').epochMilliseconds;
const today = 20_261_117;

/** Asks for everything that can be asked for, notes all that it can read; what it does depends on what it saw alone. */
function restless(seed: number): Strategy {
  let count = 0;
  const random = new Random(seed);
  const asked: string[] = [];
  const note = (context: StrategyContext, instrument: InstrumentId, what: string): void => {
    const held = context.position(instrument);
    const account = `${context.cash} ${context.equity} ${context.positionCount} ${context.nowMs}`;
    const own = `${held?.quantity ?? 0}@${held?.averagePrice ?? 0} ${context.hasOpenOrder(instrument)}`;
    context.log(instrument, `${what} ${own} ${account}`);
  };
  return {
    name: 'restless',
    instruments: ids,
    interval: '1m',
    warmUpBars: 0,
    onBar(context, instrument, bar, isWarmUp) {
      note(context, instrument, isWarmUp ? 'history' : `bar ${(count += 1)}`);
      if (isWarmUp) return;
      const at = (bps: number) => context.limitPrice(instrument, 'buy', bar.close, bps);
      const shares = quantity(1 + random.below(9));
      const buy = { instrument, side: 'buy', quantity: shares, price: at(50), reason: `b${count}` } as const;
      const sell = { ...buy, side: 'sell', price: at(-50), reason: `s${count}` } as const;
      const exits = { stopPrice: at(-30), targetPrice: at(30), trailingBps: 40 };
      const wishes: readonly (() => unknown)[] = [
        () => asked.push(context.submit(buy)),
        () => asked.push(context.submit({ ...buy, exits })),
        () => asked.push(context.submit({ ...buy, pricing: 'market', exits: { stopPrice: at(-20) } })),
        () => asked.push(context.submit({ ...buy, trigger: { kind: 'stop', price: at(20) }, pricing: 'market' })),
        () => asked.push(context.submit({ ...sell, pricing: 'market' })),
        () => asked.push(context.submit({ ...sell, trigger: { kind: 'trailing', distanceBps: 25 } })),
        () => asked.push(context.submit({ ...sell, pricing: 'market-on-close' })),
        () => [40, -40].map((bps) => context.submit({ ...sell, price: at(bps), group: `g${count}` })),
        () => context.cancel(asked[random.below(asked.length)] ?? 'nothing'),
      ];
      wishes[random.below(wishes.length + 3)]?.();
    },
    onOrder(context, update) {
      note(context, update.instrument, `${update.side} ${update.state} ${update.filled} ${update.code}`);
      if (update.state === 'denied') return;
      const again = { instrument: update.instrument, side: 'buy', quantity: quantity(1), price: won(50_000) } as const;
      if (random.chance(0.1)) asked.push(context.submit({ ...again, reason: 'again' }));
    },
  };
}

type Step =
  | { readonly kind: 'trade'; readonly which: number; readonly move: number; readonly seconds: number }
  | { readonly kind: 'fill'; readonly order: number; readonly share: number }
  | { readonly kind: 'fate'; readonly next: 'acked' | 'denied' | 'filled' | 'lost' }
  | { readonly kind: 'account'; readonly cash: number }
  | { readonly kind: 'restart' };

const trade = fc.record({
  kind: fc.constant('trade' as const),
  which: fc.nat(1),
  move: fc.integer({ min: -4, max: 4 }),
  seconds: fc.integer({ min: 1, max: 45 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: trade },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('fill' as const), order: fc.nat(9), share: fc.constantFrom(0.5, 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fate' as const),
      next: fc.constantFrom('acked' as const, 'denied' as const, 'filled' as const, 'lost' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('account' as const), cash: fc.integer({ min: 0, max: 9_000_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

test('parity: any day, whatever is filled, denied, lost or restarted in it, is decided the same again', async () => {
  let lines = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), fc.array(step, { minLength: 40, maxLength: 90 }), async (seed, steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'sb-replay-'));
      try {
        const plan = planOf(seed);
        const day = new Day(folder, plan);
        await day.live(steps);
        const market = new ReplayedMarket();
        const outcome = await replayDay({ folder, date: today, plan, market });
        lines += outcome.lines;

        assert.deepEqual(outcome.difference, null);
        assert.deepEqual([outcome.otherOrders, outcome.failure], [[], null]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
    { numRuns: 8 },
  );
  assert.ok(lines > 100, `only ${lines} lines were compared`);
});

function planOf(seed: number): StrategyPlan {
  return {
    name: 'restless',
    kind: 'rules',
    symbols: ids.map((id) => id.slice(4)),
    interval: '1m',
    remark: '',
    brain: (context, events) => new RulesBrain(restless(seed), context, events),
  };
}

/** A gateway in memory, and the room of one strategy before it. */
class Day {
  readonly #folder: string;
  readonly #plan: StrategyPlan;
  readonly #clock = new MarketClock(() => 0);
  readonly #orders: OrderView[] = [];
  readonly #prices = [70_000, 200_000];
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

  async live(steps: readonly Step[]): Promise<void> {
    await this.#begin();
    for (const one of steps) {
      await this.#take(one);
      this.#host.clock();
      await settled();
    }
    await this.#host.stop();
  }

  async #take(one: Step): Promise<void> {
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
    }
  }

  async #begin(): Promise<void> {
    this.#market.instruments(ids.map((id) => viewOf(id)));
    this.#market.quotes(ids.map((id, which) => this.#quote(id, which)));
    this.#tellAccount();
    await this.#host.start();
    await this.#host.sync();
    await settled();
  }

  #trade({ which, move, seconds }: Extract<Step, { kind: 'trade' }>): void {
    const tick = which === 0 ? 100 : 500;
    this.#nowMs += seconds * 1_000;
    this.#prices[which] = Math.max(40_000, this.#prices[which]! + move * tick);
    this.#clock.tell(this.#nowMs, 1);
    const [instrument, price] = [ids[which]!, this.#prices[which] ?? 0];
    this.#market.traded(instrument.slice(4), price);
    this.#host.tick({ instrument, atMs: this.#nowMs, price, quantity: 10 });
  }

  #fill({ order: which, share }: Extract<Step, { kind: 'fill' }>): void {
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
      basePrice: which === 0 ? 70_500 : 199_000,
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

function viewOf(id: InstrumentId) {
  const { symbol, name, market, kind, leverage } = listingOf(id.slice(4))!;
  return { symbol, name, market, kind, leverage };
}

/** Everything that was promised in answer to the last step has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
