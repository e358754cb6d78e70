import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { longDelayMs, limitDelayMs, profileDelayMs, shortDelayMs, valueAt } from './limit-delay.ts';
import { isSameLimit, waiting, withLimitChange, withoutChange, withProfileChange } from './limit-fold.ts';
import { limitsInForce, noPolicy, type LimitPolicy, type LimitScope } from './limit-policy.ts';
import { limitNames, standard, starter, type LimitName } from './limits.ts';
import { isTighter } from './tighten.ts';

const account: LimitScope = { kind: 'account', subject: '' };
const minuteMs = 60_000;
let serial = 0;

/** Sets a limit as the gateway does: judged by what binds at that moment. */
function set(
  policy: LimitPolicy,
  atMs: number,
  value: number,
  { scope = account, name = 'orderValueMax' }: { scope?: LimitScope; name?: LimitName } = {},
): LimitPolicy {
  const effectiveAtMs = atMs + limitDelayMs({ scope, name, value }, policy, starter, atMs);
  return withLimitChange(policy, { id: String((serial += 1)), scope, name, value, atMs, effectiveAtMs, by: 'cli' });
}

function bound(policy: LimitPolicy, atMs: number, name: LimitName = 'orderValueMax'): number {
  return limitsInForce(policy, starter, atMs).limits[name];
}

test('INV-12 a loosening waits ten minutes up to twice, and a day beyond', () => {
  const delay = (value: number, name: LimitName = 'orderValueMax'): number =>
    limitDelayMs({ scope: account, name, value }, noPolicy, starter, 0);

  assert.deepEqual(
    [999_999, 1_000_000, 1_000_001].map((value) => delay(value)),
    [0, 0, shortDelayMs],
  );
  assert.deepEqual(
    [1_999_999, 2_000_000, 2_000_001].map((value) => delay(value)),
    [shortDelayMs, shortDelayMs, longDelayMs],
  );
  // Where larger is tighter, half is twice as loose.
  assert.deepEqual(
    [1_001, 1_000, 999].map((value) => delay(value, 'priceMinimum')),
    [0, 0, shortDelayMs],
  );
  assert.deepEqual(
    [501, 500, 499].map((value) => delay(value, 'priceMinimum')),
    [shortDelayMs, shortDelayMs, longDelayMs],
  );
});

test('INV-12 a loosened limit binds from its very millisecond on, a tightened one at once', () => {
  const looser = set(noPolicy, 0, 2_000_000);

  assert.deepEqual(
    [-1, 0, 1].map((step) => bound(looser, shortDelayMs + step)),
    [1_000_000, 2_000_000, 2_000_000],
  );
  assert.equal(bound(set(noPolicy, 0, 1), 0), 1);
});

test('INV-12 doubling again after each wait gets no further in a day than one doubling', () => {
  let policy = noPolicy;
  for (let minute = 0; minute < 24 * 60; minute += 11) {
    const now = bound(policy, minute * minuteMs);
    if (waiting(policy, minute * minuteMs).length === 0) policy = set(policy, minute * minuteMs, 2 * now);
  }

  assert.equal(bound(policy, longDelayMs - 1), 2_000_000);
});

test('INV-12 a tightening for caution costs a day to take back when it was to less than half', () => {
  const tight = set(noPolicy, 0, 400_000);

  assert.equal(
    limitDelayMs({ scope: account, name: 'orderValueMax', value: 800_000 }, tight, starter, 1),
    shortDelayMs,
  );
  assert.equal(
    limitDelayMs({ scope: account, name: 'orderValueMax', value: 1_000_000 }, tight, starter, 1),
    longDelayMs,
  );
});

test('INV-12 what a value was more than a day ago counts no more', () => {
  const tight = set(noPolicy, 0, 400_000);
  const up = set(tight, 1, 800_000);
  const dayAfter = shortDelayMs + longDelayMs + 1;

  const delay = (atMs: number) =>
    limitDelayMs({ scope: account, name: 'orderValueMax', value: 1_600_000 }, up, starter, atMs);
  assert.deepEqual([delay(dayAfter - 1), delay(dayAfter)], [longDelayMs, shortDelayMs]);
});

