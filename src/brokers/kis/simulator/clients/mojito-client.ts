import assert from 'node:assert/strict';
import { once } from 'node:events';

import { SocketListener } from '../fixtures/socket-listener.ts';
import type { RawAnswer } from '../fixtures/wire-client.ts';
import type { HostCredentials } from '../host/credentials.ts';
import { noticeFields } from './notice-text.ts';
import { rawCall } from './raw-call.ts';

/** A row of an answer, or the fields of a call. */
export type Fields = Readonly<Record<string, string>>;
/** Rows of one list of an answer. */
export type Rows = readonly Fields[];

/** Joined to the host with one slash; paths that begin with one get two. */
export const quotations = '/uapi/domestic-stock/v1/quotations';
/** Joined like `quotations`. */
export const trading = '/uapi/domestic-stock/v1/trading';
/** Asks for Samsung on KRX. */
export const market = { fid_cond_mrkt_div_code: 'J', fid_input_iscd: '005930' };

/** What its HTTP library calls itself where it says nothing else. */
const agent = { 'User-Agent': 'python-requests/2.32.3', 'Accept-Encoding': 'gzip, deflate', Accept: '*/*' };

/**
 * What mojito takes from an answer without a fallback: a key that is missing, in the body or among the headers, raises
 * where it is asked for. It looks at no status and no `rt_cd`.
 */
function taken(object: unknown, name: string): unknown {
  const value = (object as Readonly<Record<string, unknown>>)[name];
  if (value === undefined) throw new Error(`KeyError: ${name}`);
  return value;
}

/** A text that `taken()` finds. */
export const takenText = (object: unknown, name: string): string => taken(object, name) as string;
/** A row that `taken()` finds. */
export const takenRow = (object: unknown, name: string): Fields => taken(object, name) as Fields;
/** Rows that `taken()` finds. */
export const takenRows = (object: unknown, name: string): Rows => taken(object, name) as Rows;

/** The header `tr_cont` must be there, whatever its value; `requests` finds it in any case. */
export function continuation(answer: RawAnswer): string {
  const value = answer.header('tr_cont');
  if (value === null) throw new Error('KeyError: tr_cont');
  return value;
}

/** mojito: lower-case query names, `appKey` and `appSecret`, hashkey before every order, never a `tr_cont: N`. */
export class Mojito {
  readonly #host: string;
  readonly #keys: HostCredentials;
  #token = '';

  constructor(host: string, keys: HostCredentials) {
    this.#host = host;
    this.#keys = keys;
  }

