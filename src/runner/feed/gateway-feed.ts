import { instrumentId } from '#domain/instrument.ts';
import type { EventData } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { OrderView, StatusView } from '#link/views.ts';
import type { MarketClock } from './market-clock.ts';
import type { MarketMemory } from './market-memory.ts';
import type { BarTick } from './minute-bars.ts';
import type { GatewayLink } from '../order-line.ts';

export interface FeedOptions {
  readonly gateway: GatewayLink;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  readonly onTick: (tick: BarTick) => void;
  readonly onOrder: (order: OrderView) => void;
  /** Trades are missing, or the gateway's bars are whole again; `null` when the link is lost and all is asked anew. */
  readonly onGap: (gap: EventData<GatewayApi, 'gap'> | null) => void;
  /** After every return of the link, when clock, market and account are told again. */
  readonly onReady: () => Promise<void>;
}

const topics = ['tick', 'order', 'portfolio', 'quotes', 'status'] as const;
/** Between two looks at limits, which have no event, and two tries at reading all after a try that failed. */
const limitsMs = 10_000;
const againMs = 500;

/** Keeps clock, market and account as the gateway tells them, and passes trades and orders on. */
export class GatewayFeed {
  readonly #options: FeedOptions;
  readonly #stops: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #again: NodeJS.Timeout | null = null;
  #isReady = false;
  #isRefreshing = false;

  constructor(options: FeedOptions) {
    const { gateway, market } = options;
    this.#options = options;
    this.#stops.push(
      gateway.on('tick', (tick) => this.#tick(tick)),
      gateway.on('order', options.onOrder),
      gateway.on('gap', options.onGap),
      gateway.on('portfolio', (portfolio) => market.portfolio(portfolio)),
      gateway.on('quotes', (quotes) => market.quotes(quotes)),
      gateway.on('status', (status) => this.#status(status)),
      gateway.onState((state) => {
        this.#isReady = false;
        if (state === 'down') options.onGap(null);
        if (state === 'up') void this.#refresh();
      }),
    );
    this.#timer = setInterval(() => void this.#refresh(), limitsMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#again !== null) clearTimeout(this.#again);
    for (const stop of this.#stops) stop();
  }

  #tick(tick: {
    readonly symbol: string;
    readonly at: string;
    readonly price: number;
    readonly quantity: number;
  }): void {
    const { clock, market, onTick } = this.#options;
    const atMs = Temporal.Instant.from(tick.at).epochMilliseconds;
    clock.notBefore(atMs);
    market.traded(tick.symbol, tick.price);
    onTick({ instrument: instrumentId(tick.symbol), atMs, price: tick.price, quantity: tick.quantity });
  }

  #status(status: StatusView): void {
    this.#options.clock.tell(Temporal.Instant.from(status.now).epochMilliseconds, status.clockSpeed);
  }

  /** All of it after the link came up, only the limits later. A link lost meanwhile comes up again and starts this anew. */
  async #refresh(): Promise<void> {
    const { gateway, market } = this.#options;
    if (gateway.state === 'down' || this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      market.limits(await gateway.call('limits', {}));
      if (!this.#isReady) await this.#readAll();
    } catch {
      // Until a try succeeds nothing is decided on what may be old.
      this.#again = setTimeout(() => void this.#refresh(), againMs);
    } finally {
      this.#isRefreshing = false;
    }
  }

  async #readAll(): Promise<void> {
    const { gateway, market } = this.#options;
    await gateway.call('subscribe', { topics: [...topics] });
    this.#status(await gateway.call('status', {}));
    market.instruments(await gateway.call('instruments', {}));
    market.quotes(await gateway.call('quotes', {}));
    market.portfolio(await gateway.call('portfolio', {}));
    await this.#options.onReady();
    this.#isReady = true;
  }
}
