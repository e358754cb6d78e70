import type { IncomingMessage } from 'node:http';

import { WebSocketServer } from 'ws';

import type { BrokerEnvironment } from '#domain/environment.ts';
import { seoul } from '#domain/trading-date.ts';

import { encodeNotice, encryptNotice } from '../encode/encode-notice.ts';
import type { Faults } from '../host/faults.ts';
import type { Broker } from '../host/route.ts';
import type { Print } from '../venue/floor/day-stats.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import type { Board, MarketOperation } from '../venue/floor/market-operation.ts';
import type { VenueNotice } from '../venue/venue-notice.ts';
import { bookFrames, tradeFrames } from './domestic-feeds.ts';
import { feedFrameTexts, type FeedFrame } from './feed-frame.ts';
import { operationFrames } from './operation-feeds.ts';
import { PacedFeeds } from './paced-feeds.ts';
import { PushFaults } from './push-faults.ts';
import { SocketSession, type SessionHost, type SessionOpening } from './socket-session.ts';
import { profileOfClient } from './client-profile.ts';
import { wireProfile, type ProfileRule, type WireProfile } from './wire-profile.ts';

const frameMaxBytes = 16 * 1024;
const connectionsMax = 64;

export interface SocketServerOptions {
  readonly environment: BrokerEnvironment;
  readonly port: number;
  /** Layouts of a session that neither its address nor the console has chosen others for. */
  readonly profile: ProfileRule;
  readonly broker: Broker;
  readonly faults: Faults;
  readonly pingSeconds: number;
}

/** Records about one overseas symbol, in the newest layout. */
export interface OverseasRecords {
  readonly trId: 'HDFSCNT0' | 'HDFSASP0' | 'HDFSASP1';
  /** The key that clients register, `DNASAAPL`. */
  readonly key: string;
  readonly records: readonly (readonly string[])[];
}

