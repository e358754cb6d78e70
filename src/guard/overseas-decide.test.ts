import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import * as fc from 'fast-check';

import type { OverseasOrderRequest } from '#domain/overseas-order.ts';
import { quantity } from '#domain/quantity.ts';
import { usdTick, wonOfUsd, wonPerUsd } from '#domain/usd.ts';
import { won } from '#domain/won.ts';

import { isApproved } from './approved.ts';
import { isApprovedOverseas } from './overseas-approved.ts';
import { decideOverseas } from './overseas-decide.ts';
import { overseasDenialText } from './overseas-denial-text.ts';
import { noOverseas, type OverseasLimits, type OverseasState } from './overseas-limits.ts';
import { overseasRules } from './overseas-rules.ts';

const nowMs = 1_000_000_000_000;

function aRequest(changes: Partial<OverseasOrderRequest> = {}): OverseasOrderRequest {
  return {
    requestId: 'request-1',
    requester: { kind: 'person', via: 'cli' },
    instrument: 'NASDAQ:AAPL',
    side: 'buy',
    type: 'limit',
    quantity: quantity(2),
    price: usdTick(2_000_000),
    reason: 'test',
    ...changes,
  };
}

/** Two shares at 200 dollars and 1,400 won are 560,000 won. */
function aState(changes: Partial<OverseasState> = {}, limits: Partial<OverseasLimits> = {}): OverseasState {
  return {
    isHalted: false,
    nowMs,
    rate: { rate: wonPerUsd(14_000_000), atMs: nowMs - 1_000 },
    lastTrade: { price: usdTick(2_010_000), atMs: nowMs - 1_000 },
    dayValue: won(440_000),
    limits: {
      orderValueMax: won(560_000),
      dayValueMax: won(1_000_000),
      instruments: new Set(['NASDAQ:AAPL']),
      priceCollarBps: 100,
      priceAgeMaxMs: 1_000,
      rateAgeMaxMs: 1_000,
      window: { opensAtMs: nowMs, closesAtMs: nowMs + 1 },
      ...limits,
    },
    ...changes,
  };
}

function codesOf(request: OverseasOrderRequest, state: OverseasState): readonly string[] {
  const verdict = decideOverseas(request, state);
  return verdict.kind === 'denied' ? verdict.denials.map(({ code }) => code) : [];
}

test('decideOverseas() denies everything by default, in every rule that has a limit', () => {
  const state = { ...aState({ rate: null, lastTrade: null, dayValue: null }), limits: noOverseas };

  assert.deepEqual(codesOf(aRequest(), state), [
    'symbol',
    'exchange-rate',
    'order-value',
    'day-value',
    'price-collar',
    'price-stale',
    'session',
  ]);
});

test('decideOverseas() approves what lies on every limit, as a frozen copy that only isApprovedOverseas() knows', () => {
  const verdict = decideOverseas(aRequest(), aState());

  assert.ok(verdict.kind === 'approved', JSON.stringify(verdict));
  assert.ok(Object.isFrozen(verdict.order));
  assert.ok(isApprovedOverseas(verdict.order));
  assert.equal(isApprovedOverseas({ ...verdict.order }), false);
  assert.equal(isApproved(verdict.order), false, 'it is no approval of a Korean order');
});