test('INV-12 tightening, keeping and a second wish end what waited; a matured change stays', () => {
  const waits = set(noPolicy, 0, 2_000_000);

  assert.equal(bound(set(waits, 1, 1_000_000), longDelayMs), 1_000_000);
  assert.equal(bound(set(waits, 1, 500_000), longDelayMs), 500_000);
  const second = set(waits, minuteMs, 1_500_000);
  assert.equal(waiting(second, minuteMs).length, 1);
  assert.equal(bound(second, shortDelayMs), 1_000_000);
  assert.equal(bound(second, shortDelayMs + minuteMs), 1_500_000);
  assert.equal(bound(set(waits, shortDelayMs, 1_500_000), shortDelayMs), 1_500_000);
});

test('INV-12 what waits for one limit is not touched by another limit, strategy or symbol', () => {
  const waits = set(noPolicy, 0, 2_000_000);
  const others = [
    set(waits, 1, 1, { name: 'openValueMax' }),
    set(waits, 1, 1, { scope: { kind: 'strategy', subject: 'a' } }),
    set(waits, 1, 1, { scope: { kind: 'symbol', subject: '005930' } }),
  ];

  for (const policy of others) assert.equal(bound(policy, shortDelayMs), 2_000_000);
});

test('withoutChange() takes back what waits under the id and leaves what is in force', () => {
  const waits = set(noPolicy, 0, 2_000_000);
  const id = waits.changes[0]?.id ?? '';

  assert.equal(bound(withoutChange(waits, id, shortDelayMs - 1), longDelayMs), 1_000_000);
  assert.equal(bound(withoutChange(waits, id, shortDelayMs), longDelayMs), 2_000_000);
  assert.equal(bound(withoutChange(waits, 'other', 0), longDelayMs), 2_000_000);
});

test('a strategy and a symbol are bound by the tighter of their own value and the account´s', () => {
  const scope: LimitScope = { kind: 'symbol', subject: '005930' };
  const own = set(set(noPolicy, 0, 600_000, { scope }), 0, 300_000, { scope: { kind: 'strategy', subject: 'a' } });
  const of = (kind: LimitScope['kind'], subject: string) =>
    valueAt({ scope: { kind, subject }, name: 'orderValueMax' }, own, starter, 0);

  assert.deepEqual([of('symbol', '005930'), of('symbol', '000660')], [600_000, 1_000_000]);
  assert.deepEqual([of('strategy', 'a'), of('strategy', 'b'), of('account', '')], [300_000, 1_000_000, 1_000_000]);
  assert.equal(valueAt({ scope, name: 'orderValueMax' }, set(own, 0, 100_000), starter, 0), 100_000);
  const { overrides } = limitsInForce(set(own, 0, 5, { scope, name: 'priceCollarBps' }), starter, 0);
  assert.deepEqual(overrides.symbols.get('KRX:005930'), { orderValueMax: 600_000, priceCollarBps: 5 });
});

test('standard waits a day, starter comes back at once, and a limit that a person set stays', () => {
  const choose = (policy: LimitPolicy, profile: 'starter' | 'standard', atMs: number): LimitPolicy => {
    const effectiveAtMs = atMs + profileDelayMs(profile, policy, starter, atMs);
    return withProfileChange(policy, { id: 'p', profile, atMs, effectiveAtMs, by: 'cli' });
  };
  const chosen = choose(set(noPolicy, 0, 500_000), 'standard', 0);

  assert.deepEqual(limitsInForce(chosen, starter, longDelayMs - 1).profile, 'starter');
  assert.deepEqual(limitsInForce(chosen, starter, longDelayMs), {
    profile: 'standard',
    limits: { ...standard, orderValueMax: 500_000 },
    overrides: { strategies: new Map(), symbols: new Map() },
  });
  const back = choose(chosen, 'starter', longDelayMs + 1);
  assert.equal(limitsInForce(back, starter, longDelayMs + 1).profile, 'starter');
  assert.equal(limitsInForce(choose(chosen, 'starter', 1), starter, longDelayMs).profile, 'starter', 'and ends a wait');
  assert.deepEqual(waiting(withoutChange(chosen, 'p', 1), 1), []);
  assert.equal(waiting(chosen, 1).length, 1);
});

