import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import { RetryLater } from '#domain/errors.ts';
import { approve } from '#guard/approved.ts';
import type { HttpClient } from '#wire/http-client.ts';

import { readBalance } from '../account/accounts.ts';
import { placeOrder } from '../account/orders.ts';
import { fixtureOptions, fixtureRequest, fixtureVault } from '../fixtures/fixture-broker.ts';
import { InstrumentNames } from '../quotes/instrument-names.ts';
import { readPrice } from '../quotes/price-snapshot.ts';
import { KisSignIn } from './auth.ts';
import { KisCalls } from './calls.ts';

/** As recorded in the fixture of a paper morning. */
const recorded = {
  price:
    '{"output":{"iscd_stat_cls_code":"55","stck_prpr":"259500","prdy_vrss":"-9500","acml_vol":"11732410","stck_oprc":"266000",' +
    '"stck_hgpr":"267500","stck_lwpr":"259000","stck_mxpr":"349500","stck_llam":"188500","stck_sdpr":"269000"},' +
    '"rt_cd":"0","msg_cd":"MCA00000","msg1":"정상처리 되었습니다."}',
  balance:
    '{"ctx_area_fk100":" ","ctx_area_nk100":" ","output1":[{"pdno":"005930","hldg_qty":"15","pchs_amt":"1051200",' +
    '"ord_psbl_qty":"15","pchs_avg_pric":"70080.0000","prpr":"70000","evlu_amt":"1050000"}],"output2":[{"dnca_tot_amt":"5000000",' +
    '"prvs_rcdl_excc_amt":"4859700","nass_amt":"5944200"}],"rt_cd":"0","msg_cd":"20310000","msg1":"조회가 완료되었습니다."}',
  order:
    '{"rt_cd":"0","msg_cd":"40600000","msg1":"매수주문이 완료 되었습니다.",' +
    '"output":{"KRX_FWDG_ORD_ORGNO":"00950","ODNO":"0000117057","ORD_TMD":"100000"}}',
} as const;

const mutationsEach = 1_700;

/** Numbers that look random and are the same for the same seed. @see Marsaglia, Xorshift RNGs (2003) */
function randomOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const spoilers = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '-',
  '0',
  '9'.repeat(20),
  '\0',
  '\\u0000',
  'null',
  'seventy',
  'NaN',
  '1e9',
  '٣',
  '１',
  '﻿',
  '<html>',
  '"rt_cd":"0",',
];

/** One to four changes of the text: a cut, a swap, a doubling, a word in a number's place, a character of its own kind. */
function mutated(text: string, seed: number): string {
  const random = randomOf(seed);
  let changed = text;
  for (let times = 1 + random(4); times > 0; times -= 1) {
    const at = random(changed.length);
    const end = at + random(12);
    const spoiler = spoilers[random(spoilers.length)] ?? '';
    const kinds = [
      changed.slice(0, at) + changed.slice(end),
      changed.slice(0, at) + spoiler + changed.slice(at),
      changed.slice(0, at) + spoiler + changed.slice(end),
      changed.slice(0, end) + changed.slice(at),
      changed.slice(0, at) + String.fromCharCode(random(128)) + changed.slice(at + 1),
      changed.replace(/"(\d+)"/, random(2) === 0 ? '$1' : '""'),
      random(8) === 0 ? changed.slice(0, at) : changed,
    ];
    changed = kinds[random(kinds.length)] ?? changed;
  }
  return changed;
}

function answering(): { readonly http: HttpClient; body: string } {
  const http: HttpClient = {
    send: async () => ({ kind: 'answer', status: 200, headers: { tr_cont: 'D' }, body: answers.body }),
    download: async () => ({ kind: 'lost', cause: 'nothing here asks for a file' }),
    close: async () => {},
  };
  const answers = { body: '', http };
  return answers;
}

function scene() {
  const answers = answering();
  const clock = new ManualClock(Temporal.Instant.from('2026-11-20T01:00:00Z'));
  const options = fixtureOptions(
    { rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' },
    { clock, limits: { perSecond: 10_000, burst: 100, readAttempts: 1, tokenIssueEveryMs: 0 } },
  );
  const rest = new URL(options.rest);
  const { http } = answers;
  // Signed in for good: what is changed here are answers to calls, and a lost token would only hide them.
  const signIn = new KisSignIn({ http, rest, credentials: fixtureVault(true), clock, tokenIssueEveryMs: 0 });
  signIn.drop = () => undefined;
  const calls = new KisCalls(options, http, rest, signIn);
  // Between two mutations the breaker and the budget recover.
  const next = (body: string): void => {
    answers.body = body;
    clock.advance(6_000);
  };
  return { calls, options, next, market: { calls, names: new InstrumentNames(), clock } };
}

/** What was read, or null after an error of a kind that says what to do next. */
async function outcome<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    assert.ok(error instanceof RetryLater || (error as { code?: string }).code === 'kis.read-refused', String(error));
    return null;
  }
}

test('price() is in range or a typed error for 1,700 mutations of a good answer', async () => {
  const { market, next } = scene();
  let read = 0;
  for (let seed = 1; seed <= mutationsEach; seed += 1) {
    next(mutated(recorded.price, seed));
    const price = await outcome(() => readPrice(market, 'KRX:005930'));
    if (price === null) continue;
    read += 1;
    for (const part of [price.price, price.basePrice, price.upperLimit, price.lowerLimit]) {
      assert.ok(Number.isSafeInteger(part) && part > 0, `seed ${seed}: ${JSON.stringify(price)}`);
    }
    for (const part of [price.open, price.high, price.low, price.volumeOfDay]) {
      assert.ok(Number.isSafeInteger(part) && part >= 0, `seed ${seed}: ${JSON.stringify(price)}`);
    }
  }
  assert.ok(read > 50 && read < mutationsEach - 200, `${read} of them could be read`);
});

test('balance() is in range or a typed error for 1,700 mutations of a good answer', async () => {
  const { calls, options, next } = scene();
  let read = 0;
  for (let seed = 1; seed <= mutationsEach; seed += 1) {
    next(mutated(recorded.balance, seed));
    const balance = await outcome(() => readBalance(options, calls));
    if (balance === null) continue;
    read += 1;
    for (const part of [balance.cash, balance.settledCash, balance.equity]) assert.ok(Number.isSafeInteger(part));
    for (const { quantity, cost, instrument } of balance.positions) {
      assert.ok(Number.isSafeInteger(quantity) && quantity > 0 && Number.isSafeInteger(cost) && cost >= 0);
      assert.match(instrument, /^KRX:[0-9][0-9A-Z]{5}$/);
    }
  }
  assert.ok(read > 50 && read < mutationsEach - 200, `${read} of them could be read`);
});

test('place() is accepted with an order number, rejected with a documented code, or unknown, for 1,700 mutations', async () => {
  const { calls, options, next } = scene();
  const order = approve(fixtureRequest());
  const ends = { accepted: 0, rejected: 0, unknown: 0, 'not-sent': 0 };
  for (let seed = 1; seed <= mutationsEach; seed += 1) {
    next(mutated(recorded.order, seed));
    const result = await placeOrder(options, calls, order);
    ends[result.kind] += 1;
    if (result.kind === 'accepted') assert.match(result.brokerOrderId, /^(?!0{10})\d{10}$/);
  }
  assert.equal(ends['not-sent'], 0);
  assert.ok(ends.accepted > 50 && ends.unknown > 200, JSON.stringify(ends));
});