/** The websocket host of one environment: any path, one live session an app key. @see spec §7 */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #server: WebSocketServer;
  readonly #sessions = new Set<SocketSession>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #faults: PushFaults;
  readonly #paced: PacedFeeds;
  readonly #phases = new Map<Board, string>();
  /** Profiles that the console has chosen, by app key; two keys, two entries. */
  readonly #chosen = new Map<string, WireProfile>();

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#faults = new PushFaults(options.faults);
    this.#paced = new PacedFeeds(options.broker, this.#isWanted);
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: options.port,
      maxPayload: frameMaxBytes,
      perMessageDeflate: false,
      verifyClient: (_info: { req: IncomingMessage }) => this.#sessions.size < connectionsMax,
    });
    this.#server.on('connection', (socket, request) => {
      const host = this.#sessionHost(request.socket.remoteAddress ?? '');
      const session = new SocketSession(socket, host, openingOf(request));
      this.#sessions.add(session);
      socket.on('close', () => this.#sessions.delete(session));
    });
    this.#heartbeat = setInterval(() => this.#beat(), options.pingSeconds * 1000);
    this.#heartbeat.unref();
  }

  /** Settles when the port is open; rejects with the system's error when it cannot be. */
  async listening(): Promise<number> {
    if (this.#server.address() === null) {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('listening', resolve);
        this.#server.once('error', reject);
      });
    }
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : this.#options.port;
  }

  dropAll(): void {
    for (const session of this.#sessions) session.drop();
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.dropAll();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Layouts for the sessions of `appKey`, those of now included; null takes the choice back. */
  chooseProfile(appKey: string, profile: WireProfile | null): void {
    if (profile === null) this.#chosen.delete(appKey);
    else this.#chosen.set(appKey, profile);
  }

  /** Trades, and what follows from them: index levels and values of ETFs. */
  pushTrades(prints: ReadonlyMap<Desk, readonly Print[]>): void {
    if (this.#sessions.size === 0) return;
    const { broker } = this.#options;
    for (const [desk, list] of prints) {
      for (const frame of tradeFrames(broker, desk, list, this.#isWanted)) this.#push(frame);
    }
    for (const frame of this.#paced.frames([...prints.keys()], broker.venue.floor.reached)) this.#push(frame);
  }

  pushBooks(desks: ReadonlySet<Desk>, at: Temporal.Instant): void {
    if (this.#sessions.size === 0) return;
    for (const desk of desks) {
      for (const frame of bookFrames(this.#options.broker, desk, at, this.#isWanted)) this.#push(frame);
    }
  }

  pushOperations(operations: readonly MarketOperation[]): void {
    const { floor } = this.#options.broker.venue;
    const keysOf = (trId: string): readonly string[] => this.#keysOf(trId);
    for (const operation of operations) {
      for (const frame of operationFrames(operation, { floor, keysOf, phases: this.#phases })) this.#push(frame);
    }
  }

  /** What the simulated market abroad has to say; books may be skipped for a slow consumer, trades may not. */
  pushOverseas({ trId, key, records }: OverseasRecords): void {
    this.#push({ trId, key, records, layout: null, canSkip: trId !== 'HDFSCNT0' });
  }

  /** Whether anybody on this host listens to an overseas feed: what nobody wants need not be encoded. */
  wantsOverseas(trId: OverseasRecords['trId'], key: string): boolean {
    return this.#isWanted(trId, key);
  }

  pushNotice(notice: VenueNotice): void {
    this.#pushSealed(['H0STCNI0', 'H0STCNI9'], notice, (session) =>
      encodeNotice(notice, this.#options.broker.credentials, this.#profileOf(session)),
    );
  }

  /** An encrypted notice of orders abroad, to the listeners of H0GSCNI0 and H0GSCNI9. */
  pushOverseasNotice(textFor: (profile: WireProfile) => string): void {
    for (const trId of ['H0GSCNI0', 'H0GSCNI9']) {
      for (const session of this.#listeners(trId, this.#options.broker.credentials.htsId)) {
        const text = textFor(this.#profileOf(session));
        session.push(`1|${trId}|001|${encryptNotice(text, session.noticeKey)}`, false);
      }
    }
  }

  #pushSealed(trIds: readonly string[], notice: VenueNotice, textFor: (session: SocketSession) => string): void {
    for (const trId of trIds) {
      const sessions = this.#listeners(trId, this.#options.broker.credentials.htsId);
      if (sessions.length === 0) continue;
      const frameOf = (session: SocketSession, isGarbled: boolean): string => {
        const { noticeKey } = session;
        const key = isGarbled ? { ...noticeKey, key: 'x'.repeat(32) } : noticeKey;
        return `1|${trId}|001|${encryptNotice(textFor(session), key)}`;
      };
      this.#faults.notice({ trId, sessions, notice, frameOf });
    }
  }

  /** Sessions of one profile get the same text; a fault is drawn once a text. */
  #push(frame: FeedFrame): void {
    const listeners = this.#listeners(frame.trId, frame.key);
    const profiles = new Set(listeners.map((session) => this.#profileOf(session)));
    for (const profile of profiles) {
      const sessions = listeners.filter((session) => this.#profileOf(session) === profile);
      for (const text of feedFrameTexts(frame, profile)) {
        this.#faults.feed(frame.trId, sessions, text, frame.canSkip);
      }
    }
  }

  /** The address decides, then the console's choice for the app key, then how the simulator was started. */
  #profileOf(session: SocketSession): WireProfile {
    const { opening } = session;
    const asked = opening.profile ?? this.#chosen.get(session.appKey ?? '') ?? this.#options.profile;
    if (asked !== 'auto') return asked;
    return profileOfClient({ ...session.client, openingAgent: opening.agent });
  }

  readonly #isWanted = (trId: string, key: string): boolean => {
    for (const session of this.#sessions) if (session.isRegistered(trId, key)) return true;
    return false;
  };

  #keysOf(trId: string): readonly string[] {
    return [...new Set([...this.#sessions].flatMap((session) => session.keysOf(trId)))];
  }

  #listeners(trId: string, key: string): readonly SocketSession[] {
    return [...this.#sessions].filter((session) => session.isRegistered(trId, key));
  }

  #sessionHost(address: string): SessionHost {
    const { environment, broker } = this.#options;
    return {
      environment,
      htsId: broker.credentials.htsId,
      appKeyOf: (key) => this.#appKeyOf(key),
      approvalAgentOf: (appKey) => broker.signIn.approvalAgent(appKey),
      claim: (appKey) => {
        if ([...this.#sessions].some((session) => session.appKey === appKey)) return false;
        broker.signIn.used(appKey, address, 'websocket');
        return true;
      },
    };
  }

  #appKeyOf(approvalKey: string): string | null {
    const approved = this.#options.broker.signIn.approvedKey(approvalKey);
    return approved?.environment === this.#options.environment ? approved.appKey : null;
  }

  #beat(): void {
    const now = this.#options.broker.clock.now().toZonedDateTimeISO(seoul).toPlainDateTime();
    const datetime = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:T]/g, '');
    for (const session of this.#sessions) session.beat(datetime);
  }
}

/** `?profile=2025` in the address asks for layouts; anything else there says nothing. */
function openingOf(request: IncomingMessage): SessionOpening {
  const asked = new URL(request.url ?? '/', 'http://loopback').searchParams.get('profile') ?? '';
  return { profile: wireProfile(asked), agent: request.headers['user-agent'] ?? '' };
}
