import type { InstrumentId } from '#domain/instrument.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { ReconnectingSocket } from '#wire/reconnecting-socket.ts';

import type { KisSignIn } from '../calls/auth.ts';
import { socketCodes } from '../codes.ts';
import { heartbeatTrId, kisFeeds, socketPath } from '../endpoints/feeds.ts';
import { timeoutsOf, type KisBrokerOptions, type KisIncident } from '../options.ts';
import { ApprovalKey } from './approval-key.ts';
import { FrameReader, type Trouble } from './frame-reader.ts';
import type { KisBrokerStream, KisFeedWant, KisStreamListener, KisWatchReport } from './kis-stream-listener.ts';
import type { KisRegistration } from './registration-plan.ts';
import { KisRegistrations } from './registrations.ts';
import { readSocketAnswer, type SocketAnswer } from './socket-answer.ts';
import { ToldOnce } from './told-once.ts';

export interface KisStreamOptions {
  readonly broker: KisBrokerOptions;
  readonly webSocket: URL;
  readonly signIn: KisSignIn;
  readonly listener: KisStreamListener;
  report(incident: KisIncident): void;
}

const brace = 0x7b;

/** The one websocket session an app key may have: trades, books, the account's notices, and more feeds if wanted. */
export class KisStream implements KisBrokerStream {
  readonly #options: KisStreamOptions;
  readonly #registrations: KisRegistrations;
  readonly #frames: FrameReader;
  readonly #socket: ReconnectingSocket;
  readonly #approval: ApprovalKey;
  readonly #noticeTrIds: ReadonlySet<string>;
  /** Since when something may have been missed; null before the first connection and while all is well. */
  #gapSince: Temporal.Instant | null = null;
  #isAnnounced = false;
  /** Of frames: told once a day. Of registrations: told once until all are acknowledged. */
  readonly #toldOfFrames = new ToldOnce();
  readonly #toldOfSession = new ToldOnce();
  #toldOn: Temporal.PlainDate | null = null;
  #registrationTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: KisStreamOptions) {
    const { broker, webSocket, listener } = options;
    const notices = noticesOf(options);
    this.#options = options;
    this.#noticeTrIds = new Set(notices.map(({ trId }) => trId));
    this.#registrations = new KisRegistrations({ environment: broker.environment, notices });
    this.#approval = new ApprovalKey(options.signIn, broker.clock);
    this.#frames = new FrameReader({
      environment: broker.environment,
      // Read once: a notice must be understood after the vault was sealed, too.
      account: broker.credentials.account().reveal(),
      listener,
      registrations: this.#registrations,
      today: () => this.#today(),
      onTrouble: (trouble) => this.#frameTrouble(trouble),
    });
    this.#socket = this.#opened(webSocket);
  }

  /**
   * The whole set wanted from now on; what finds no room is in the report.
   *
   * An approval key lasts a day and a session longer: before anything is registered late, the key is renewed.
   */
  watch(instruments: readonly InstrumentId[], more: readonly KisFeedWant[] = []): KisWatchReport {
    const { added, removed, report } = this.#registrations.want(instruments, more);
    if (added.length > 0) this.#isAnnounced = false;
    if (added.length + removed.length > 0 && this.#approval.isOld()) void this.#renewAndSend(removed, added);
    else this.#sendChanges(removed, added);
    this.#announceWhenComplete();
    return report;
  }

  async close(): Promise<void> {
    this.#stopWaiting();
    await this.#socket.close();
  }

  #opened(webSocket: URL): ReconnectingSocket {
    const { broker } = this.#options;
    const { silenceMs, connectMs, reconnectBaseMs } = timeoutsOf(broker);
    return new ReconnectingSocket({
      url: (webSocket.pathname === '/' ? new URL(socketPath, webSocket) : webSocket).href,
      allowedOrigins: [`${webSocket.protocol}//${webSocket.host}`],
      prepare: () => this.#approval.renew(),
      onOpen: () => this.#register(),
      onBytes: (bytes) => this.#message(bytes),
      onStrange: (detail) => this.#frameTrouble({ kind: 'strange-message', trId: '', detail, isNotice: false }),
      onDown: (detail) => this.#down(detail),
      random: broker.random,
      silenceMs,
      handshakeMs: connectMs,
      backoffBaseMs: reconnectBaseMs,
    });
  }

  #register(): void {
    this.#isAnnounced = false;
    for (const registration of this.#registrations.restart()) this.#send('1', registration);
    this.#expectAnswers();
  }

  async #renewAndSend(removed: readonly KisRegistration[], added: readonly KisRegistration[]): Promise<void> {
    try {
      await this.#approval.renew();
    } catch {
      // The old key may still do; if not, the refusal ends the connection and the next one begins with a new key.
    }
    const isHeld = ({ trId, trKey }: KisRegistration): boolean => this.#registrations.isWanted(trId, trKey);
    this.#sendChanges(
      removed.filter((registration) => !isHeld(registration)),
      added.filter(isHeld),
    );
  }

  #sendChanges(removed: readonly KisRegistration[], added: readonly KisRegistration[]): void {
    for (const registration of removed) this.#send('2', registration);
    const sent = added.filter((registration) => this.#send('1', registration));
    // Without a connection nothing is sent now: `#register` sends the whole set as soon as there is one.
    if (sent.length > 0) this.#expectAnswers();
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

  #send(type: '1' | '2', { trId, trKey }: KisRegistration): boolean {
    const header = {
      approval_key: this.#approval.current,
      custtype: 'P',
      tr_type: type,
      'content-type': 'utf-8',
    };
    return this.#socket.send(JSON.stringify({ header, body: { input: { tr_id: trId, tr_key: trKey } } }));
  }

  #down(detail: string): void {
    this.#stopWaiting();
    this.#frames.forgetKeys();
    this.#gapSince ??= this.#options.broker.clock.now();
    this.#options.listener.onState({ kind: 'closed', detail });
  }

  #message(bytes: Buffer): void {
    if (bytes[0] === brace) this.#control(bytes.toString('utf8'));
    else this.#frames.take(bytes);
  }

  #control(text: string): void {
    const answer = readSocketAnswer(text);
    if (answer === null) {
      const detail = 'a control message that cannot be read';
      this.#frameTrouble({ kind: 'unreadable-frame', trId: '', detail, isNotice: false });
    }
    // The heartbeat goes back exactly as it came; one that comes as a ping is answered by the socket itself.
    else if (answer.trId === heartbeatTrId) this.#socket.send(text);
    else this.#answered(answer);
  }

  #answered(answer: SocketAnswer): void {
    const { trId, trKey, code, noticeKey } = answer;
    if (code === socketCodes.unsubscribed || code === socketCodes.notSubscribed) return;
    if (code !== socketCodes.subscribed && code !== socketCodes.alreadySubscribed) {
      this.#refused(answer);
      return;
    }
    if (this.#noticeTrIds.has(trId)) {
      if (noticeKey !== null) this.#frames.learnKey(trId, noticeKey);
      if (!this.#frames.hasKey(trId)) {
        this.#sessionTrouble('undecryptable-notice', trId, 'registered without a key for the notices');
        return;
      }
    }
    this.#registrations.acknowledge(trId, trKey);
    this.#announceWhenComplete();
  }

  #refused({ trId, trKey, code }: SocketAnswer): void {
    const kind = code === socketCodes.appKeyInUse ? 'app-key-in-use' : 'registration-refused';
    const subject = this.#noticeTrIds.has(trId) ? 'notices' : trKey;
    this.#sessionTrouble(kind, trId, `registration of ${subject} answered with ${code}`);
    if (code === socketCodes.appKeyInUse) {
      // Somebody holds the session, perhaps our own before a lost connection: knocking faster helps neither.
      this.#socket.restart('the app key has a session already', timeoutsOf(this.#options.broker).sessionInUseMs);
      return;
    }
    if (code === socketCodes.invalidApproval || code === socketCodes.invalidAppKey) {
      this.#socket.restart(`the approval key was refused with ${code}`);
      return;
    }
    // One instrument that is refused must not cost the others their prices; without notices the session is worth nothing.
    if (this.#noticeTrIds.has(trId)) return;
    this.#registrations.acknowledge(trId, trKey);
    this.#announceWhenComplete();
  }

  #announceWhenComplete(): void {
    if (this.#isAnnounced || !this.#registrations.isComplete()) return;
    this.#isAnnounced = true;
    this.#stopWaiting();
    this.#socket.settled();
    this.#toldOfSession.forget();
    const since = this.#gapSince;
    this.#gapSince = null;
    const { listener, broker } = this.#options;
    if (since === null) listener.onState({ kind: 'open', detail: 'registered' });
    else {
      const detail = `registered again; anything since ${since.toString()} may be missing`;
      listener.onState({ kind: 'open', detail, gap: { from: since, to: broker.clock.now() } });
    }
  }

  #today(): Temporal.PlainDate {
    return seoulDate(this.#options.broker.clock.now());
  }

  /** A width that changed is worth a line in the log and nobody's attention: everything is read as before. */
  #frameTrouble({ kind, trId, detail, isNotice }: Trouble): void {
    const today = this.#today();
    if (this.#toldOn?.equals(today) !== true) this.#toldOfFrames.forget();
    this.#toldOn = today;
    const name = kind === 'unmapped-code' ? `${kind} ${trId} ${detail}` : `${kind} ${trId}`;
    const isNews = this.#toldOfFrames.isNews(name);
    if (isNews) this.#options.report({ kind, trId, detail });
    // Each notice that could not be read may be a fill: the gateway must ask for the orders every time.
    if ((isNews && kind !== 'unmapped-code') || isNotice) {
      this.#options.listener.onState({ kind: 'drift', detail: `${trId}: ${detail}` });
    }
  }

  #sessionTrouble(kind: KisIncident['kind'], trId: string, detail: string): void {
    if (!this.#toldOfSession.isNews(`${kind} ${trId}`)) return;
    this.#options.report({ kind, trId, detail });
    this.#options.listener.onState({ kind: 'drift', detail: `${trId}: ${detail}` });
  }
}

/** Order notices always; those of US orders when somebody listens to them. */
function noticesOf({ broker, listener }: KisStreamOptions): readonly KisRegistration[] {
  const trKey = broker.credentials.htsId().reveal();
  const { environment } = broker;
  const domestic = { trId: kisFeeds.orderNotice[environment], trKey };
  if (listener.onOverseasNotice === undefined) return [domestic];
  return [domestic, { trId: kisFeeds.overseasNotice[environment], trKey }];
}
