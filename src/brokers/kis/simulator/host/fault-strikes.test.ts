import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createHttpClient } from '#wire/http-client.ts';

import { buy, orders, rows } from '../fixtures/wire-test-kit.ts';
import {
  codeOf,
  command,
  field,
  handshake,
  ids,
  isRefused,
  known,
  on,
  order,
  outcome,
  price,
  priceOf,
  probeFaults,
  stage,
  type Probes,
} from '../fixtures/fault-stage.ts';
import { faultTable } from './fault-table.ts';
import { signedIn } from '../fixtures/wire-test-kit.ts';

/** What each fault looks like from outside. */
const probes: Probes = {
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
    const hanging = buy(stage.client).then(
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
    const row = rows(await orders(stage.client), 'output1').find(({ odno }) => odno === field(answer!, 'ODNO'));
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
    const { appKey, appSecret } = stage.simulator.credentials.real;
    const other = await signedIn(stage.simulator, 'real');
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
    assert.ok(!(await orders(stage.client)).headerLines.some((line) => line.startsWith('tr_cont')));
    assert.ok((await orders(stage.client)).headerLines.some((line) => line.startsWith('tr_cont')));
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
    await stage.signIn();
    assert.equal((await price()).status, 200);
  },
  'same-token': async () => {
    const { token } = stage.client;
    await on('revoked-token', ids.price);
    await price();
    await on('same-token', 'tokenP');
    await stage.client.signIn();
    assert.deepEqual([stage.client.token === token, codeOf(await price())], [true, '500 EGW00121']);
    await stage.client.signIn();
    assert.notEqual(stage.client.token, token);
  },
  'issue-limit': async () => {
    await on('issue-limit', 'tokenP');
    const answer = await stage.client.signIn();
    assert.deepEqual([answer.status, answer.body()['error_code']], [403, 'EGW00133']);
    await stage.client.signIn();
  },
  'foreign-issue': async () => {
    const before = (await command('GET', '/issues')) as unknown[];
    await on('foreign-issue', ids.price);
    await price();
    assert.equal(((await command('GET', '/issues')) as unknown[]).length, before.length + 1);
  },
  'visibility-delay': async () => {
    const { answer } = await outcome(() => buy(stage.client));
    await on('visibility-delay', ids.list, { delayMs: 60_000 });
    const [hidden, shown] = [await orders(stage.client), await orders(stage.client)].map((list) =>
      rows(list, 'output1').some(({ odno }) => odno === field(answer!, 'ODNO')),
    );
    assert.deepEqual([hidden, shown], [false, true]);
  },
  'short-pages': async () => {
    await on('short-pages', ids.list, { page: 1 });
    const answer = await orders(stage.client);
    assert.deepEqual([rows(answer, 'output1').length, answer.header('tr_cont')], [1, 'F']);
  },
  'page-error': async () => {
    await command('POST', '/orders/seed', { count: 16 });
    await on('page-error', ids.list);
    const first = await orders(stage.client);
    const next = await orders(stage.client, { CTX_AREA_NK100: first.body()['ctx_area_nk100'] as string });
    assert.deepEqual([first.body()['rt_cd'], codeOf(next)], ['0', '500 EGW00316']);
  },
  'stale-page': async () => {
    const before = await orders(stage.client);
    await buy(stage.client);
    await on('stale-page', ids.list);
    assert.equal((await orders(stage.client)).text, before.text);
    assert.notEqual((await orders(stage.client)).text, before.text);
  },
  'rows-reordered': async () => {
    await on('rows-reordered', ids.list);
    const [turned, right] = [await orders(stage.client), await orders(stage.client)].map((list) =>
      rows(list, 'output1'),
    );
    assert.deepEqual(turned, right?.toReversed());
  },
  'rejected-rows': async () => {
    await on('rejected-rows', ids.list);
    const [row] = rows(await orders(stage.client), 'output1');
    assert.deepEqual([row?.['rjct_qty'], row?.['ordr_empno']], ['1', '']);
  },
  'foreign-order': async () => {
    const { taken } = await order('foreign-order');
    const [own, other] = rows(await orders(stage.client), 'output1');
    assert.deepEqual([taken, own?.['ordr_empno'], other?.['ordr_empno']], [2, 'OpnAPI', '']);
  },
  'identical-order': async () => {
    const { answer } = await order('identical-order');
    const [other, own] = rows(await orders(stage.client), 'output1');
    assert.deepEqual([own?.['odno'], other?.['ord_unpr']], [field(answer!, 'ODNO'), own?.['ord_unpr']]);
    assert.notEqual(other?.['inqr_ip_addr'], own?.['inqr_ip_addr']);
  },
};

describe('the fault matrix, from the connection to the inquiry', () => {
  probeFaults(['connect', 'request', 'response', 'auth', 'inquiry'], probes);

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
    const { url } = stage.simulator.hosts.tls!.paper;
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

  it('leaves a name that nobody resolves to the stage.client, which proves that nothing was sent', async () => {
    const url = new URL('http://kis.invalid/');
    const http = createHttpClient({ allowedOrigins: [url.origin], connectTimeoutMs: 1000 });

    const result = await http.send({ method: 'POST', url, headers: {}, body: '{}' });
    await http.close();

    assert.equal(result.kind, 'not-sent');
  });
});
