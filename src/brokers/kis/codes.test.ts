import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SnowballError } from '#domain/errors.ts';
import { approve } from '#guard/approved.ts';

import { gatewayCodes } from './codes.ts';
import { fixtureOptions, fixtureRequest } from './fixtures/fixture-broker.ts';
import { answerJson, openScriptedHost } from './fixtures/scripted-host.ts';
import { createKisBroker } from './index.ts';

/** Written down once more, by what each code means in the specification, so that the table cannot agree with itself. */
const passing = ['EGW00133', 'EGW00201', 'EGW00215'];
/** The family of temporary errors, of which the specification names no member. */
const temporary = ['EGW00001', 'EGW00002', 'EGW00003', 'EGW00004'];
const outcomeUnknown = [...temporary, ...'202 203 300 301 302 303 304 316'.split(' ').map((tail) => `EGW00${tail}`)];
const tokenRefused = ['EGW00121', 'EGW00122', 'EGW00123'];
const neverRetried =
  '00101 00102 00103 00104 00105 00131 00132 00205 00206 00207 00208 00209 00210 00211 00212 00213 00310 02004 02006'
    .split(' ')
    .map((tail) => `EGW${tail}`);
const working = { brokerOrderId: '0000000001', forwardingOffice: '', instrument: 'KRX:005930', side: 'buy' } as never;

interface Case {
  readonly codes: readonly string[];
  /** Calls of the read, the token's issue left out, and how it ends. */
  readonly read: readonly [calls: number, code: string];
  readonly order: 'rejected' | 'unknown';
}

const cases: readonly Case[] = [
  { codes: passing, read: [3, 'kis.unavailable'], order: 'rejected' },
  { codes: outcomeUnknown, read: [3, 'kis.unavailable'], order: 'unknown' },
  { codes: tokenRefused, read: [2, 'kis.token-refused'], order: 'rejected' },
  { codes: neverRetried, read: [1, 'kis.read-refused'], order: 'rejected' },
];

test('every code of the gateway is in one class', () => {
  const classed = cases.flatMap(({ codes }) => codes);

  assert.equal(new Set(classed).size, classed.length);
  assert.deepEqual(
    Object.keys(gatewayCodes).filter((code) => !classed.includes(code)),
    [],
  );
});

for (const status of [500, 403] as const) {
  test(`reads end by their class, orders and cancels are sent once, for every code of the gateway with HTTP ${status}`, async (context) => {
    let code = '';
    const host = await openScriptedHost((call, response) => {
      const isIssue = call.path === '/oauth2/tokenP';
      const answer = isIssue ? { access_token: 'next', expires_in: 86_400 } : { rt_cd: '1', msg_cd: code, msg1: '' };
      answerJson(response, isIssue ? 200 : status, answer);
    });
    const broker = createKisBroker(
      fixtureOptions(host, {
        limits: { perSecond: 10_000, burst: 100, tokenIssueEveryMs: 0 },
        timeouts: { retryBaseMs: 1, tooFastPauseMs: 1 },
      }),
    );
    context.after(async () => {
      await broker.close();
      await host.close();
    });
    const callsOf = async <Answer>(call: () => Promise<Answer>): Promise<readonly [number, Answer]> => {
      const before = host.calls.length;
      const answer = await call();
      return [host.calls.slice(before).filter(({ path }) => path !== '/oauth2/tokenP').length, answer];
    };
    const found: unknown[] = [];
    const wanted: unknown[] = [];
    for (const { codes, read, order } of cases) {
      for (code of codes) {
        const [reads, error] = await callsOf(() => broker.price('KRX:005930').catch((failure: unknown) => failure));
        const [places, placed] = await callsOf(() => broker.place(approve(fixtureRequest())));
        const [cancels, cancelled] = await callsOf(() => broker.cancel(working));
        const readCode = error instanceof SnowballError ? error.code : 'none';
        found.push([code, reads, readCode, places, placed.kind, cancels, cancelled.kind]);
        wanted.push([code, ...read, 1, order, 1, order]);
      }
    }

    assert.deepEqual(found, wanted);
  });
}
