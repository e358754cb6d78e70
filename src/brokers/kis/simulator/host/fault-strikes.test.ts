import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

import { createHttpClient } from '#wire/http-client.ts';

import { paperReader, type FrameReader } from '../fixtures/frame-reader.ts';
import type { RawAnswer, WireClient } from '../fixtures/wire-client.ts';
import { buy, change, mondayClock, orders, rows } from '../fixtures/wire-test-kit.ts';
import { startKisSimulator, type KisSimulator } from '../start.ts';
import { stillMarket } from '../venue/still-market.ts';
import { signedIn } from '../fixtures/wire-test-kit.ts';
import { faultNames, faultTable, meaningOf, type FaultName } from './fault-table.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';
const samsung = { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: '005930' };
const ids = { price: 'FHKST01010100', order: 'VTTC0012U', change: 'VTTC0803U', list: 'VTTC0081R', notice: 'H0STCNI9' };

let simulator: KisSimulator;
let client: WireClient;

const command = async (method: string, path: string, body?: object): Promise<unknown> => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${simulator.hosts.console}${path}`, init);
  assert.equal(answer.status, 200, `${method} ${path}: ${await answer.clone().text()}`);
  return answer.json();
};
const on = (fault: FaultName, trId: string, more: object = {}): Promise<unknown> =>
  command('POST', '/faults', { fault, trId, count: 1, delayMs: 40, ...more });
const price = (): Promise<RawAnswer> => client.get(`${quotations}/inquire-price`, ids.price, samsung);
const priceOf = async (): Promise<string> => field(await price(), 'stck_prpr');
const codeOf = (answer: RawAnswer): string => `${answer.status} ${String(answer.body()['msg_cd'])}`;
const known = async (): Promise<number> => {
  const { orders: counted } = (await command('GET', '/counters')) as { orders: { paper: number } };
  return counted.paper;
};

function field(answer: RawAnswer, name: string): string {
  return (answer.body()['output'] as Record<string, string>)[name] ?? '';
}

/** How many orders `act` has left at the broker, and how it ended for the client. */
async function outcome(act: () => Promise<RawAnswer>): Promise<{ taken: number; answer: RawAnswer | null }> {
  const before = await known();
  const answer = await act().catch(() => null);
  return { taken: (await known()) - before, answer };
}

/** Strikes the next order with `fault`. */
async function order(fault: FaultName, more: object = {}): Promise<{ taken: number; answer: RawAnswer | null }> {
  await on(fault, ids.order, more);
  return await outcome(() => buy(client));
}

async function reader(act: (frames: FrameReader) => Promise<void>): Promise<void> {
  const frames = await paperReader(simulator);
  await act(frames);
  const gone = frames.socket.readyState === frames.socket.CLOSED ? null : once(frames.socket, 'close');
  frames.socket.terminate();
  await gone;
}

const marketBuy = (): Promise<RawAnswer> => buy(client, { ORD_DVSN: '01', ORD_QTY: '1', ORD_UNPR: '0' });
const kindOf = (fields: readonly string[]): string => (fields[13] === '2' ? 'fill' : `${fields[5]}/${fields[14]}`);

/** Price of the next trade frame under `fault`. */
async function pushedPrice(fault: FaultName): Promise<number> {
  let pushed = Number.NaN;
  await reader(async (frames) => {
    await on(fault, 'H0STCNT0');
    await marketBuy();
    pushed = Number((await frames.next('0|H0STCNT0|')).split('^')[2]);
  });
  return pushed;
}

/** Ends of a TLS handshake with the paper front: the protocol, or the code of what went wrong. */
async function handshake(options: ConnectionOptions = {}): Promise<string> {
  const { url, certificate } = simulator.hosts.tls!.paper;
  const port = Number(new URL(url).port);
  const socket = connectTls({ port, host: 'localhost', ca: certificate, ...options });
  try {
    await once(socket, 'secureConnect');
    return String(socket.getProtocol());
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
  }
}

async function isRefused(): Promise<boolean> {
  const socket = connectTcp(Number(new URL(simulator.hosts.rest).port), '127.0.0.1');
  const state = await Promise.race([
    once(socket, 'connect').then(() => false),
    once(socket, 'error').then(() => true),
  ]).catch(() => true);
  socket.destroy();
  return state;
}

/** What each fault looks like from outside. The type asks for every name of the table. */
const probes: Readonly<Record<FaultName, () => Promise<void>>> = {
  'connect-refused': async () => {
    const { taken, answer } = await order('connect-refused', { delayMs: 150 });
    const refused = await isRefused();
    while (await isRefused());
    assert.deepEqual([taken, answer, refused, (await price()).status], [0, null, true, 200]);
  },
  'tls-old-version': async () => {
    await on('tls-old-version', 'tls', { count: 2 });
    const modern = await handshake();
    const old = await handshake({ minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    assert.match(modern, /^ERR_SSL_|^ECONNRESET/);
    assert.equal(old, 'TLSv1.1');
  },
  'tls-wrong-certificate': async () => {
    await on('tls-wrong-certificate', 'tls');
    assert.match(await handshake(), /SELF_SIGNED_CERT|ALTNAME/);
    assert.equal(await handshake(), 'TLSv1.3');
  },
  'tls-slow-handshake': async () => {
    await on('tls-slow-handshake', 'tls', { delayMs: 120 });
    const started = performance.now();
    assert.equal(await handshake(), 'TLSv1.3');
    assert.ok(performance.now() - started >= 110);
  },
  'refuse-before-acceptance': async () => {
    assert.deepEqual(await order('refuse-before-acceptance'), { taken: 0, answer: null });
  },
  'accept-then-hang': async () => {
    await on('accept-then-hang', ids.order);
    const before = await known();
    const hanging = buy(client).then(
      () => 'answered',
      () => 'lost',
    );
    while ((await known()) === before);
    assert.equal(await Promise.race([hanging, price().then(() => 'silent')]), 'silent');
  },
  'accept-then-reset': async () => {
    assert.deepEqual(await order('accept-then-reset'), { taken: 1, answer: null });
  },
  'accept-late': async () => {
    const started = performance.now();
    const { taken, answer } = await order('accept-late', { delayMs: 90 });
    assert.deepEqual([taken, answer?.body()['rt_cd']], [1, '0']);
    assert.ok(performance.now() - started >= 85);
  },
  'accept-twice': async () => assert.equal((await order('accept-twice')).taken, 2),
  'exchange-refusal': async () => {
    const { answer } = await order('exchange-refusal');
    const row = rows(await orders(client), 'output1').find(({ odno }) => odno === field(answer!, 'ODNO'));
    assert.deepEqual([row?.['rjct_qty'], row?.['rmn_qty']], ['2', '0']);
  },
  '500-before': async () => {
    const { taken, answer } = await order('500-before');
    assert.deepEqual([taken, codeOf(answer!)], [0, '500 EGW00301']);
  },
  '500-after': async () => {
    const { taken, answer } = await order('500-after');
    assert.deepEqual([taken, codeOf(answer!)], [1, '500 EGW00301']);
  },
  'html-before': async () => {
    const { taken, answer } = await order('html-before');
    assert.deepEqual([taken, answer?.text.slice(0, 6)], [0, '<html>']);
  },
  'html-after': async () => {
    const { taken, answer } = await order('html-after');
    assert.deepEqual([taken, answer?.text.slice(0, 6)], [1, '<html>']);
  },
  'http-429': async () => {
    const { taken, answer } = await order('http-429');
    assert.deepEqual([taken, answer?.status], [0, 429]);
  },
  'rate-storm': async () => assert.equal(codeOf((await order('rate-storm')).answer!), '500 EGW00201'),
  'ledger-storm': async () => assert.equal(codeOf((await order('ledger-storm')).answer!), '500 EGW00215'),
  'malformed-json': async () => {
    const { taken, answer } = await order('malformed-json');
    assert.throws(() => answer?.body());
    assert.equal(Number(answer?.header('Content-Length')), Buffer.byteLength(answer?.text ?? ''));
    assert.equal(taken, 1);
  },
  'truncated-body': async () => {
    const { answer } = await order('truncated-body');
    assert.ok(Number(answer?.header('Content-Length')) > Buffer.byteLength(answer?.text ?? ''));
  },
  'duplicate-keys': async () => {
    assert.equal((await order('duplicate-keys')).answer?.text.match(/"rt_cd"/g)?.length, 2);
  },
  'numbers-unquoted': async () => {
    await on('numbers-unquoted', ids.price);
    assert.match((await price()).text, /"stck_prpr":\d+,/);
  },
  'numbers-quoted': async () => {
    await on('numbers-quoted', 'revokeP');
    const { appKey, appSecret } = simulator.credentials.real;
    const other = await signedIn(simulator, 'real');
    const body = { appkey: appKey, appsecret: appSecret, token: other.token };
    assert.match((await other.post('/oauth2/revokeP', '', body)).text, /"code":"200"/);
  },
  'numbers-as-words': async () => {
    await on('numbers-as-words', ids.price);
    assert.ok(Number.isNaN(Number(await priceOf())));
  },
  'missing-order-number': async () => {
    const { taken, answer } = await order('missing-order-number');
    assert.deepEqual([taken, answer?.text.includes('"ODNO"')], [1, false]);
  },
  'missing-tr-cont': async () => {
    await on('missing-tr-cont', ids.list);
    assert.ok(!(await orders(client)).headerLines.some((line) => line.startsWith('tr_cont')));
    assert.ok((await orders(client)).headerLines.some((line) => line.startsWith('tr_cont')));
  },
  'slow-bytes': async () => {
    const started = performance.now();
    const { answer } = await order('slow-bytes', { delayMs: 100 });
    assert.equal(answer?.body()['rt_cd'], '0');
    assert.ok(performance.now() - started >= 80);
  },
  'huge-body': async () => assert.ok(((await order('huge-body')).answer?.text.length ?? 0) > 10_000_000),
  redirect: async () => {
    const { taken, answer } = await order('redirect');
    assert.deepEqual([taken, answer?.status, answer?.header('Location')], [0, 302, 'http://127.0.0.1:9/']);
  },
  'wrong-charset': async () => {
    const { answer } = await order('wrong-charset');
    assert.throws(() => answer?.body());
  },
  'expired-token': async () => assert.equal(codeOf((await order('expired-token')).answer!), '500 EGW00123'),
  'revoked-token': async () => {
    await on('revoked-token', ids.price);
    assert.deepEqual([codeOf(await price()), codeOf(await price())], ['500 EGW00121', '500 EGW00121']);
    client = await signedIn(simulator, 'paper');
    assert.equal((await price()).status, 200);
  },
  'same-token': async () => {
    const { token } = client;
    await on('revoked-token', ids.price);
    await price();
    await on('same-token', 'tokenP');
    await client.signIn();
    assert.deepEqual([client.token === token, codeOf(await price())], [true, '500 EGW00121']);
    await client.signIn();
    assert.notEqual(client.token, token);
  },
  'issue-limit': async () => {
    await on('issue-limit', 'tokenP');
    const answer = await client.signIn();
    assert.deepEqual([answer.status, answer.body()['error_code']], [403, 'EGW00133']);
    await client.signIn();
  },
  'foreign-issue': async () => {
    const before = (await command('GET', '/issues')) as unknown[];
    await on('foreign-issue', ids.price);
    await price();
    assert.equal(((await command('GET', '/issues')) as unknown[]).length, before.length + 1);
  },
  'visibility-delay': async () => {
    const { answer } = await outcome(() => buy(client));
    await on('visibility-delay', ids.list, { delayMs: 60_000 });
    const [hidden, shown] = [await orders(client), await orders(client)].map((list) =>
      rows(list, 'output1').some(({ odno }) => odno === field(answer!, 'ODNO')),
    );
    assert.deepEqual([hidden, shown], [false, true]);
  },
  'short-pages': async () => {
    await on('short-pages', ids.list, { page: 1 });
    const answer = await orders(client);
    assert.deepEqual([rows(answer, 'output1').length, answer.header('tr_cont')], [1, 'F']);
  },
  'page-error': async () => {
    await command('POST', '/orders/seed', { count: 16 });
    await on('page-error', ids.list);
    const first = await orders(client);
    const next = await orders(client, { CTX_AREA_NK100: first.body()['ctx_area_nk100'] as string });
    assert.deepEqual([first.body()['rt_cd'], codeOf(next)], ['0', '500 EGW00316']);
  },
  'stale-page': async () => {
    const before = await orders(client);
    await buy(client);
    await on('stale-page', ids.list);
    assert.equal((await orders(client)).text, before.text);
    assert.notEqual((await orders(client)).text, before.text);
  },
  'rows-reordered': async () => {
    await on('rows-reordered', ids.list);
    const [turned, right] = [await orders(client), await orders(client)].map((list) => rows(list, 'output1'));
    assert.deepEqual(turned, right?.toReversed());
  },
  'rejected-rows': async () => {
    await on('rejected-rows', ids.list);
    const [row] = rows(await orders(client), 'output1');
    assert.deepEqual([row?.['rjct_qty'], row?.['ordr_empno']], ['1', '']);
  },
  'foreign-order': async () => {
    const { taken } = await order('foreign-order');
    const [own, other] = rows(await orders(client), 'output1');
    assert.deepEqual([taken, own?.['ordr_empno'], other?.['ordr_empno']], [2, 'OpnAPI', '']);
  },
  'identical-order': async () => {
    const { answer } = await order('identical-order');
    const [other, own] = rows(await orders(client), 'output1');
    assert.deepEqual([own?.['odno'], other?.['ord_unpr']], [field(answer!, 'ODNO'), own?.['ord_unpr']]);
    assert.notEqual(other?.['inqr_ip_addr'], own?.['inqr_ip_addr']);
  },
  'notice-duplicate': () =>
    reader(async (frames) => {
      await on('notice-duplicate', ids.notice);
      await buy(client);
      assert.equal(await frames.next('1|'), await frames.next('1|'));
    }),
  'notice-missing': () =>
    reader(async (frames) => {
      await on('notice-missing', ids.notice);
      await buy(client);
      const second = await buy(client);
      assert.equal((await frames.notice())[2], field(second, 'ODNO'));
    }),
  'notice-late': () =>
    reader(async (frames) => {
      await on('notice-late', ids.notice);
      const [late, early] = [await buy(client), await buy(client)];
      const told = [(await frames.notice())[2], (await frames.notice())[2]];
      assert.deepEqual(told, [field(early, 'ODNO'), field(late, 'ODNO')]);
    }),
  'notice-reordered': () =>
    reader(async (frames) => {
      await on('notice-reordered', ids.notice);
      const [late, early] = [await buy(client), await buy(client)];
      const told = [(await frames.notice())[2], (await frames.notice())[2]];
      assert.deepEqual(told, [field(early, 'ODNO'), field(late, 'ODNO')]);
    }),
  'fill-before-ack': () =>
    reader(async (frames) => {
      await on('fill-before-ack', ids.notice);
      await marketBuy();
      assert.deepEqual([kindOf(await frames.notice()), kindOf(await frames.notice())], ['fill', '0/1']);
    }),
  'fill-after-cancel': () =>
    reader(async (frames) => {
      await on('fill-after-cancel', ids.notice);
      const placed = await buy(client, { ORD_QTY: '10', ORD_UNPR: '49900' });
      await command('POST', '/market/price', { symbol: '005930', price: 49_900, quantity: 4 });
      await change(client, { ORGN_ODNO: field(placed, 'ODNO'), RVSE_CNCL_DVSN_CD: '02' });
      const kinds = [await frames.notice(), await frames.notice(), await frames.notice()].map(kindOf);
      assert.deepEqual(kinds, ['0/1', '2/2', 'fill']);
    }),
  'partial-then-cancel': async () => {
    await on('partial-then-cancel', ids.order);
    const placed = await buy(client, { ORD_QTY: '10', ORD_UNPR: '49800' });
    const row = rows(await orders(client), 'output1').find(({ odno }) => odno === field(placed, 'ODNO'));
    assert.deepEqual([row?.['tot_ccld_qty'], row?.['cncl_cfrm_qty'], row?.['rmn_qty']], ['5', '5', '0']);
  },
  'fill-bust': async () => {
    const bought = field(await marketBuy(), 'ODNO');
    const filled = async (): Promise<string | undefined> =>
      rows(await orders(client), 'output1').find(({ odno }) => odno === bought)?.['tot_ccld_qty'];
    const before = await filled();
    await on('fill-bust', ids.price);
    await price();
    assert.deepEqual([before, await filled()], ['1', '0']);
  },
  'notice-undecryptable': () =>
    reader(async (frames) => {
      await on('notice-undecryptable', ids.notice);
      await buy(client);
      const frame = await frames.next('1|');
      assert.throws(() => frames.decrypted(frame));
    }),
  'feed-gap': () =>
    reader(async (frames) => {
      await on('feed-gap', ids.notice, { delayMs: 60 });
      const lost = field(await buy(client), 'ODNO');
      const told = frames.notice();
      let number = lost;
      while (number === lost || frames.waiting('1|').length === 0) {
        number = field(await buy(client), 'ODNO');
        if (await Promise.race([told.then(() => true), price().then(() => false)])) break;
      }
      assert.notEqual((await told)[2], lost);
    }),
  'slow-consumer': () =>
    reader(async (frames) => {
      await on('slow-consumer', ids.notice, { delayMs: 100 });
      const started = performance.now();
      const numbers = [field(await buy(client), 'ODNO'), field(await buy(client), 'ODNO')];
      assert.deepEqual([(await frames.notice())[2], (await frames.notice())[2]], numbers);
      assert.ok(performance.now() - started >= 90);
    }),
  'second-session': () =>
    reader(async (frames) => {
      await on('second-session', ids.notice);
      const closed = once(frames.socket, 'close');
      await buy(client);
      assert.match(await frames.next('{'), /OPSP8996/);
      await closed;
    }),
  'socket-drop': () =>
    reader(async (frames) => {
      await on('socket-drop', ids.notice);
      const closed = once(frames.socket, 'close');
      await buy(client);
      assert.deepEqual(await closed.then(([code]: number[]) => code), 1006);
    }),
  'stale-price': async () => {
    const before = await priceOf();
    await command('POST', '/market/price', { symbol: '005930', price: 50_500 });
    await marketBuy();
    await on('stale-price', ids.price);
    assert.deepEqual([await priceOf(), (await priceOf()) === before], [before, false]);
  },
  'zero-price': async () => {
    await on('zero-price', ids.price);
    assert.deepEqual([await priceOf(), await pushedPrice('zero-price')], ['0', 0]);
  },
  'negative-price': async () => {
    await on('negative-price', ids.price);
    assert.ok(Number(await priceOf()) < 0);
    assert.ok((await pushedPrice('negative-price')) < 0);
  },
  'odd-tick': async () => {
    await on('odd-tick', ids.price);
    assert.ok(Number(await priceOf()) % 50 !== 0);
    assert.ok((await pushedPrice('odd-tick')) % 50 !== 0);
  },
  'limit-up-lock': async () => {
    await on('limit-up-lock', ids.price);
    await price();
    assert.deepEqual(await bestPrices(), ['0', '65000']);
  },
  'limit-down-lock': async () => {
    await on('limit-down-lock', ids.price);
    await price();
    assert.deepEqual(await bestPrices(), ['35000', '0']);
    await command('POST', '/market/price', { symbol: '005930', price: 50_000 });
  },
  'trading-halt': async () => {
    await on('trading-halt', ids.price);
    assert.equal(field(await price(), 'iscd_stat_cls_code'), '58');
    const { taken, answer } = await order('trading-halt');
    assert.deepEqual([taken, answer?.body()['msg_cd']], [0, '40070000']);
  },
  'volatility-interruption': async () => {
    await on('volatility-interruption', ids.price);
    assert.deepEqual([field(await price(), 'vi_cls_code'), field(await price(), 'vi_cls_code')], ['Y', 'N']);
  },
  'symbol-change': async () => {
    await on('symbol-change', ids.price);
    assert.equal(await priceOf(), '0');
    assert.equal((await order('symbol-change')).taken, 0);
  },
  'slow-host': async () => {
    await on('slow-host', ids.price, { delayMs: 100 });
    const started = performance.now();
    await Promise.all([price(), price().then(() => orders(client))]);
    assert.ok(performance.now() - started >= 90);
  },
  'clock-step': async () => {
    const at = async (): Promise<number> => {
      const { now } = (await command('GET', '/clock')) as { now: string };
      return Temporal.Instant.from(now).epochMilliseconds;
    };
    const before = await at();
    await on('clock-step', ids.price, { delayMs: 60_000 });
    await price();
    assert.ok((await at()) - before >= 60_000);
  },
};

async function bestPrices(): Promise<readonly (string | undefined)[]> {
  const answer = await client.get(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200', samsung);
  const book = answer.body()['output1'] as Record<string, string>;
  return [book['askp1'], book['bidp1']];
}

describe('the fault matrix', () => {
  before(async () => {
    simulator = await startKisSimulator({
      restReal: 0,
      restPaper: 0,
      wsReal: 0,
      wsPaper: 0,
      console: 0,
      tls: { paper: 0, real: 0 },
      profile: '2026-09',
      permissive: false,
      limits: false,
      session: 'regular',
      home: null,
      market: stillMarket(),
      clock: mondayClock(),
      tokenThrottleSeconds: 0,
      cash: 1_000_000_000,
    });
    client = await signedIn(simulator, 'paper');
  });
  afterEach(() => command('DELETE', '/faults'));
  after(() => simulator.close());

  for (const name of faultNames) {
    it(`${name}: ${meaningOf(name).english}`, async () => {
      const struck = async (): Promise<number> =>
        ((await command('GET', '/faults/tally')) as Record<string, number>)[name] ?? 0;
      const before = await struck();

      await probes[name]();

      assert.ok((await struck()) > before, 'the console counts it');
    });
  }

  it('has a row for every layer, in words of both languages, and the console lists them all', async () => {
    const listed = (await command('GET', '/faults/known')) as { name: string; korean: string; layer: string }[];

    assert.deepEqual(
      listed.map(({ name }) => name),
      Object.keys(faultTable),
    );
    assert.equal(new Set(listed.map(({ layer }) => layer)).size, 8);
    assert.ok(listed.every(({ korean }) => /[가-힣].*\.$/.test(korean)));
  });

  it('is refused by the product’s own client wherever TLS is not as it must be', async () => {
    const { url } = simulator.hosts.tls!.paper;
    const http = createHttpClient({ allowedOrigins: [url], connectTimeoutMs: 2000 });
    const ask = () => http.send({ method: 'GET', url: new URL(url), headers: {} });
    const results: string[] = [];

    for (const fault of ['tls-old-version', 'tls-wrong-certificate'] as const) {
      await on(fault, 'tls');
      results.push((await ask()).kind);
    }
    // Nobody has told this client to trust the front, so its right certificate is a wrong one too.
    results.push((await ask()).kind);
    await http.close();

    assert.deepEqual(results, ['not-sent', 'not-sent', 'not-sent']);
  });

  it('leaves a name that nobody resolves to the client, which proves that nothing was sent', async () => {
    const url = new URL('http://kis.invalid/');
    const http = createHttpClient({ allowedOrigins: [url.origin], connectTimeoutMs: 1000 });

    const result = await http.send({ method: 'POST', url, headers: {}, body: '{}' });
    await http.close();

    assert.equal(result.kind, 'not-sent');
  });
});
