import { symbolOf } from '#domain/instrument.ts';
import type { Tick } from '#domain/market-data.ts';
import { won } from '#domain/won.ts';
import type { EventData, Role } from '#link/api.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { listen, type Listener } from '#link/listener.ts';
import type { StatusView } from '#link/views.ts';
import type { BarGap } from './market/bar-gaps.ts';
import type { DeskOrder } from './desk/state.ts';
import { EquityOfDay } from './equity-of-day.ts';
import type { Gateway } from './gateway.ts';
import { gatewayHandlers } from './handlers/handlers.ts';
import { orderView } from './handlers/order-view.ts';
import { ResumeProof } from './safety/resume-proof.ts';
import { StepUp } from './handlers/step-up.ts';
import { Subscriptions } from './market/subscriptions.ts';

export interface ServeOptions {
  readonly gateway: Gateway;
  readonly socketPath: string;
  readonly tokenHashes: Readonly<Partial<Record<Role, string>>>;
  readonly tokenEndsAt?: Readonly<Partial<Record<Role, string>>>;
  readonly status: () => StatusView;
  /** The web acts without the person's word at the terminal; true in trial mode alone when not said. */
  readonly isWebConvenient?: boolean;
  /** Real milliseconds that only grow, for the time in which the person's word counts. */
  readonly elapsedMs?: () => number;
  /** Where the vault's door says for which code its passphrase was typed; nobody says so when not given. */
  readonly resumeProof?: ResumeProof;
  /** A key file opened the vault. */
  readonly isOpenedByCredential?: boolean;
  readonly onFault: (error: unknown) => void;
  /** The reason in the file that halts, while it is there; no such file when not said. */
  readonly haltFile?: () => string | null;
  /** Throws when the broker's key is too old to be traded with; never where there is no such key. */
  readonly checkKey?: (() => void) | undefined;
}

export interface Served {
  tick(tick: Tick): void;
  barGap(gap: BarGap): void;
  order(order: DeskOrder): void;
  statusChanged(): void;
  close(): Promise<void>;
}

const quotesEveryMs = 100;
const portfolioEveryMs = 500;
const statusEveryMs = 1_000;

/** Opens the gateway's socket and pushes what subscribers asked for: ticks and orders at once, the rest coalesced. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { gateway, status } = options;
  const subscriptions = new Subscriptions();
  const equity = new EquityOfDay();
  const isConvenient = options.isWebConvenient ?? gateway.environment === 'trial';
  const elapsedMs = options.elapsedMs ?? (() => performance.now());
  const stepUp = new StepUp({ environment: gateway.environment, isConvenient, elapsedMs });
  const listener = await listen<GatewayApi>({
    socketPath: options.socketPath,
    api: gatewayApi,
    tokenHashes: options.tokenHashes,
    ...(options.tokenEndsAt === undefined ? {} : { tokenEndsAt: options.tokenEndsAt }),
    admit: (method, params, caller) => stepUp.require(method, params, caller),
    handlers: gatewayHandlers(gateway, {
      status,
      subscriptions,
      equity,
      stepUp,
      isWebConvenient: isConvenient,
      haltFile: options.haltFile,
      checkKey: options.checkKey,
      resumeProof: options.resumeProof ?? new ResumeProof(elapsedMs),
      isOpenedByCredential: options.isOpenedByCredential === true,
      onSubscribed: (connectionId, topics) => {
        // Before the answer: whoever hears ticks from now on knows first which minutes are not whole.
        const gaps = topics.includes('tick') ? gateway.feed.gaps.list() : [];
        for (const gap of gaps) pusher.barGap(gap, new Set([connectionId]));
      },
    }),
    onDisconnect: ({ connectionId }) => {
      subscriptions.remove(connectionId);
      gateway.feed.forget(connectionId);
    },
    onFault: options.onFault,
    coalesce: keyOf,
  });
  const pusher = new Pusher(options, listener, subscriptions, equity);
  const timers = [
    setInterval(() => pusher.quotes(), quotesEveryMs),
    setInterval(() => pusher.portfolio(), portfolioEveryMs),
    setInterval(() => pusher.status(), statusEveryMs),
  ];
  return {
    tick: (tick) => pusher.tick(tick),
    barGap: (gap) => pusher.barGap(gap),
    order: (order) => pusher.order(order),
    statusChanged: () => pusher.status(),
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await listener.close();
    },
  };
}

/** Under which a newer event takes the place of one that a slow reader has not taken yet; orders are never dropped. */
function keyOf(event: keyof GatewayApi['events'], data: unknown): string | null {
  if (event === 'order') return null;
  const hasSymbol = typeof data === 'object' && data !== null && 'symbol' in data;
  if (event === 'book') return hasSymbol ? `book/${String(data.symbol)}` : 'book';
  // Ticks make bars: dropping one would be wrong, so a reader that cannot keep up is disconnected and starts anew.
  return event === 'portfolio' || event === 'status' ? event : null;
}

function gapView(gap: BarGap): EventData<GatewayApi, 'gap'> {
  const symbols = gap.instruments.map(symbolOf);
  if (gap.kind === 'open') return { kind: 'open', symbols, from: instantOf(gap.fromMs) };
  return { kind: 'filled', symbols, to: instantOf(gap.toMs) };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(epochMs)).toString();
}

class Pusher {
  readonly #options: ServeOptions;
  readonly #listener: Listener<GatewayApi>;
  readonly #subscriptions: Subscriptions;
  readonly #equity: EquityOfDay;

  constructor(
    options: ServeOptions,
    listener: Listener<GatewayApi>,
    subscriptions: Subscriptions,
    equity: EquityOfDay,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#subscriptions = subscriptions;
    this.#equity = equity;
  }

  tick({ instrument, at, price, quantity, volumeOfDay }: Tick): void {
    const connections = this.#subscriptions.of('tick');
    if (connections === null) return;
    const data = { symbol: symbolOf(instrument), at: at.toString(), price, quantity, volumeOfDay };
    this.#listener.push('tick', data, connections);
  }

  barGap(gap: BarGap, only?: ReadonlySet<number>): void {
    const connections = only ?? this.#subscriptions.of('tick');
    if (connections !== null) this.#listener.push('gap', gapView(gap), connections);
  }

  order(order: DeskOrder): void {
    const connections = this.#subscriptions.of('order');
    if (connections !== null) this.#listener.push('order', orderView(order), connections);
  }

  quotes(): void {
    const { quotes, books } = this.#options.gateway.feed.quotes.takeChanges();
    const forQuotes = this.#subscriptions.of('quotes');
    if (forQuotes !== null && quotes.length > 0) this.#listener.push('quotes', [...quotes], forQuotes);
    const forBooks = this.#subscriptions.of('book');
    if (forBooks !== null) for (const book of books) this.#listener.push('book', book, forBooks);
  }

  portfolio(): void {
    const portfolio = this.#options.gateway.portfolio();
    if (portfolio === null) return;
    this.#equity.note(this.#options.gateway.clock.now(), won(portfolio.equity));
    const connections = this.#subscriptions.of('portfolio');
    if (connections !== null) this.#listener.push('portfolio', portfolio, connections);
  }

  status(): void {
    const connections = this.#subscriptions.of('status');
    if (connections !== null) this.#listener.push('status', this.#options.status(), connections);
  }
}
