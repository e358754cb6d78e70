import type { InstrumentId } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { ReconnectingSocket } from '#wire/reconnecting-socket.ts';

import type { BrokerStream, StreamListener } from '../../broker.ts';
import type { KisSignIn } from '../calls/auth.ts';
import { socketCodes } from '../codes.ts';
import { heartbeatTrId, kisFeeds, socketPath } from '../endpoints/feeds.ts';
import { timeoutsOf, type KisBrokerOptions, type KisIncident } from '../options.ts';
import { KisRegistrations } from './registrations.ts';
import { readSocketAnswer, type SocketAnswer } from './socket-answer.ts';
import { decryptNotice, parseFrame, splitRecords, type NoticeKey, type StreamFrame } from './stream-frame.ts';
import { noticeOf, orderBookOf, tickOf } from './stream-records.ts';
import { bookRecord, noticeRecord, tradeRecord } from '../wire-types.ts';

export interface KisStreamOptions {
  readonly broker: KisBrokerOptions;
  readonly webSocket: URL;
  readonly signIn: KisSignIn;
  readonly listener: StreamListener;
  report(incident: KisIncident): void;
}

type DataFrame = Extract<StreamFrame, { kind: 'data' }>;

/** The one websocket session an app key may have: trades, books and the account's notices. */
export class KisStream implements BrokerStream {
  readonly #options: KisStreamOptions;
  readonly #registrations: KisRegistrations;
  readonly #socket: ReconnectingSocket;
  readonly #noticeTrId: string;
  /** Read once: a notice must be understood after the vault was sealed, too. */
  readonly #account: string;
  #approvalKey = '';
  #noticeKey: NoticeKey | null = null;
  /** Since when something may have been missed; null before the first connection and while all is well. */
  #gapSince: Temporal.Instant | null = null;
  #isAnnounced = false;
  /** Incidents of this connection by kind and feed: each is told once, or a broken feed would flood the person. */
  #told = new Set<string>();
  #registrationTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: KisStreamOptions) {
    const { broker, webSocket } = options;
    const { silenceMs, connectMs, reconnectBaseMs } = timeoutsOf(broker);
    this.#options = options;
    this.#account = broker.credentials.account().reveal();
    this.#noticeTrId = kisFeeds.orderNotice[broker.environment];
    this.#registrations = new KisRegistrations({
      trId: this.#noticeTrId,
      trKey: broker.credentials.htsId().reveal(),
    });
    this.#socket = new ReconnectingSocket({
      url: (webSocket.pathname === '/' ? new URL(socketPath, webSocket) : webSocket).href,
      allowedOrigins: [`${webSocket.protocol}//${webSocket.host}`],
      prepare: async () => {
        this.#approvalKey = (await options.signIn.approvalKey()).reveal();
      },
      onOpen: () => this.#register(),
      onMessage: (text) => this.#message(text),
      onDown: (detail) => this.#down(detail),
      random: broker.random,
      silenceMs,
      handshakeMs: connectMs,
      backoffBaseMs: reconnectBaseMs,
    });
  }

  /** The whole set wanted from now on. @throws {FixConfiguration} `kis.too-many-registrations` */
  watch(instruments: readonly InstrumentId[]): void {
    const { added, removed } = this.#registrations.want(instruments);
    for (const registration of removed) this.#send('2', registration.trId, registration.trKey);
    if (added.length > 0) this.#isAnnounced = false;
    const sent = added.filter((registration) => this.#send('1', registration.trId, registration.trKey));
    // Without a connection nothing is sent now: `#register` sends the whole set as soon as there is one.
    if (sent.length > 0) this.#expectAnswers();
    this.#announceWhenComplete();
  }

  async close(): Promise<void> {
    this.#stopWaiting();
    await this.#socket.close();
  }

  #register(): void {
    this.#told = new Set();
    this.#isAnnounced = false;
    for (const { trId, trKey } of this.#registrations.restart()) this.#send('1', trId, trKey);
    this.#expectAnswers();
  }

  #expectAnswers(): void {
    this.#stopWaiting();
    const giveUp = (): void => this.#socket.restart('registrations were not answered');
    this.#registrationTimer = setTimeout(giveUp, timeoutsOf(this.#options.broker).registrationMs);
  }

  #stopWaiting(): void {
    if (this.#registrationTimer !== null) clearTimeout(this.#registrationTimer);
    this.#registrationTimer = null;
  }

  #send(type: '1' | '2', trId: string, trKey: string): boolean {
    const header = { approval_key: this.#approvalKey, custtype: 'P', tr_type: type, 'content-type': 'utf-8' };
    return this.#socket.send(JSON.stringify({ header, body: { input: { tr_id: trId, tr_key: trKey } } }));
  }

  #down(detail: string): void {
    this.#stopWaiting();
    this.#noticeKey = null;
    this.#gapSince ??= this.#options.broker.clock.now();
    this.#options.listener.onState({ kind: 'closed', detail });
  }

  #message(text: string): void {
    const frame = parseFrame(text);
    if (frame.kind === 'data') this.#data(frame);
    else if (frame.kind === 'control') this.#control(frame.text);
    else this.#tellOnce('unreadable-frame', '', 'a message that is neither data nor control');
  }

  #control(text: string): void {
    const answer = readSocketAnswer(text);
    if (answer === null) this.#tellOnce('unreadable-frame', '', 'a control message that cannot be read');
    // The heartbeat goes back exactly as it came.
    else if (answer.trId === heartbeatTrId) this.#socket.send(text);
    else this.#answered(answer);
  }

  #answered(answer: SocketAnswer): void {
    const { trId, trKey, code } = answer;
    if (code === socketCodes.unsubscribed || code === socketCodes.notSubscribed) return;
    if (code === socketCodes.subscribed || code === socketCodes.alreadySubscribed) {
      if (trId === this.#noticeTrId) this.#noticeKey = answer.noticeKey ?? this.#noticeKey;
      if (trId === this.#noticeTrId && this.#noticeKey === null) {
        this.#drift('undecryptable-notice', trId, 'registered without a key for the notices');
        return;
      }
      this.#registrations.acknowledge(trId, trKey);
      this.#announceWhenComplete();
      return;
    }
    const kind = code === socketCodes.appKeyInUse ? 'app-key-in-use' : 'registration-refused';
    this.#drift(kind, trId, `registration of ${trId === this.#noticeTrId ? 'notices' : trKey} answered with ${code}`);
    // One instrument that is refused must not cost the others their prices; without notices the session is worth nothing.
    if (trId === this.#noticeTrId) return;
    this.#registrations.acknowledge(trId, trKey);
    this.#announceWhenComplete();
  }

  #announceWhenComplete(): void {
    if (this.#isAnnounced || !this.#registrations.isComplete()) return;
    this.#isAnnounced = true;
    this.#stopWaiting();
    this.#socket.settled();
    const since = this.#gapSince;
    this.#gapSince = null;
    const detail =
      since === null ? 'registered' : `registered again; anything since ${since.toString()} may be missing`;
    this.#options.listener.onState({ kind: 'open', detail });
  }

  #data(frame: DataFrame): void {
    if (frame.trId === kisFeeds.trade.real) this.#trades(frame);
    else if (frame.trId === kisFeeds.orderBook.real) this.#orderBooks(frame);
    else if (frame.trId === this.#noticeTrId) this.#notices(frame);
    else this.#tellOnce('unreadable-frame', frame.trId, 'data of a feed that was not registered');
  }

  #trades(frame: DataFrame): void {
    for (const fields of this.#records(frame, frame.payload, tradeRecord.fieldsMin)) {
      const tick = tickOf(fields);
      if (tick === null) this.#drift('unreadable-frame', frame.trId, 'a trade that cannot be');
      else if (this.#registrations.isWanted(tick.instrument)) this.#options.listener.onTick(tick);
    }
  }

  #orderBooks(frame: DataFrame): void {
    for (const fields of this.#records(frame, frame.payload, bookRecord.fieldsMin)) {
      const book = orderBookOf(fields, this.#today());
      if (book === null) this.#drift('unreadable-frame', frame.trId, 'an order book that cannot be');
      else if (this.#registrations.isWanted(book.instrument)) this.#options.listener.onOrderBook(book);
    }
  }

  #notices(frame: DataFrame): void {
    const clear = this.#clearText(frame);
    if (clear === null) {
      this.#drift('undecryptable-notice', frame.trId, 'an order notice could not be decrypted: ask for the orders');
      return;
    }
    for (const fields of this.#records(frame, clear, noticeRecord.fieldsMin)) {
      const notice = noticeOf(fields, this.#account, this.#today());
      if (notice === null) this.#drift('unreadable-frame', frame.trId, 'an order notice that cannot be');
      else if (typeof notice === 'object') this.#options.listener.onOrderNotice(notice);
    }
  }

  #clearText(frame: DataFrame): string | null {
    if (!frame.isEncrypted) return frame.payload;
    return this.#noticeKey === null ? null : decryptNotice(frame.payload, this.#noticeKey);
  }

  #records(frame: DataFrame, payload: string, fieldsMin: number): readonly (readonly string[])[] {
    const records = splitRecords(payload, frame.count, fieldsMin);
    if (records === null) this.#drift('field-drift', frame.trId, `fewer than ${fieldsMin} fields a record`);
    return records ?? [];
  }

  #today(): Temporal.PlainDate {
    return seoulDate(this.#options.broker.clock.now());
  }

  #drift(kind: KisIncident['kind'], trId: string, detail: string): void {
    if (this.#tellOnce(kind, trId, detail))
      this.#options.listener.onState({ kind: 'drift', detail: `${trId}: ${detail}` });
  }

  #tellOnce(kind: KisIncident['kind'], trId: string, detail: string): boolean {
    const name = `${kind} ${trId}`;
    // At most one for each kind and feed, and never more than fifty: the names come from outside.
    if (this.#told.has(name) || this.#told.size >= 50) return false;
    this.#told.add(name);
    this.#options.report({ kind, trId, detail });
    return true;
  }
}
