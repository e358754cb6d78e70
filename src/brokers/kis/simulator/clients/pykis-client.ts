import assert from 'node:assert/strict';
import { once } from 'node:events';

import type { HostCredentials } from '../host/credentials.ts';
import { SocketListener, type Ack } from '../fixtures/socket-listener.ts';
import type { RawAnswer } from '../fixtures/wire-client.ts';
import { readRecords } from './pykis-judge.ts';
import { rawCall } from './raw-call.ts';

/** A row of an answer, or the fields of a call. */
export type Fields = Readonly<Record<string, string>>;
/** Rows of one list of an answer. */
export type Rows = readonly Fields[];

const agent = { 'User-Agent': 'PyKis/2.1.6' };
/** Where prices are read. */
export const quotations = '/uapi/domestic-stock/v1/quotations';
/** Where orders and accounts are. */
export const trading = '/uapi/domestic-stock/v1/trading';
/** Where orders and accounts of other countries are. */
export const abroad = '/uapi/overseas-stock/v1/trading';

/** pykis on one host: no custtype, no hashkey, `Authorization` with a capital, tr_cont on later pages alone. */
export class PyKisHost {
  readonly host: string;
  readonly #keys: HostCredentials;
  #token = '';

  constructor(host: string, keys: HostCredentials) {
    this.host = host;
    this.#keys = keys;
  }

  /** The account as its forms add it. */
  get account(): Fields {
    return { CANO: this.#keys.account.slice(0, 8), ACNT_PRDT_CD: this.#keys.account.slice(8) };
  }

  async signIn(): Promise<void> {
    const body = { grant_type: 'client_credentials', appkey: this.#keys.appKey, appsecret: this.#keys.appSecret };
    const headers = { 'Content-Type': 'application/json', ...agent };
    const token = (await rawCall({ host: this.host, path: '/oauth2/tokenP', headers, body })).body();
    const expires = String(token['access_token_token_expired']);
    assert.match(expires, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.deepEqual([token['token_type'], typeof token['expires_in']], ['Bearer', 'number']);
    this.#token = String(token['access_token']);
  }

  /** A new approval key, as before every frame that registers or takes back. */
  async approval(): Promise<string> {
    const body = { grant_type: 'client_credentials', appkey: this.#keys.appKey, secretkey: this.#keys.appSecret };
    const headers = { 'Content-Type': 'application/json', ...agent };
    const answer = await rawCall({ host: this.host, path: '/oauth2/Approval', headers, body });
    return String(answer.body()['approval_key']);
  }

  #headers(trId: string): Fields {
    const { appKey, appSecret } = this.#keys;
    return { tr_id: trId, appkey: appKey, appsecret: appSecret, Authorization: `Bearer ${this.#token}`, ...agent };
  }

  get(path: string, trId: string, query: Fields, more: Fields = {}): Promise<RawAnswer> {
    return rawCall({ host: this.host, path, headers: { ...this.#headers(trId), ...more }, query });
  }

  post(path: string, trId: string, body: Fields): Promise<RawAnswer> {
    const headers = { ...this.#headers(trId), 'Content-Type': 'application/json' };
    return rawCall({ host: this.host, path, headers, body });
  }
}

/** pykis' websocket: a fresh approval key in every frame, the heartbeat sent back as text. */
export class PyKisSocket {
  readonly #host: PyKisHost;
  readonly listener: SocketListener;

  private constructor(host: PyKisHost, listener: SocketListener) {
    this.#host = host;
    this.listener = listener;
  }

  static async open(host: PyKisHost, url: string): Promise<PyKisSocket> {
    const listener = new SocketListener(`${url}/tryitout`);
    await once(listener.socket, 'open');
    return new PyKisSocket(host, listener);
  }

  async ask(type: '1' | '2', trId: string, key: string): Promise<Ack['body']> {
    const { body } = await this.listener.ask(await this.#host.approval(), type, trId, key);
    return body;
  }

  /** Reads on until a frame of each start has come, and gives them in the order of `starts`. */
  async heard(starts: readonly string[]): Promise<readonly string[]> {
    const found = new Map<string, string>();
    while (found.size < starts.length) {
      const frame = await this.listener.next();
      const start = starts.find((one) => frame.startsWith(one));
      if (start !== undefined) found.set(start, frame);
    }
    return starts.map((start) => found.get(start) ?? '');
  }
}

/** The records of a frame, by the layout of their feed. */
export function recordsOf(frame: string, layout: Parameters<typeof readRecords>[2]): readonly (readonly string[])[] {
  const [, , count = '', payload = ''] = frame.split('|');
  return readRecords(payload.split('^'), Number(count), layout);
}
