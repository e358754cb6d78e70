import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import { HandClock } from '../fixtures/hand-clock.ts';
import { SocketListener } from '../fixtures/socket-listener.ts';
import { walkingMarket } from '../fixtures/walking-market.ts';
import type { RawAnswer } from '../fixtures/wire-client.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import type { HostCredentials } from '../host/credentials.ts';
import type { KisSimulator } from '../start.ts';
import { noticeFields } from './notice-text.ts';
import { rawCall } from './raw-call.ts';

type Fields = Readonly<Record<string, string>>;
type Rows = readonly Fields[];

/** Joined to the host with one slash; paths that begin with one get two. */
const quotations = '/uapi/domestic-stock/v1/quotations';
const trading = '/uapi/domestic-stock/v1/trading';
const market = { fid_cond_mrkt_div_code: 'J', fid_input_iscd: '005930' };

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

const takenText = (object: unknown, name: string): string => taken(object, name) as string;
const takenRow = (object: unknown, name: string): Fields => taken(object, name) as Fields;
const takenRows = (object: unknown, name: string): Rows => taken(object, name) as Rows;

/** The header `tr_cont` must be there, whatever its value; `requests` finds it in any case. */
function continuation(answer: RawAnswer): string {
  const value = answer.header('tr_cont');
  if (value === null) throw new Error('KeyError: tr_cont');
  return value;
}

