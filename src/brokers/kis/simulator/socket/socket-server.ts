import type { IncomingMessage } from 'node:http';

import { WebSocketServer } from 'ws';

import type { BrokerEnvironment } from '#domain/environment.ts';
import { seoul } from '#domain/trading-date.ts';

import type { SimulatorCredentials } from '../host/credentials.ts';
import type { Print } from '../venue/day-stats.ts';
import { encodeBookRecord } from '../encode/encode-book-record.ts';
import { encodeNotice, encryptNotice } from '../encode/encode-notice.ts';
import { encodeTradeRecord } from '../encode/encode-trade-record.ts';
import { pushFaults, type Faults } from '../host/faults.ts';
import type { Desk } from '../venue/market-floor.ts';
import type { SignIn } from '../host/sign-in.ts';
import { SocketSession, type SessionHost } from './socket-session.ts';
import type { VenueClock } from '../venue/venue-clock.ts';
import type { VenueNotice } from '../venue/venue-notice.ts';
import type { VenueState } from '../venue/venue-state.ts';
import type { WireProfile } from './wire-profile.ts';

/** Records of one frame at most; a busier beat takes several frames. */
const recordsMax = 20;
const frameMaxBytes = 16 * 1024;
const connectionsMax = 64;

export interface SocketServerOptions {
  readonly environment: BrokerEnvironment;
  readonly port: number;
  readonly profile: WireProfile;
  readonly credentials: SimulatorCredentials;
  readonly signIn: SignIn;
  readonly faults: Faults;
  readonly clock: VenueClock;
  readonly state: VenueState;
  readonly pingSeconds: number;
}

/** The websocket host of one environment: any path, one live session an app key. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #server: WebSocketServer;
  readonly #sessions = new Set<SocketSession>();
  readonly #heartbeat: NodeJS.Timeout;
  /** The notice that the fault `notice-reordered` holds back. */
  #heldBack: (() => void) | null = null;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port: options.port,
      maxPayload: frameMaxBytes,
      perMessageDeflate: false,
      verifyClient: (_info: { req: IncomingMessage }) => this.#sessions.size < connectionsMax,
    });
    const host: SessionHost = {
      htsId: options.credentials.htsId,
      appKeyOf: (key) => this.#appKeyOf(key),
      claim: (appKey) => ![...this.#sessions].some((session) => session.appKey === appKey),
    };
    this.#server.on('connection', (socket) => {
      const session = new SocketSession(socket, host);
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

  pushTrades(prints: ReadonlyMap<Desk, readonly Print[]>): void {
    const { profile, state } = this.#options;
    for (const [desk, list] of prints) {
      const listeners = this.#listeners('H0STCNT0', desk.instrument.symbol);
      if (listeners.length === 0) continue;
      for (let start = 0; start < list.length; start += recordsMax) {
        const records = list.slice(start, start + recordsMax);
        const fields = records.flatMap((print) => encodeTradeRecord(desk, print, { date: state.date, profile }));
        const frame = `0|H0STCNT0|${String(records.length).padStart(3, '0')}|${fields.join('^')}`;
        this.#send('H0STCNT0', listeners, frame, false);
      }
    }
  }

  pushBooks(desks: ReadonlySet<Desk>, at: Temporal.Instant): void {
    const { profile, state } = this.#options;
    for (const desk of desks) {
      const listeners = this.#listeners('H0STASP0', desk.instrument.symbol);
      if (listeners.length === 0) continue;
      const fields = encodeBookRecord(desk, at, { date: state.date, profile });
      this.#send('H0STASP0', listeners, `0|H0STASP0|001|${fields.join('^')}`, true);
    }
  }

  pushNotice(notice: VenueNotice): void {
    const { credentials, profile, faults } = this.#options;
    const text = encodeNotice(notice, credentials, profile);
    for (const trId of ['H0STCNI0', 'H0STCNI9']) {
      const listeners = this.#listeners(trId, credentials.htsId);
      if (listeners.length === 0) continue;
      const fault = faults.strike(trId, pushFaults);
      const deliver = (): void => this.#deliverNotice(trId, listeners, text, fault?.fault ?? null);
      if (fault?.fault === 'notice-late') setTimeout(deliver, fault.delayMs).unref();
      else if (fault?.fault === 'notice-reordered') this.#heldBack = deliver;
      else this.#deliverInTurn(deliver);
    }
  }

  #deliverInTurn(deliver: () => void): void {
    const held = this.#heldBack;
    this.#heldBack = null;
    deliver();
    held?.();
  }

  #deliverNotice(trId: string, listeners: readonly SocketSession[], text: string, fault: string | null): void {
    if (fault === 'notice-missing') return;
    for (const session of listeners) {
      if (fault === 'socket-drop') {
        session.drop();
        continue;
      }
      const key = fault === 'notice-undecryptable' ? { ...session.noticeKey, key: 'x'.repeat(32) } : session.noticeKey;
      const frame = `1|${trId}|001|${encryptNotice(text, key)}`;
      session.push(frame, false);
      if (fault === 'notice-duplicate') session.push(frame, false);
    }
  }

  #send(trId: string, listeners: readonly SocketSession[], frame: string, canSkip: boolean): void {
    const fault = this.#options.faults.strike(trId, ['socket-drop']);
    for (const session of listeners) {
      if (fault === null) session.push(frame, canSkip);
      else session.drop();
    }
  }

  #listeners(trId: string, key: string): readonly SocketSession[] {
    const listeners: SocketSession[] = [];
    for (const session of this.#sessions) if (session.isRegistered(trId, key)) listeners.push(session);
    return listeners;
  }

  #appKeyOf(approvalKey: string): string | null {
    const approved = this.#options.signIn.approvedKey(approvalKey);
    return approved?.environment === this.#options.environment ? approved.appKey : null;
  }

  #beat(): void {
    const now = this.#options.clock.now().toZonedDateTimeISO(seoul).toPlainDateTime();
    const datetime = now.toString({ smallestUnit: 'second' }).replaceAll(/[-:T]/g, '');
    for (const session of this.#sessions) session.beat(datetime);
  }
}
