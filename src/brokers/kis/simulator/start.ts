import type { Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

import type { Clock } from '#domain/clock.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { listingOf } from '#markets/listings.ts';

import { kisLimits } from '../limits.ts';
import { usCashDefault } from './overseas/us-fees.ts';
import { startUsMarket, type UsMarket } from './overseas/us-market.ts';
import { createConsole } from './console/console.ts';
import {
  makeCredentials,
  readCredentials,
  type ChosenCredentials,
  type SimulatorCredentials,
} from './host/credentials.ts';
import { Faults } from './host/faults.ts';
import { fanOut } from './fan-out.ts';
import { createHostServer } from './host/host-server.ts';
import { stayClosed } from './host/port-pause.ts';
import type { MarketSource } from './venue/floor/market-source.ts';
import { RateLimiter } from './host/rate-limiter.ts';
import type { Broker } from './host/route.ts';
import { SignIn } from './host/sign-in.ts';
import { createTlsFront } from './host/tls-front.ts';
import { SocketServer } from './socket/socket-server.ts';
import type { SessionRule } from './venue/hours/trading-phases.ts';
import { Venue } from './venue/venue.ts';
import type { VenueClock } from './venue/venue-clock.ts';
import type { VenueEvent } from './venue/venue-event.ts';
import { openVenueLog, type VenueLog } from './venue/venue-log.ts';
import type { VenueListener } from './venue/venue-outbox.ts';
import { VenueState } from './venue/venue-state.ts';
import type { ProfileRule } from './socket/wire-profile.ts';

export interface KisSimulatorOptions {
  /** Ports on loopback; 0 takes any free one. */
  readonly restReal: number;
  readonly restPaper: number;
  readonly wsReal: number;
  readonly wsPaper: number;
  readonly console: number;
  /** Ports of the TLS fronts before the REST hosts; none if not said. */
  readonly tls?: { readonly paper: number; readonly real: number } | undefined;
  readonly profile: ProfileRule;
  /** Accepts what production has stopped to accept: balance `INQR_DVSN` 02. */
  readonly permissive: boolean;
  /** Calls a second as published: 18 real, 1 paper. */
  readonly limits: boolean;
  readonly session: SessionRule;
  /** Folder of the durable log; null keeps everything in memory. */
  readonly home: string | null;
  readonly market: MarketSource;
  readonly clock: VenueClock;
  /** Time on which tokens and approvals expire; the venue's clock if not said. */
  readonly signInClock?: Clock | undefined;
  readonly credentials?: ChosenCredentials | undefined;
  /** Won in each account at its first start; 10,000,000 if not said. */
  readonly cash?: number | undefined;
  /** 1/10,000 dollar in each account at its first start; 10,000 dollars if not said. */
  readonly usd?: number | undefined;
  /** Seconds between two heartbeats; 20 if not said. */
  readonly pingSeconds?: number | undefined;
  /** Seconds between two token issues of a key; 60 if not said. */
  readonly tokenThrottleSeconds?: number | undefined;
  /** Real milliseconds between two beats of the market; 100 if not said. */
  readonly beatMs?: number | undefined;
  /** Hears every print after it is recorded, as the websockets do. */
  readonly onPrints?: VenueListener['onPrints'] | undefined;
  /** Called once when the venue can no longer record events; the process should end. */
  readonly onFailure?: ((cause: unknown) => void) | undefined;
}

export interface SimulatorHosts {
  /** `http://127.0.0.1:port` */
  readonly rest: string;
  readonly restReal: string;
  /** `ws://127.0.0.1:port` */
  readonly webSocket: string;
  readonly webSocketReal: string;
  readonly console: string;
  /** `https://localhost:port` of both fronts, and what a client must trust; null without them. */
  readonly tls: { readonly paper: SecureHost; readonly real: SecureHost } | null;
}

/** A REST host behind TLS, with its certificate as PEM: new at every start, trusted by nobody. */
export interface SecureHost {
  readonly url: string;
  readonly certificate: string;
}

export interface KisSimulator {
  readonly hosts: SimulatorHosts;
  readonly credentials: SimulatorCredentials;
  /** Ends all connections and leaves the log closed. */
  close(): Promise<void>;
}

/**
 * A KIS server on loopback: both environments, their websockets and the fault console, over one simulated exchange.
 *
 * @throws FixConfiguration `simulator.port-in-use` · `simulator.log-unusable` · `simulator.clock-behind`
 */
export async function startKisSimulator(options: KisSimulatorOptions): Promise<KisSimulator> {
  const log = openVenueLog(options.home);
  try {
    return await start(options, log);
  } catch (cause) {
    log.close();
    throw cause;
  }
}

async function start(options: KisSimulatorOptions, log: VenueLog): Promise<KisSimulator> {
  const { state, credentials } = recall(options, log);
  const faults = new Faults();
  const sockets: SocketServer[] = [];
  const listener = fanOut(sockets, () => venue.floor.reached, options.onPrints);
  const { market, clock, session } = options;
  const venue = new Venue({ market, clock, session, state, log, listener });
  venue.start();
  const throttleMs = (options.tokenThrottleSeconds ?? 60) * 1000;
  const recognisesClients = options.profile === 'auto';
  const signInClock = options.signInClock ?? clock;
  const signIn = new SignIn({ credentials, venue, clock: signInClock, throttleMs, recognisesClients });
  const usMarket = startUsMarket({
    clock,
    session,
    venue,
    credentials,
    audienceOf: (environment) => sockets[environment === 'paper' ? 0 : 1] ?? null,
  });
  const { us } = usMarket;
  const isPermissive = options.permissive;
  const broker: Broker = { venue, us, market, clock, signIn, credentials, isPermissive, recognisesClients };
  const servers: Server[] = [];
  const fronts: NetServer[] = [];
  const closeAll = async (): Promise<void> => {
    // Their connections end with those of the hosts behind them.
    for (const front of fronts) front.close();
    for (const server of servers) await closeServer(server);
    for (const socket of sockets) await socket.close();
  };
  try {
    const rest = async (environment: BrokerEnvironment, port: number): Promise<string> => {
      const limiter = options.limits ? new RateLimiter(kisLimits[environment].callsPerSecond) : null;
      const server = createHostServer({ environment, broker, faults, limiter });
      servers.push(server);
      return `http://127.0.0.1:${await listen(server, port)}`;
    };
    const webSocket = async (environment: BrokerEnvironment, port: number): Promise<string> => {
      const pingSeconds = options.pingSeconds ?? 20;
      const { profile } = options;
      const server = new SocketServer({ environment, port, profile, broker, faults, pingSeconds });
      sockets.push(server);
      return `ws://127.0.0.1:${await server.listening().catch((cause: unknown) => portInUse(port, cause))}`;
    };
    const console = createConsole({ broker, faults, sockets });
    servers.push(console);
    const secure = async (target: string, port: number): Promise<SecureHost> => {
      const { server, certificate } = createTlsFront({ faults, targetPort: Number(new URL(target).port) });
      fronts.push(server);
      return { url: `https://localhost:${await listen(server, port)}`, certificate };
    };
    const plain = {
      rest: await rest('paper', options.restPaper),
      restReal: await rest('real', options.restReal),
      webSocket: await webSocket('paper', options.wsPaper),
      webSocketReal: await webSocket('real', options.wsReal),
      console: `http://127.0.0.1:${await listen(console, options.console)}`,
    };
    const { tls } = options;
    const hosts: SimulatorHosts = {
      ...plain,
      tls: tls ? { paper: await secure(plain.rest, tls.paper), real: await secure(plain.restReal, tls.real) } : null,
    };
    const stopBeat = beat(venue, usMarket, options);
    return { hosts, credentials, close: () => (stopBeat(), closeAll().then(() => log.close())) };
  } catch (cause) {
    await closeAll();
    throw cause;
  }
}

/** Folds what earlier starts recorded, or opens a new account. */
function recall(options: KisSimulatorOptions, log: VenueLog): { state: VenueState; credentials: SimulatorCredentials } {
  const past = log.read();
  const first = past.next();
  const now = options.clock.now();
  if (first.done === true) return openNew(options, log, now);
  const opened = first.value;
  if (opened.kind !== 'opened') throw notOurs();
  const kept = readCredentials(opened.credentials);
  const state = new VenueState(opened, instrumentOf(options.market));
  for (const event of past) state.apply(event);
  if (now.epochMilliseconds < state.lastAt) {
    const reached = Temporal.Instant.fromEpochMilliseconds(state.lastAt).toString();
    throw new FixConfiguration(
      'simulator.clock-behind',
      `Cannot go on with the simulated venue: its clock says ${now.toString()}, wanted ${reached} or later. ` +
        'Start with a later date, or with a new folder.',
    );
  }
  return { state, credentials: makeCredentials(options.credentials ?? {}, kept) };
}

function openNew(
  options: KisSimulatorOptions,
  log: VenueLog,
  now: Temporal.Instant,
): { state: VenueState; credentials: SimulatorCredentials } {
  const credentials = makeCredentials(options.credentials ?? {}, null);
  const opened = {
    kind: 'opened' as const,
    credentials: JSON.stringify(credentials),
    cash: won(options.cash ?? 10_000_000),
    date: seoulDate(now).toString(),
    usd: options.usd ?? usCashDefault,
  };
  log.append([opened satisfies VenueEvent]);
  return { state: new VenueState(opened, instrumentOf(options.market)), credentials };
}

function instrumentOf(market: MarketSource) {
  const bySymbol = new Map(market.instruments.map((instrument) => [instrument.symbol, instrument]));
  return (symbol: string) => {
    const instrument = bySymbol.get(symbol) ?? listingOf(symbol);
    if (instrument === null) throw notOurs();
    return instrument;
  };
}

function beat(venue: Venue, usMarket: UsMarket, options: KisSimulatorOptions): () => void {
  const timer = setInterval(() => {
    try {
      venue.advance();
      usMarket.beat();
    } catch (cause) {
      clearInterval(timer);
      if (options.onFailure === undefined) throw cause;
      options.onFailure(cause);
    }
  }, options.beatMs ?? 100);
  return () => clearInterval(timer);
}

async function listen(server: NetServer, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  }).catch((cause: unknown) => portInUse(port, cause));
  return (server.address() as AddressInfo).port;
}

async function closeServer(server: Server): Promise<void> {
  stayClosed(server);
  if (!server.listening) return server.closeAllConnections();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function portInUse(port: number, cause: unknown): never {
  throw new FixConfiguration(
    'simulator.port-in-use',
    `Cannot listen on 127.0.0.1:${port}: it is in use or not allowed, wanted a free port. Stop the other program or choose another port.`,
    { cause },
  );
}

function notOurs(): FixConfiguration {
  return new FixConfiguration(
    'simulator.log-unusable',
    'Cannot read the log of the simulated venue: it belongs to another market, wanted one that this program wrote. ' +
      'Move the file away to start a new account.',
  );
}