/** mojito: lower-case query names, `appKey` and `appSecret`, hashkey before every order, never a `tr_cont: N`. */
class Mojito {
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
async function openSocket(client: Mojito, url: string, htsId: string): Promise<MojitoLoop> {
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
async function pageMinutes(client: Mojito, from: string): Promise<readonly string[]> {
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

for (const mode of ['real', 'paper'] as const) {
  describe(`mojito against the simulator, ${mode}, no option`, () => {
    let simulator: KisSimulator;
    let client: Mojito;

    before(async () => {
      simulator = await aSimulator({ profile: 'auto', market: walkingMarket() });
      const { hosts, credentials } = simulator;
      client = new Mojito(mode === 'real' ? hosts.restReal : hosts.rest, credentials[mode]);
      await client.signIn();
    });
    after(() => simulator.close());

    const trOf = (real: string): string => (mode === 'real' ? real : `V${real.slice(1)}`);
    it('reads a price, daily prices and the daily chart', async () => {
      const price = await client.get(`${quotations}/inquire-price`, 'FHKST01010100', market);
      const days = await client.get(`${quotations}/inquire-daily-price`, 'FHKST01010400', {
        ...market,
        fid_org_adj_prc: '1',
        fid_period_div_code: 'D',
      });
      const chart = await client.get(`/${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100', {
        FID_COND_MRKT_DIV_CODE: 'J',
        FID_INPUT_ISCD: '005930',
        FID_INPUT_DATE_1: '19800104',
        FID_INPUT_DATE_2: '20261123',
        FID_PERIOD_DIV_CODE: 'D',
        FID_ORG_ADJ_PRC: '0',
      });

      assert.equal(price.header('tr_id'), 'FHKST01010100');
      assert.ok(Number(takenRow(price.body(), 'output')['stck_prpr']) > 0);
      assert.equal(takenRows(days.body(), 'output').length, 30);
      assert.equal(takenRows(chart.body(), 'output2').length, 100);
    });

    for (const [name, from] of [
      ['now', '103000'],
      ['a clock of another time zone, before the opening', '013000'],
    ] as const) {
      it(`pages minutes back to 09:01 and not for ever, from ${name}`, async () => {
        assert.ok((await pageMinutes(client, from)).length > 0);
      });
    }

    it('orders after a hash, amends, cancels at 100 won, and buys at market, hearing all of it', async () => {
      const { hosts, credentials } = simulator;
      const url = mode === 'real' ? hosts.webSocketReal : hosts.webSocket;
      const heard = await openSocket(client, url, credentials.htsId);
      const order = (fields: Fields): Promise<Record<string, unknown>> =>
        client.post(
          `${trading}/order-cash`,
          trOf('TTTC0802U'),
          { ...client.account, PDNO: '005930', ...fields },
          { custtype: 'P' },
        );
      const change = (of: Fields, fields: Fields): Promise<Record<string, unknown>> =>
        client.post(`${trading}/order-rvsecncl`, trOf('TTTC0803U'), {
          ...client.account,
          KRX_FWDG_ORD_ORGNO: takenText(of, 'KRX_FWDG_ORD_ORGNO'),
          ORGN_ODNO: takenText(of, 'ODNO'),
          ORD_DVSN: '00',
          QTY_ALL_ORD_YN: 'Y',
          ...fields,
        });
      const output = (answer: Record<string, unknown>): Fields => takenRow(answer, 'output');

      const first = output(await order({ ORD_DVSN: '00', ORD_QTY: '2', ORD_UNPR: '49500' }));
      const amended = output(await change(first, { RVSE_CNCL_DVSN_CD: '01', ORD_QTY: '2', ORD_UNPR: '49600' }));
      const open = await openOrders();
      const cancelled = output(await change(amended, { RVSE_CNCL_DVSN_CD: '02', ORD_QTY: '2', ORD_UNPR: '100' }));
      const bought = output(await order({ ORD_DVSN: '01', ORD_QTY: '3', ORD_UNPR: '0' }));
      await heard.runUntil(() => heard.notices.some((fields) => fields[13] === '2') && heard.trades.length > 0);
      heard.listener.socket.terminate();

      const notices = heard.notices.map((fields) => [fields[2], fields[5], fields[13]]);
      assert.deepEqual(notices, [
        [first['ODNO'], '0', '1'],
        [amended['ODNO'], '1', '1'],
        [cancelled['ODNO'], '2', '1'],
        [bought['ODNO'], '0', '1'],
        [bought['ODNO'], '0', '2'],
      ]);
      // 23 names for a notice, the last that of the price asked for.
      assert.deepEqual([heard.notices[0]?.length, heard.notices[0]?.[22]], [23, '000049500']);
      assert.deepEqual([heard.trades.at(-1)?.[0], heard.trades.at(-1)?.[12]], ['005930', '3']);
      assert.equal(heard.books.at(-1)?.length, 59);
      if (mode === 'real')
        assert.deepEqual(
          open.map((row) => row['odno']),
          [amended['ODNO']],
        );
    });

    /** Asked with the real TR id even on paper, which the paper host refuses with a `tr_cont` all the same. */
    const openOrders = async (): Promise<Rows> => {
      const query = { ...client.account, CTX_AREA_FK100: '', CTX_AREA_NK100: '', INQR_DVSN_1: '0', INQR_DVSN_2: '0' };
      const answer = await client.get(`${trading}/inquire-psbl-rvsecncl`, 'TTTC8036R', query, { tr_cont: '' });
      continuation(answer);
      if (mode === 'real') return takenRows(answer.body(), 'output');
      assert.deepEqual([answer.body()['rt_cd'], answer.body()['msg_cd']], ['1', 'EGW02006']);
      return [];
    };

    it('reads what can be bought', async () => {
      const answer = await client.get(`${trading}/inquire-psbl-order`, trOf('TTTC8908R'), {
        ...client.account,
        PDNO: '005930',
        ORD_UNPR: '50000',
        ORD_DVSN: '00',
        CMA_EVLU_AMT_ICLD_YN: '1',
        OVRS_ICLD_YN: '1',
      });
      continuation(answer);
      assert.ok(Number(takenRow(answer.body(), 'output')['max_buy_qty']) > 0);
    });

    it('follows the balance while the header says M, without asking for the next page in a header', async () => {
      const pages: Rows[] = [];
      let keys = { CTX_AREA_FK100: '', CTX_AREA_NK100: '' };
      for (let next = 'M'; next === 'M';) {
        const answer = await client.get(`${trading}/inquire-balance`, trOf('TTTC8434R'), {
          ...client.account,
          AFHR_FLPR_YN: 'N',
          OFL_YN: 'N',
          INQR_DVSN: '01',
          UNPR_DVSN: '01',
          FUND_STTL_ICLD_YN: 'N',
          FNCG_AMT_AUTO_RDPT_YN: 'N',
          PRCS_DVSN: '01',
          ...keys,
        });
        const body = answer.body();
        pages.push(takenRows(body, 'output1'));
        takenRows(body, 'output2');
        keys = { CTX_AREA_FK100: takenText(body, 'ctx_area_fk100'), CTX_AREA_NK100: takenText(body, 'ctx_area_nk100') };
        next = continuation(answer);
      }
      assert.deepEqual(
        pages.flat().map((row) => [row['pdno'], row['hldg_qty']]),
        [['005930', '3']],
      );
    });
  });
}

describe('mojito and the heartbeat', () => {
  it('sends the text back and stays', async () => {
    const simulator = await aSimulator({ profile: 'auto', pingSeconds: 0.05 });
    const client = new Mojito(simulator.hosts.rest, simulator.credentials.paper);
    const heard = await openSocket(client, simulator.hosts.webSocket, simulator.credentials.htsId);
    await heard.runUntil(() => heard.pings > 4);
    heard.listener.socket.terminate();
    await simulator.close();
  });
});

describe('mojito on a day without trading', () => {
  it('pages through the minutes of the last day that had trades, to the end', async () => {
    const sunday = new HandClock(Temporal.Instant.from('2026-11-22T02:00:00+09:00'));
    const market = walkingMarket();
    const simulator = await aSimulator({ profile: 'auto', session: 'clock', market, clock: sunday, beatMs: 100_000 });
    const client = new Mojito(simulator.hosts.rest, simulator.credentials.paper);
    await client.signIn();

    const seen = await pageMinutes(client, '153000');
    await simulator.close();

    assert.deepEqual([seen[0], seen.length, seen.at(-1)], ['153000', 381, '090000']);
  });
});