test('INV-12 INV-40 no history of wishes lets more through before its time, or is kept for ever', () => {
  const wish = fc.record({
    minutes: fc.integer({ min: 0, max: 900 }),
    name: fc.constantFrom<LimitName>('orderValueMax', 'priceMinimum'),
    factor: fc.constantFrom(0.3, 0.5, 0.9, 1, 1.5, 2, 4),
  });

  fc.assert(
    fc.property(fc.array(wish, { maxLength: 40 }), (wishes) => {
      let policy = noPolicy;
      let atMs = 0;
      for (const { minutes, name, factor } of wishes) {
        atMs += minutes * minuteMs;
        const before = limitsInForce(policy, starter, atMs).limits;
        policy = set(policy, atMs, Math.round(before[name] * factor), { name });
        assert.ok(isTighter(limitsInForce(policy, starter, atMs).limits, before), 'nothing loosens at once');
      }
      for (const name of limitNames) {
        const kept = policy.changes.filter((change) => change.name === name);
        assert.ok(kept.filter(({ atMs: at }) => at < atMs - 2 * longDelayMs).length <= wishes.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('INV-40 of changes older than a day one is kept for each limit', () => {
  let policy = noPolicy;
  for (let day = 0; day < 50; day += 1) policy = set(policy, day * longDelayMs, 900_000 - day);

  assert.equal(policy.changes.length, 2);
  assert.equal(bound(policy, 50 * longDelayMs), 899_951);
});

test('INV-12 the short wait is ten minutes and the long one a day', () => {
  assert.deepEqual([shortDelayMs, longDelayMs], [10 * minuteMs, 24 * 60 * minuteMs]);
});

test('INV-12 a value that was tighter for a moment of the day counts, one that is still to come does not', () => {
  const dipped = set(set(noPolicy, 0, 400_000), 1, 800_000);
  const wish = (value: number, policy: LimitPolicy, atMs: number) =>
    limitDelayMs({ scope: account, name: 'orderValueMax', value }, policy, starter, atMs);

  assert.equal(wish(1_600_000, dipped, 20 * minuteMs), longDelayMs);
  // The standard profile waits for tomorrow: a day on from here the last day began with the starter's million.
  const later = withProfileChange(noPolicy, {
    id: 'p',
    profile: 'standard',
    atMs: 0,
    effectiveAtMs: longDelayMs,
    by: 'cli',
  });
  assert.equal(wish(10_000_000, later, longDelayMs), longDelayMs);
  assert.equal(wish(10_000_000, later, 2 * longDelayMs), shortDelayMs);
});

test('INV-12 a change counts among what is in force from its own millisecond on, and waits until then', () => {
  const waits = set(noPolicy, 0, 2_000_000);

  assert.deepEqual(
    [-1, 0].map((step) => waiting(waits, shortDelayMs + step).length),
    [1, 0],
  );
  // At that very millisecond a new wish replaces nothing that is in force already.
  assert.equal(bound(set(waits, shortDelayMs, 3_000_000), shortDelayMs), 2_000_000);
});

test('isSameLimit() tells kinds and subjects apart', () => {
  const of = (kind: LimitScope['kind'], subject: string, name: LimitName = 'orderValueMax') => ({
    scope: { kind, subject },
    name,
  });

  assert.ok(isSameLimit(of('symbol', '005930'), of('symbol', '005930')));
  for (const other of [
    of('symbol', '000660'),
    of('strategy', '005930'),
    of('symbol', '005930', 'priceMinimum'),
  ] as const) {
    assert.equal(isSameLimit(of('symbol', '005930'), other), false);
  }
});

test('INV-40 INV-12 what was in force a day ago is kept, what it had replaced is not', () => {
  let policy = set(noPolicy, 0, 900_000);
  policy = set(policy, 1, 800_000);
  policy = set(policy, 1 + longDelayMs, 700_000);

  assert.deepEqual(
    policy.changes.map(({ value }) => value),
    [800_000, 700_000],
  );
  assert.deepEqual(
    set(set(noPolicy, 1, 900_000), longDelayMs, 700_000).changes.map(({ value }) => value),
    [900_000, 700_000],
  );
});

test('INV-12 a profile that is in force stays until the next one binds, and all of a day are kept', () => {
  const change = (profile: 'starter' | 'standard', atMs: number, effectiveAtMs: number) =>
    ({ id: String(effectiveAtMs), profile, atMs, effectiveAtMs, by: 'cli' }) as const;
  const chosen = withProfileChange(noPolicy, change('standard', 0, 100));
  const next = withProfileChange(chosen, change('starter', 100, 105));
  const profileAt = (atMs: number) => limitsInForce(next, starter, atMs).profile;

  assert.deepEqual([99, 100, 104, 105].map(profileAt), ['starter', 'standard', 'standard', 'starter']);
  const hours = [0, 1, 2].reduce((policy, hour) => set(policy, hour * 60 * minuteMs, 900_000 - hour), noPolicy);
  assert.equal(hours.changes.length, 3);
});