  get account(): Fields {
    return { CANO: this.#keys.account.slice(0, 8), ACNT_PRDT_CD: this.#keys.account.slice(8) };
  }

  async #open(path: string, body: Fields): Promise<RawAnswer> {
    return await rawCall({ host: this.#host, path, headers: { 'content-type': 'application/json', ...agent }, body });
  }

  async signIn(): Promise<void> {
    const { appKey, appSecret } = this.#keys;
    const body = { grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret };
    const answer = (await this.#open('/oauth2/tokenP', body)).body();
    this.#token = `Bearer ${takenText(answer, 'access_token')}`;
    assert.match(takenText(answer, 'access_token_token_expired'), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    assert.equal(typeof taken(answer, 'expires_in'), 'number');
  }

  async approval(): Promise<string> {
    const { appKey, appSecret } = this.#keys;
    const body = { grant_type: 'client_credentials', appkey: appKey, secretkey: appSecret };
    return takenText((await this.#open('/oauth2/Approval', body)).body(), 'approval_key');
  }

  #headers(trId: string, more: Fields = {}): Fields {
    const { appKey, appSecret } = this.#keys;
    const signed = { authorization: this.#token, appKey, appSecret, tr_id: trId };
    return { ...agent, 'content-type': 'application/json', ...signed, ...more };
  }

  get(path: string, trId: string, query: Fields, more: Fields = {}): Promise<RawAnswer> {
    return rawCall({ host: this.#host, path, headers: this.#headers(trId, more), query });
  }

  /** A hash of the body first, under the name of a browser; then the order with it. */
  async post(path: string, trId: string, body: Fields, more: Fields = {}): Promise<Record<string, unknown>> {
    const { appKey, appSecret } = this.#keys;
    const hashing = { 'content-type': 'application/json', appKey, appSecret, 'User-Agent': 'Mozilla/5.0' };
    const hash = await rawCall({ host: this.#host, path: '/uapi/hashkey', headers: hashing, body });
    const headers = this.#headers(trId, { ...more, hashkey: takenText(hash.body(), 'HASH') });
    return (await rawCall({ host: this.#host, path, headers, body })).body();
  }
}

/** Registers a list of feeds and then the notices, on the path `/`, without waiting for any answer between. */
export async function openSocket(client: Mojito, url: string, htsId: string): Promise<MojitoLoop> {
  const approval_key = await client.approval();
  const listener = new SocketListener(`${url}/`, { 'User-Agent': 'Python/3.11 websockets/15.0.1' });
  await once(listener.socket, 'open');
  const feeds = [
    ['H0STCNT0', '005930'],
    ['H0STASP0', '005930'],
    ['H0STCNI0', htsId],
  ];
  for (const [tr_id, tr_key] of feeds) {
    const header = { approval_key, personalseckey: '1', custtype: 'P', tr_type: '1', 'content-type': 'utf-8' };
    listener.socket.send(JSON.stringify({ header, body: { input: { tr_id, tr_key } } }));
  }
  return new MojitoLoop(listener);
}

/**
 * Its loop, and what it has put into its queue: trades are cut into records of 46, books are read from the front,
 * notices are decrypted with the key of the latest acknowledgement of a book or notice feed, the heartbeat goes back as
 * it came, `rt_cd` 1 ends the loop.
 */
class MojitoLoop {
  readonly listener: SocketListener;
  readonly trades: string[][] = [];
  readonly books: string[][] = [];
  readonly notices: string[][] = [];
  pings = 0;
  #key = { key: '', iv: '' };

  constructor(listener: SocketListener) {
    this.listener = listener;
  }

  async runUntil(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) this.#take(await this.listener.next());
  }

  #take(frame: string): void {
    const [, trId = '', count = '', payload = ''] = frame.split('|');
    if (frame.startsWith('0') && trId === 'H0STCNT0') {
      const fields = payload.split('^');
      for (let at = 0; at < Number(count); at += 1) this.trades.push(fields.slice(at * 46, (at + 1) * 46));
    } else if (frame.startsWith('0') && trId === 'H0STASP0') {
      this.books.push(payload.split('^'));
    } else if (frame.startsWith('1') && trId === 'H0STCNI0') {
      this.notices.push(noticeFields(frame, this.#key));
    } else {
      this.#control(frame);
    }
  }

  #control(frame: string): void {
    const { header, body } = JSON.parse(frame) as Record<string, unknown>;
    if (taken(header, 'tr_id') === 'PINGPONG') {
      this.pings += 1;
      this.listener.socket.send(frame);
      return;
    }
    if (taken(body, 'rt_cd') === '1') throw new Error(`The loop ended: ${frame}`);
    const output = taken(body, 'output');
    if (taken(header, 'tr_id') !== 'H0STCNT0')
      this.#key = { key: takenText(output, 'key'), iv: takenText(output, 'iv') };
  }
}

/** Its loop over the minutes of a day: back from `from` until a page ends at 09:01 or before. */
export async function pageMinutes(client: Mojito, from: string): Promise<readonly string[]> {
  const seen: string[] = [];
  let to = from;
  for (let calls = 0, last = '999999'; last > '090100'; calls += 1) {
    assert.ok(calls < 20, 'the chart never ends');
    const headers = { 'content-type': 'application/json; charset=utf-8', tr_cont: '' };
    const query = { fid_etc_cls_code: '', ...market, fid_input_hour_1: to, fid_pw_data_incu_yn: 'Y' };
    const path = `/${quotations}/inquire-time-itemchartprice`;
    const answer = (await client.get(path, 'FHKST03010200', query, headers)).body();
    taken(answer, 'output1');
    const hours = takenRows(answer, 'output2').map((row) => takenText(row, 'stck_cntg_hour'));
    last = hours.at(-1) ?? takenText({}, 'stck_cntg_hour');
    seen.push(...hours);
    to = Temporal.PlainTime.from(`T${last.slice(0, 4)}`)
      .subtract({ minutes: 1 })
      .toString()
      .replaceAll(':', '');
  }
  return seen;
}