test('decideOverseas() denies one step past each limit, with both numbers', () => {
  const steps: readonly (readonly [string, OverseasOrderRequest, OverseasState, number, number])[] = [
    ['halted', aRequest(), aState({ isHalted: true }), 1, 0],
    ['order-value', aRequest(), aState({}, { orderValueMax: won(559_999) }), 560_000, 559_999],
    ['day-value', aRequest(), aState({ dayValue: won(440_001) }), 1_000_001, 1_000_000],
    ['price-collar', aRequest({ price: usdTick(1_989_899) }), aState(), 20_101, 20_100],
    ['price-stale', aRequest(), aState({}, { priceAgeMaxMs: 999 }), 1_000, 999],
    ['exchange-rate', aRequest(), aState({}, { rateAgeMaxMs: 999 }), 1_000, 999],
    ['session', aRequest(), aState({}, { window: { opensAtMs: nowMs - 5, closesAtMs: nowMs } }), 1, 0],
    ['session', aRequest(), aState({}, { window: { opensAtMs: nowMs + 3, closesAtMs: nowMs + 9 } }), 3, 0],
    ['symbol', aRequest({ instrument: 'NYSE:KO' }), aState(), 1, 0],
    ['order-type', aRequest({ type: 'market-on-close' }), aState(), 1, 0],
  ];
  for (const [code, request, state, actual, limit] of steps) {
    const verdict = decideOverseas(request, state);

    assert.ok(verdict.kind === 'denied', code);
    assert.deepEqual(
      verdict.denials.map((denial) => [denial.code, denial.actual, denial.limit]),
      [[code, actual, limit]],
    );
  }
});

test('decideOverseas() never approves, and never throws on, a number that is none', () => {
  const garbage = [Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, -0, 0, Number.MAX_SAFE_INTEGER, null, undefined, 'x'];
  for (const value of garbage) {
    const broken = value as never;
    assert.notDeepEqual(codesOf(aRequest({ price: broken }), aState()), [], `price ${String(value)}`);
    assert.notDeepEqual(codesOf(aRequest({ quantity: broken }), aState()), [], `quantity ${String(value)}`);
    const rate = { rate: broken, atMs: nowMs };
    assert.notDeepEqual(codesOf(aRequest(), aState({ rate })), [], `rate ${String(value)}`);
    const lastTrade = { price: broken, atMs: nowMs };
    assert.notDeepEqual(codesOf(aRequest(), aState({ lastTrade })), [], `last ${String(value)}`);
  }
  assert.notDeepEqual(codesOf(null as never, aState()), []);
  assert.notDeepEqual(codesOf(aRequest(), null as never), []);
});

test('decideOverseas() never admits more when a limit is tightened', () => {
  const amount = fc.integer({ min: 0, max: 2_000_000 });
  fc.assert(
    fc.property(
      amount,
      amount,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 400 }),
      (a, b, shares, bps) => {
        const [tight, loose] = [Math.min(a, b), Math.max(a, b)];
        const request = aRequest({ quantity: quantity(shares) });
        const judge = (max: number, collar: number): boolean =>
          codesOf(request, aState({}, { orderValueMax: won(max), dayValueMax: won(max), priceCollarBps: collar }))
            .length === 0;

        if (judge(tight, bps)) assert.ok(judge(loose, bps) && judge(loose, bps + 1));
      },
    ),
  );
});

test('wonOfUsd() rounds up, so that a limit is never passed by rounding', () => {
  assert.equal(wonOfUsd(usdTick(1), wonPerUsd(14_000_000)), 1);
  assert.equal(wonOfUsd(usdTick(10_000), wonPerUsd(14_000_000)), 1_400);
  assert.equal(wonOfUsd(usdTick(10_000), wonPerUsd(14_000_001)), 1_401);
});

test('overseasDenialText() has a sentence for every code in both languages, known and unknown', () => {
  for (const code of Object.keys(overseasRules) as (keyof typeof overseasRules)[]) {
    const known = { code, actual: 2, limit: 1, unit: 'won' } as const;
    const unknown = { ...known, actual: Number.NaN };
    assert.match(overseasDenialText(known, 'ko'), /[가-힣].*요[.)]*$/, code);
    assert.match(overseasDenialText(unknown, 'ko'), /[가-힣].*요\.$/, code);
    for (const denial of [known, unknown]) assert.match(overseasDenialText(denial, 'en'), /^[A-Z0-9].*\.$/, code);
    assert.doesNotMatch(overseasDenialText(unknown, 'en'), /NaN|\{/);
  }
});

