import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listings } from '#markets/listings.ts';
import { toldInstrument } from '#link/told-instrument.ts';
import { gatewaySocket, type Boot } from '#link/boot.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { listen, type Handlers, type Listener } from '#link/listener.ts';
import { hashToken, newToken } from '#link/token.ts';
import type { BarView, OrderView } from '#link/views.ts';
import { refusingHandlers } from './refusing-handlers.ts';

/** Market time at which every stand-in starts: a Tuesday, 10:00 in Seoul. */
export const startMs = Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds;

/** What the stand-in does with the next order: fill it at once, leave it open, deny it, or lose the connection after, or before, recording. */
export type OnSubmit = 'fill' | 'leave-open' | 'deny' | 'lose-answer' | 'lose-request';

/** A gateway for tests of the runner: a real listener on a real socket, orders in memory, trades when the test says. */
export class GatewayStandIn {
  readonly home = mkdtempSync(join(tmpdir(), 'snow-'));
  readonly tokens = { runner: newToken(), server: newToken() };
  readonly orders: OrderView[] = [];
  readonly submitted: string[] = [];
  /** What the runner said it wants no more. */
  readonly unwatched: string[] = [];
  readonly bars = new Map<string, BarView[]>();
  onSubmit: OnSubmit = 'fill';
  nowMs = startMs;
  #listener: Listener<GatewayApi> | null = null;
  /** Runners that have read everything and now wait for trades. */
  #settled = 0;
  /** A runner has subscribed and has not read its bars yet. */
  #isNew = false;
  readonly #prices = new Map<string, number>();
  readonly #waiting: { readonly isTrue: () => boolean; readonly resolve: () => void }[] = [];

  /** What the supervisor would hand the runner. */
  boot(options: Boot['options']): Boot {
    return {
      home: this.home,
      environment: 'trial',
      runFolder: this.home,
      build: 'test',
      token: this.tokens.runner,
      tokenHashes: { server: hashToken(this.tokens.server) },
      testbed: null,
      options,
    };
  }

