import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { freePort } from '#supervisor/free-port.ts';
import { startSnowball, type Running } from './support/snowball.ts';

/** What the issue asks the one line to hold. */
interface ReadyLine {
  readonly rest: { readonly real: string; readonly paper: string };
  readonly webSocket: { readonly real: string; readonly paper: string };
  readonly appKey: { readonly real: string; readonly paper: string };
  readonly appSecret: { readonly real: string; readonly paper: string };
  readonly account: { readonly real: string; readonly paper: string };
  readonly htsId: string;
  readonly date: string;
  readonly session: string;
  readonly profile: string;
}

const given = {
  appKeyReal: 'R'.repeat(36),
  appSecretReal: 'r'.repeat(180),
  appKeyPaper: 'P'.repeat(36),
  appSecretPaper: 'p'.repeat(180),
  account: '8765432101',
  htsId: 'snow',
  date: '2026-11-20',
};

const startedOn = seoulToday();
let ports: readonly number[];
let chosen: Running;
let free: Running;
let ready: ReadyLine;

before(async () => {
  ports = await Promise.all(Array.from({ length: 4 }, freePort));
  const [restReal, restPaper, wsReal, wsPaper] = ports.map(String);
  const portOptions = ['--rest-real', restReal, '--rest-paper', restPaper, '--ws-real', wsReal, '--ws-paper', wsPaper];
  const keys = [
    ['--app-key-real', given.appKeyReal],
    ['--app-secret-real', given.appSecretReal],
    ['--app-key-paper', given.appKeyPaper],
    ['--app-secret-paper', given.appSecretPaper],
    ['--account', given.account],
    ['--hts-id', given.htsId],
  ].flat();
  const rest = ['--profile', '2025', '--permissive', '--limits', 'off', '--session', 'regular', '--date', given.date];
  const zeros = ['--rest-real', '--rest-paper', '--ws-real', '--ws-paper'].flatMap((option) => [option, '0']);
  chosen = start([...portOptions, ...keys, ...rest].map(String));
  free = start(zeros);
  ready = JSON.parse(await chosen.says(/^(\{.*\})$/m)) as ReadyLine;
});

after(async () => {
  for (const { process } of [chosen, free]) process.kill('SIGTERM');
  await Promise.all([chosen.ended, free.ended]);
});

function start(options: readonly string[]): Running {
  return startSnowball({ home: '/nonexistent' }, ['testbed', 'kis', ...options]);
}

test('snowball testbed kis gives back every option that was chosen', () => {
  const [restReal, restPaper, wsReal, wsPaper] = ports;

  assert.deepEqual(ready.rest, { real: `http://127.0.0.1:${restReal}`, paper: `http://127.0.0.1:${restPaper}` });
  assert.deepEqual(ready.webSocket, { real: `ws://127.0.0.1:${wsReal}`, paper: `ws://127.0.0.1:${wsPaper}` });
  assert.deepEqual(ready.appKey, { real: given.appKeyReal, paper: given.appKeyPaper });
  assert.deepEqual(ready.appSecret, { real: given.appSecretReal, paper: given.appSecretPaper });
  assert.deepEqual(ready.account, { real: given.account, paper: given.account });
  assert.deepEqual([ready.htsId, ready.date, ready.session, ready.profile], ['snow', given.date, 'regular', '2025']);
});

test('snowball testbed kis answers a token and a price request on both hosts, as KIS does', async () => {
  for (const host of ['real', 'paper'] as const) {
    const token = await tokenOf(host);
    const price = await priceOf(host, token);

    assert.equal(price['rt_cd'], '0');
    assert.match((price['output'] as Record<string, string>)['stck_prpr'] ?? '', /^\d+$/);
  }
});

async function tokenOf(host: 'real' | 'paper'): Promise<string> {
  const answer = await fetch(`${ready.rest[host]}/oauth2/tokenP`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      appkey: ready.appKey[host],
      appsecret: ready.appSecret[host],
    }),
  });
  const body = (await answer.json()) as Record<string, string>;
  assert.equal(answer.status, 200);
  assert.equal(body['token_type'], 'Bearer');
  return body['access_token'] ?? '';
}

async function priceOf(host: 'real' | 'paper', token: string): Promise<Record<string, unknown>> {
  const query = 'FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=005930';
  const answer = await fetch(`${ready.rest[host]}/uapi/domestic-stock/v1/quotations/inquire-price?${query}`, {
    headers: {
      authorization: `Bearer ${token}`,
      appkey: ready.appKey[host],
      appsecret: ready.appSecret[host],
      tr_id: 'FHKST01010100',
      custtype: 'P',
    },
  });
  return (await answer.json()) as Record<string, unknown>;
}

test('snowball testbed kis makes keys of the right length, prints one line, and ends with 0 on SIGTERM', async () => {
  const own = JSON.parse(await free.says(/^(\{.*\})$/m)) as ReadyLine;
  free.process.kill('SIGTERM');

  const { code, out, errors } = await free.ended;

  assert.deepEqual([own.appKey.real.length, own.appKey.paper.length], [36, 36]);
  assert.deepEqual([own.appSecret.real.length, own.appSecret.paper.length], [180, 180]);
  assert.match(own.account.paper, /^\d{10}$/);
  assert.notEqual(own.htsId, '');
  assert.ok([startedOn, seoulToday()].includes(own.date), own.date);
  assert.deepEqual([code, out.trim().split('\n').length, errors], [0, 1, []]);
});

test('snowball testbed kis ends with 0 on Ctrl-C, and its ports are free again', async () => {
  chosen.process.kill('SIGINT');

  const { code, out, errors } = await chosen.ended;

  assert.deepEqual([code, out.trim().split('\n').length, errors], [0, 1, []]);
  await assert.rejects(fetch(ready.rest.real));
});

function seoulToday(): string {
  return Temporal.Now.plainDateISO('Asia/Seoul').toString();
}