test('approveOverseas() is imported by overseas-decide.ts and by nothing else that ships', () => {
  const sources = new URL('../', import.meta.url);
  const users = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(?:ts|tsx|mjs|js)$/.test(file) && !file.endsWith('.test.ts'))
    .filter((file) => importsApprove(readFileSync(new URL(file, sources), 'utf8')));

  assert.deepEqual(users, ['guard/overseas-decide.ts']);
});

/** True when a source brings in more of overseas-approved.ts than the type and the question. */
function importsApprove(source: string): boolean {
  const allowed =
    /import (?:type )?\{(?:\s*(?:isApprovedOverseas|(?:type )?ApprovedOverseas),?)+\s*\} from '[^']*overseas-approved\.ts';/g;
  return /(?:from|import\()\s*['"`][^'"`]*\/overseas-approved\.ts['"`]/.test(source.replaceAll(allowed, ''));
}

test('decideOverseas() calls an instrument that is no US stock a wrong input', () => {
  assert.ok(codesOf(aRequest({ instrument: 'KRX' as never }), aState()).includes('input-missing'));
  assert.ok(codesOf(aRequest({ instrument: 'NASDAQ:aapl' as never }), aState()).includes('input-missing'));
});

test('decideOverseas() denies when only a limit is missing', () => {
  assert.deepEqual(codesOf(aRequest(), aState({}, { rateAgeMaxMs: null })), ['exchange-rate']);
  assert.deepEqual(codesOf(aRequest(), aState({}, { priceCollarBps: null })), ['price-collar']);
  assert.deepEqual(codesOf(aRequest(), aState({ nowMs: Number.NaN })).includes('exchange-rate'), true);
});

test('decideOverseas() shows both numbers of every rule with their unit, and NaN for what is not known', () => {
  const numbers = (request: OverseasOrderRequest, state: OverseasState) =>
    Object.fromEntries(
      decideOverseas(request, state).checks.map(({ code, actual, limit, unit }) => [code, [actual, limit, unit]]),
    );
  const known = {
    halted: [0, 0, 'none'],
    'input-missing': [0, 0, 'none'],
    'order-type': [0, 0, 'none'],
    symbol: [0, 0, 'none'],
    'exchange-rate': [1_000, 1_000, 'milliseconds'],
    'order-value': [560_000, 560_000, 'won'],
    'day-value': [1_000_000, 1_000_000, 'won'],
    'price-collar': [10_000, 20_100, 'usd'],
    'price-stale': [1_000, 1_000, 'milliseconds'],
    session: [0, 0, 'milliseconds'],
  };
  const empty = { ...aState({ rate: null, lastTrade: null, dayValue: null }), limits: noOverseas };
  const unknown = Number.NaN;

  assert.deepEqual(numbers(aRequest(), aState()), known);
  assert.deepEqual(numbers(aRequest(), empty), {
    ...known,
    symbol: [1, 0, 'none'],
    'exchange-rate': [unknown, unknown, 'milliseconds'],
    'order-value': [unknown, unknown, 'won'],
    'day-value': [unknown, unknown, 'won'],
    'price-collar': [unknown, unknown, 'usd'],
    'price-stale': [unknown, unknown, 'milliseconds'],
    session: [unknown, 0, 'milliseconds'],
  });
});

test('decideOverseas() takes no number for known that cannot be one', () => {
  const actual = (code: string, changes: Partial<OverseasState>, request: Partial<OverseasOrderRequest> = {}) =>
    decideOverseas(aRequest(request), aState(changes)).checks.find((check) => check.code === code)?.actual;
  const rate = wonPerUsd(14_000_000);
  const price = usdTick(2_010_000);
  const cases: readonly (readonly [string, Partial<OverseasState>, Partial<OverseasOrderRequest>?])[] = [
    // A rate and a trade from the future, of a broken time, or of nothing.
    ['exchange-rate', { rate: { rate, atMs: nowMs + 1 } }],
    ['exchange-rate', { rate: { rate, atMs: -1 } }],
    ['exchange-rate', { rate: { rate: 0 as never, atMs: nowMs } }],
    ['exchange-rate', { rate: { rate, atMs: nowMs }, nowMs: nowMs + 0.5 }],
    ['price-stale', { lastTrade: { price, atMs: nowMs + 1 } }],
    ['price-stale', { lastTrade: { price, atMs: 0.5 } }],
    ['order-value', { rate: { rate: -1 as never, atMs: nowMs } }],
    ['order-value', {}, { price: 0 as never }],
    ['order-value', {}, { quantity: 0 as never }],
    ['day-value', { dayValue: -1 as never }],
    ['price-collar', { lastTrade: { price: -1 as never, atMs: nowMs } }],
    ['price-collar', { lastTrade: { price: 0.5 as never, atMs: nowMs } }],
  ];

  for (const [code, changes, request] of cases) {
    assert.ok(Number.isNaN(actual(code, changes, request)), `${code} ${JSON.stringify(changes)}`);
  }
  assert.equal(actual('exchange-rate', { rate: { rate, atMs: nowMs } }), 0);
  assert.equal(actual('price-stale', { lastTrade: { price, atMs: nowMs } }), 0);
});

test('decideOverseas() rounds the distance allowed down, and knows none whose product is no exact number', () => {
  const limitOf = (price: number) =>
    decideOverseas(aRequest(), aState({ lastTrade: { price: usdTick(price), atMs: nowMs } })).checks.find(
      ({ code }) => code === 'price-collar',
    )?.limit;

  assert.equal(limitOf(2_010_099), 20_100);
  assert.ok(Number.isNaN(limitOf(2 ** 52)));
  assert.ok(
    codesOf(aRequest(), aState({}, { priceCollarBps: -1 })).includes('price-collar'),
    'nor one that is below nothing',
  );
});

test('decideOverseas() is open from the first millisecond of the window to the last, and never in one of no length', () => {
  const passes = (opensAtMs: number, closesAtMs: number) =>
    !codesOf(aRequest(), aState({}, { window: { opensAtMs, closesAtMs } })).includes('session');

  assert.deepEqual(
    [passes(nowMs, nowMs + 1), passes(nowMs + 1, nowMs + 2), passes(nowMs - 1, nowMs), passes(nowMs, nowMs)],
    [true, false, false, false],
  );
  const distance = decideOverseas(aRequest(), aState({}, { window: { opensAtMs: nowMs, closesAtMs: nowMs } })).checks;
  assert.ok(Number.isNaN(distance.at(-1)?.actual));
});

test('overseasDenialText() writes won, dollars, seconds and counts as they are written', () => {
  const said = (actual: number, unit: 'won' | 'usd' | 'milliseconds' | 'none', language: 'ko' | 'en') =>
    overseasDenialText({ code: 'price-collar', actual, limit: 0, unit }, language);

  assert.match(said(1_234_567, 'won', 'ko'), / 1,234,567원 /);
  assert.match(said(1_234_567, 'won', 'en'), / 1,234,567 won away\.$/);
  assert.match(said(20_101, 'usd', 'ko'), / \$2\.0101 /);
  assert.match(said(1_234, 'milliseconds', 'ko'), / 1\.234초 /);
  assert.match(said(1_234, 'milliseconds', 'en'), / 1\.234 s away/);
  assert.match(said(1.23456, 'none', 'en'), / 1\.235 away/);
});

test('overseasDenialText() says that a number is not known where only one of the two is not', () => {
  const half = { code: 'order-value', actual: 1, limit: Number.NaN, unit: 'won' } as const;

  for (const denial of [half, { ...half, actual: Number.NaN, limit: 1 }]) {
    assert.equal(overseasDenialText(denial, 'ko'), '해외 주문 한 건의 한도를 정하지 않았거나 금액을 알 수 없어요.');
  }
});