  async open(): Promise<void> {
    this.#listener = await listen({
      socketPath: join(this.home, gatewaySocket),
      api: gatewayApi,
      tokenHashes: { runner: hashToken(this.tokens.runner) },
      handlers: this.#handlers(),
    });
  }

  /** Ends every connection, as a killed gateway does; `open` starts it again with the same orders. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    await listener?.close();
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  /** One trade of the market at `atMs`. */
  tick(symbol: string, price: number, atMs: number): void {
    this.nowMs = Math.max(this.nowMs, atMs);
    this.#prices.set(symbol, price);
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toString();
    this.#listener?.push('tick', { symbol, at, price, quantity: 10, volumeOfDay: 1_000 });
  }

  /** Tells the runner that trades are missing since then, or that the bars until then are whole. */
  gap(gap: { readonly kind: 'open' | 'filled'; readonly symbols: string[] }, atMs: number): void {
    const at = Temporal.Instant.fromEpochMilliseconds(atMs).toString();
    const { kind, symbols } = gap;
    this.#listener?.push('gap', kind === 'open' ? { kind, symbols, from: at } : { kind, symbols, to: at });
  }

  /** Resolves as soon as `isTrue` after something happened here. */
  until(isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ isTrue, resolve }));
  }

  /** The order as filled, or so far as `shares` say, told to the runner. */
  execute(order: OrderView, shares = order.quantity): void {
    const filled: OrderView = {
      ...order,
      state: shares === order.quantity ? 'filled' : 'partially-filled',
      filled: shares,
      filledValue: shares * order.price,
    };
    this.#keep(filled);
    this.#listener?.push('order', filled);
  }

  /** Resolves when a runner that was not counted before has read all it wants to know. */
  async subscribed(): Promise<void> {
    await this.until(() => this.#settled > 0);
    this.#settled -= 1;
  }

  #keep(order: OrderView): void {
    const index = this.orders.findIndex((one) => one.orderId === order.orderId);
    if (index < 0) this.orders.push(order);
    else this.orders[index] = order;
    this.#happened();
  }

  #happened(): void {
    for (const waiting of this.#waiting.splice(0)) {
      if (waiting.isTrue()) waiting.resolve();
      else this.#waiting.push(waiting);
    }
  }

  async #submit(request: Parameters<Handlers<GatewayApi>['submit']>[0]): Promise<OrderView> {
    const known = this.orders.find((order) => order.requestId === request.requestId);
    this.submitted.push(request.requestId);
    if (known !== undefined) return known;
    if (this.onSubmit === 'lose-request') {
      void this.close().then(() => this.#happened());
      return new Promise(() => undefined);
    }
    const { requestId, strategy, symbol, side, quantity, price, reason } = request;
    const order: OrderView = {
      orderId: `order-${this.orders.length + 1}`,
      requestId,
      requester: strategy ?? 'cli',
      symbol,
      side,
      quantity,
      price,
      filled: 0,
      filledValue: 0,
      state: 'acked',
      brokerOrderId: String(this.orders.length + 1),
      reason,
      checks: [],
      steps: [],
      createdAt: this.#now(),
    };
    const { onSubmit } = this;
    if (onSubmit === 'deny') {
      const check = { code: 'order-value', actual: quantity * price, limit: 1_000_000, unit: 'won', passed: false };
      const denied: OrderView = { ...order, state: 'denied', brokerOrderId: null, checks: [check] };
      this.#keep(denied);
      return denied;
    }
    this.#keep(order);
    if (onSubmit === 'fill') this.execute(order);
    if (onSubmit !== 'lose-answer') return order;
    void this.close().then(() => this.#happened());
    return new Promise(() => undefined);
  }

  get isOpen(): boolean {
    return this.#listener !== null;
  }

  #now(): string {
    return Temporal.Instant.fromEpochMilliseconds(this.nowMs).toString();
  }

  #handlers(): Handlers<GatewayApi> {
    return refusingHandlers({
      status: async () => this.#status(),
      instruments: async () => listings.map((listing) => toldInstrument(listing)),
      quotes: async () => [...this.#prices].map(([symbol, price]) => this.#quote(symbol, price)),
      bars: async ({ symbol, count }) => {
        // The last thing that the runner asks of a gateway with one instrument; a second time when a minute closed meanwhile.
        if (this.#isNew) this.#settled += 1;
        this.#isNew = false;
        setImmediate(() => this.#happened());
        return (this.bars.get(symbol) ?? []).slice(-count);
      },
      portfolio: async () => ({
        cash: 10_000_000,
        orderableCash: 10_000_000,
        equity: 10_000_000,
        equityAtOpen: 10_000_000,
        realisedOfDay: 0,
        unrealised: 0,
        feesOfDay: 0,
        taxOfDay: 0,
        positions: [],
        confirmedAt: null,
        at: this.#now(),
      }),
      orders: async ({ strategy, limit }) =>
        this.orders
          .filter((order) => order.requester === strategy)
          .toReversed()
          .slice(0, limit),
      submit: (request) => this.#submit(request),
      cancel: async ({ orderId }) => this.#cancel(orderId),
      limits: async () => [],
      subscribe: async () => {
        this.#isNew = true;
        return {};
      },
      unwatch: async ({ symbols }) => {
        this.unwatched.push(...symbols);
        this.#happened();
        return {};
      },
    });
  }

  #cancel(orderId: string): OrderView {
    const order = this.orders.find((one) => one.orderId === orderId);
    if (order === undefined) throw new Error(`no order ${orderId}`);
    const cancelled: OrderView = { ...order, state: 'cancelled' };
    this.#keep(cancelled);
    return cancelled;
  }

  #quote(symbol: string, price: number) {
    const prices = { price, basePrice: price, open: price, high: price, low: price };
    return { symbol, ...prices, upperLimit: price * 2, lowerLimit: 1, volumeOfDay: 0, at: this.#now() };
  }

  #status() {
    const closed = 'closed' as const;
    return {
      environment: 'trial' as const,
      broker: 'stand-in',
      account: '••0000-01',
      now: this.#now(),
      clockSpeed: 1,
      session: { kind: 'continuous' as const, opensAt: null, closesAt: null },
      halted: null,
      connections: { orders: closed, quotes: closed, balance: closed, stream: closed },
      requestsPerSecond: { used: 0, limit: 1 },
      registrations: { used: 0, limit: 1, unwatched: [], withoutBook: [] },
      tokenExpiresAt: null,
      unknownOrders: 0,
      journal: { sequence: 0, hash: '' },
      build: 'test',
    };
  }
}
