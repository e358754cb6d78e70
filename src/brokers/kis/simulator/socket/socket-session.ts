import { randomBytes, randomInt } from 'node:crypto';

import type { WebSocket } from 'ws';
import { z } from 'zod';

import { registrationsMax } from '../../limits.ts';
import type { NoticeKey } from '../encode/encode-notice.ts';

/** Feeds a host offers; `isNotice` ones are keyed by HTS id and encrypted. */
const feeds: Readonly<Record<string, { readonly isNotice: boolean }>> = {
  H0STCNT0: { isNotice: false },
  H0STASP0: { isNotice: false },
  H0STCNI0: { isNotice: true },
  H0STCNI9: { isNotice: true },
  // Nothing is traded abroad here; public clients register these by themselves.
  H0GSCNI0: { isNotice: true },
  H0GSCNI9: { isNotice: true },
};

/** What a session asks of the server around it. */
export interface SessionHost {
  readonly htsId: string;
  /** The app key behind an approval key of this environment, or null. */
  appKeyOf(approvalKey: string): string | null;
  /** Takes the app key's one session; false when another live session has it. */
  claim(appKey: string, session: SocketSession): boolean;
}

const text = z.string().max(200).default('');
const clientFrame = z.object({
  header: z.looseObject({ approval_key: text, tr_type: text, tr_id: text }),
  body: z.object({ input: z.object({ tr_id: text, tr_key: text }) }).optional(),
});

type ClientFrame = z.infer<typeof clientFrame>;

/** Bytes a slow consumer may leave unread before books are skipped, and before it is cut off. */
const skipBooksAbove = 256 * 1024;
const cutOffAbove = 4 * 1024 * 1024;
const unansweredMax = 3;

/** One websocket connection: its registrations, its key, its heartbeat. @see spec §7 */
export class SocketSession {
  readonly #socket: WebSocket;
  readonly #host: SessionHost;
  readonly #registrations = new Set<string>();
  readonly noticeKey: NoticeKey = { key: lowercase(32), iv: randomBytes(8).toString('hex') };
  #unanswered = 0;
  #appKey: string | null = null;

  constructor(socket: WebSocket, host: SessionHost) {
    this.#socket = socket;
    this.#host = host;
    socket.on('message', (data) => this.#receive(Buffer.isBuffer(data) ? data.toString('utf8') : ''));
    socket.on('pong', () => (this.#unanswered = 0));
    // What went wrong with a client's connection is the client's affair; `close` follows and cleans up.
    socket.on('error', () => socket.terminate());
  }

  get appKey(): string | null {
    return this.#appKey;
  }

  isRegistered(trId: string, key: string): boolean {
    return this.#registrations.has(`${trId}|${key}`);
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

  /** Sends a heartbeat; a client that left three unanswered is dropped. */
  beat(datetime: string): void {
    if (this.#unanswered >= unansweredMax) return this.drop();
    this.#unanswered += 1;
    this.#socket.send(JSON.stringify({ header: { tr_id: 'PINGPONG', datetime } }));
  }

  #receive(message: string): void {
    const frame = readFrame(message);
    if (frame === null) return this.#refuse('OPSP9999', 'invalid json format', { trId: '(null)', key: '' });
    if (frame.header.tr_id === 'PINGPONG') {
      this.#unanswered = 0;
      return;
    }
    const trId = frame.body?.input.tr_id ?? '';
    const key = frame.body?.input.tr_key ?? '';
    if (!this.#signIn(frame.header.approval_key, { trId, key })) return;
    if (feeds[trId] === undefined) return this.#refuse('OPSP8991', 'invalid tr_id : NOT FOUND', { trId, key });
    const type = frame.header.tr_type;
    if (type === '1') return this.#register(trId, key);
    if (type === '2') return this.#unregister(trId, key);
    this.#refuse('OPSP8997', 'invalid tr_type', { trId, key });
  }

  /** Any good approval key of the session's app key will do: some clients bring a new one with every frame. */
  #signIn(approvalKey: string, of: { trId: string; key: string }): boolean {
    const appKey = this.#host.appKeyOf(approvalKey);
    if (appKey === null || (this.#appKey !== null && this.#appKey !== appKey)) {
      this.#refuse('OPSP0011', 'invalid approval : NOT FOUND', of);
      return false;
    }
    if (this.#appKey !== null) return true;
    if (!this.#host.claim(appKey, this)) {
      this.#refuse('OPSP8996', 'ALREADY IN USE appkey', { trId: '(null)', key: '' });
      this.#socket.close();
      return false;
    }
    this.#appKey = appKey;
    return true;
  }

  #register(trId: string, key: string): void {
    const isNotice = feeds[trId]?.isNotice === true;
    if (isNotice && key !== this.#host.htsId) return this.#refuse('OPSP8992', 'invalid tr_key', { trId, key });
    const registration = `${trId}|${key}`;
    if (this.#registrations.has(registration))
      return this.#acknowledge(trId, key, ['1', 'OPSP0002', 'ALREADY IN SUBSCRIBE']);
    if (this.#registrations.size >= registrationsMax) {
      return this.#acknowledge(trId, key, ['1', 'OPSP0008', 'MAX SUBSCRIBE OVER']);
    }
    this.#registrations.add(registration);
    this.#acknowledge(trId, key, ['0', 'OPSP0000', 'SUBSCRIBE SUCCESS']);
  }

  #unregister(trId: string, key: string): void {
    const isGone = this.#registrations.delete(`${trId}|${key}`);
    this.#acknowledge(
      trId,
      key,
      isGone ? ['0', 'OPSP0001', 'UNSUBSCRIBE SUCCESS'] : ['1', 'OPSP0003', 'UNSUBSCRIBE ERROR(not found!)'],
    );
  }

  #refuse(code: string, message: string, of: { trId: string; key: string }): void {
    this.#acknowledge(of.trId, of.key, ['9', code, message]);
  }

  /** Every acknowledgement carries key and iv: clients read them without asking. */
  #acknowledge(trId: string, key: string, [rt_cd, msg_cd, msg1]: readonly [string, string, string]): void {
    const encrypt = feeds[trId]?.isNotice === true ? 'Y' : 'N';
    const output = { iv: this.noticeKey.iv, key: this.noticeKey.key };
    const header = { tr_id: trId, tr_key: key, encrypt };
    this.#socket.send(JSON.stringify({ header, body: { rt_cd, msg_cd, msg1, output } }));
  }
}

function readFrame(message: string): ClientFrame | null {
  try {
    const result = clientFrame.safeParse(JSON.parse(message));
    return result.success ? result.data : null;
  } catch {
    // Told to the client as OPSP9999.
    return null;
  }
}

function lowercase(count: number): string {
  let letters = '';
  for (let index = 0; index < count; index += 1) letters += String.fromCharCode(97 + randomInt(26));
  return letters;
}
