import { randomBytes, randomInt } from 'node:crypto';

import type { WebSocket } from 'ws';

import type { BrokerEnvironment } from '#domain/environment.ts';

import { socketCodes } from '../../codes.ts';
import { heartbeatTrId } from '../../endpoints/feeds.ts';
import { registrationsMax } from '../../limits.ts';
import type { NoticeKey } from '../encode/encode-notice.ts';
import { readClientFrame, type ClientRequest } from './client-frame.ts';
import { offeredFeeds, type OfferedFeed } from './feed-table.ts';
import type { WireProfile } from './wire-profile.ts';

/** What a session asks of the server around it. */
export interface SessionHost {
  readonly environment: BrokerEnvironment;
  readonly htsId: string;
  /** The app key behind an approval key of this environment, or null. */
  appKeyOf(approvalKey: string): string | null;
  /** `User-Agent` of the latest request for an approval key of `appKey`; empty when it sent none. */
  approvalAgentOf(appKey: string): string;
  /** Takes the app key's one session; false when another live session has it. */
  claim(appKey: string, session: SocketSession): boolean;
}

/** What the request that opened a session said. */
export interface SessionOpening {
  /** The layouts that the address asked for; null when it did not say. */
  readonly profile: WireProfile | null;
  /** `User-Agent`; empty when there was none. */
  readonly agent: string;
}

/** Bytes a slow consumer may leave unread before books are skipped, and before it is cut off. */
const skipBooksAbove = 256 * 1024;
const cutOffAbove = 4 * 1024 * 1024;
const unansweredMax = 3;

/** What an acknowledgement is about; the broker writes `(null)` when it knows no TR id. */
interface Subject {
  readonly trId: string;
  readonly key: string;
}

const nobody: Subject = { trId: '(null)', key: '' };

/** One websocket connection: its registrations, its key, its heartbeat. @see spec §7 */
export class SocketSession {
  readonly #socket: WebSocket;
  readonly #host: SessionHost;
  readonly #registrations = new Set<string>();
  readonly noticeKey: NoticeKey = { key: lowercase(32), iv: randomBytes(8).toString('hex') };
  readonly opening: SessionOpening;
  /** Known of the client from its first good frame on. */
  #client = { approvalAgent: '', hasPersonalKey: false };
  #unanswered = 0;
  #appKey: string | null = null;

  constructor(socket: WebSocket, host: SessionHost, opening: SessionOpening = { profile: null, agent: '' }) {
    this.#socket = socket;
    this.#host = host;
    this.opening = opening;
    socket.on('message', (data) => this.#receive(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
    socket.on('pong', () => (this.#unanswered = 0));
    // What went wrong with a client's connection is the client's affair; `close` follows and cleans up.
    socket.on('error', () => socket.terminate());
  }

  get appKey(): string | null {
    return this.#appKey;
  }

  /** Who asked for the approval key of the first good frame, and whether that frame carried `personalseckey`. */
  get client(): { readonly approvalAgent: string; readonly hasPersonalKey: boolean } {
    return this.#client;
  }

  isRegistered(trId: string, key: string): boolean {
    return this.#registrations.has(`${trId}|${key}`);
  }

  /** Keys registered for a feed. */
  keysOf(trId: string): readonly string[] {
    const start = `${trId}|`;
    return [...this.#registrations].filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
  }

  /** Sends a data frame. Books may be dropped for a slow consumer; one that reads nothing at all is cut off. */
  push(frame: string, canSkip: boolean): void {
    const waiting = this.#socket.bufferedAmount;
    if (waiting > cutOffAbove) return this.drop();
    if (canSkip && waiting > skipBooksAbove) return;
    this.#socket.send(frame);
  }

  /** Ends the connection without a closing handshake. */
  drop(): void {
    this.#socket.terminate();
  }

  /** Ends the connection as KIS does when another session takes the app key. */
  kick(): void {
    this.#refuse('OPSP8996', 'ALREADY IN USE appkey', { trId: '(null)', key: '' });
    this.#socket.close();
  }

  /** Sends a heartbeat; a client that left three unanswered is dropped. */
  beat(datetime: string): void {
    if (this.#unanswered >= unansweredMax) return this.drop();
    this.#unanswered += 1;
    this.#socket.send(JSON.stringify({ header: { tr_id: heartbeatTrId, datetime } }));
  }

  #receive(message: string): void {
    const frame = readClientFrame(message, heartbeatTrId);
    if (frame.kind === 'invalid') return this.#refuse(frame.code, frame.message, nobody);
    if (frame.kind === 'heartbeat') this.#unanswered = 0;
    else this.#serve(frame.request);
  }

  #serve(request: ClientRequest): void {
    if (!this.#signIn(request)) return;
    const feed = this.#feedOf(request.trId);
    if (feed === null) return this.#refuse('OPSP8991', 'invalid tr_id : NOT FOUND', request);
    if (request.key === '') return this.#refuse('OPSP9990', 'tr_key : NOT FOUND', request);
    if (request.type === '1') return this.#register(feed, request);
    if (request.type === '2') return this.#unregister(request);
    this.#refuse('OPSP8997', 'invalid tr_type', request);
  }

  /** A feed of the other environment is as unknown here as one that does not exist. */
  #feedOf(trId: string): OfferedFeed | null {
    const feed = offeredFeeds.get(trId);
    if (feed === undefined) return null;
    return (this.#host.environment === 'real' ? feed.onReal : feed.onPaper) ? feed : null;
  }

  /** Any good approval key of the session's app key will do: some clients bring a new one with every frame. */
  #signIn(request: ClientRequest): boolean {
    const appKey = this.#host.appKeyOf(request.approvalKey);
    if (appKey === null || (this.#appKey !== null && this.#appKey !== appKey)) {
      this.#refuse(socketCodes.invalidApproval, 'invalid approval : NOT FOUND', request);
      return false;
    }
    if (this.#appKey !== null) return true;
    if (!this.#host.claim(appKey, this)) {
      this.#refuse(socketCodes.appKeyInUse, 'ALREADY IN USE appkey', nobody);
      this.#socket.close();
      return false;
    }
    this.#appKey = appKey;
    this.#client = { approvalAgent: this.#host.approvalAgentOf(appKey), hasPersonalKey: request.hasPersonalKey };
    return true;
  }

  #register(feed: OfferedFeed, { trId, key }: ClientRequest): void {
    if (feed.isNotice && key !== this.#host.htsId) return this.#refuse('OPSP8992', 'invalid tr_key', { trId, key });
    const registration = `${trId}|${key}`;
    if (this.#registrations.has(registration)) {
      return this.#acknowledge({ trId, key }, ['1', socketCodes.alreadySubscribed, 'ALREADY IN SUBSCRIBE']);
    }
    if (this.#registrations.size >= registrationsMax) {
      return this.#acknowledge({ trId, key }, ['1', socketCodes.tooManyRegistrations, 'MAX SUBSCRIBE OVER']);
    }
    this.#registrations.add(registration);
    this.#acknowledge({ trId, key }, ['0', socketCodes.subscribed, 'SUBSCRIBE SUCCESS']);
  }

  #unregister({ trId, key }: ClientRequest): void {
    const isGone = this.#registrations.delete(`${trId}|${key}`);
    this.#acknowledge(
      { trId, key },
      isGone
        ? ['0', socketCodes.unsubscribed, 'UNSUBSCRIBE SUCCESS']
        : ['1', socketCodes.notSubscribed, 'UNSUBSCRIBE ERROR(not found!)'],
    );
  }

  #refuse(code: string, message: string, of: Subject): void {
    this.#acknowledge(of, ['9', code, message]);
  }

  /** Every acknowledgement carries key and iv: clients read them without asking. */
  #acknowledge({ trId, key }: Subject, [rt_cd, msg_cd, msg1]: readonly [string, string, string]): void {
    const encrypt = offeredFeeds.get(trId)?.isNotice === true ? 'Y' : 'N';
    const output = { iv: this.noticeKey.iv, key: this.noticeKey.key };
    const header = { tr_id: trId, tr_key: key, encrypt };
    this.#socket.send(JSON.stringify({ header, body: { rt_cd, msg_cd, msg1, output } }));
  }
}

function lowercase(count: number): string {
  let letters = '';
  for (let index = 0; index < count; index += 1) letters += String.fromCharCode(97 + randomInt(26));
  return letters;
}
