import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { ago, anOrder, aRequest, aState, stocks } from '../../tests/support/guard-makers.ts';
import { decide } from './decide.ts';
import { limitNames, starter, type Limits } from './limits.ts';
import type { GuardOrder, GuardState } from './state.ts';
import { tighten } from './tighten.ts';

/** 100,000 in the suite; a million and more by hand: `GUARD_CASES=1000000 node --test src/guard/decide.t09.test.ts`. */
const cases = Number(process.env['GUARD_CASES'] ?? 100_000);

/** Numbers that no parser makes and that must never pass, whatever they stand for. */
const hostile = [
  Number.NaN,
  Infinity,
  -Infinity,
  -0,
  -1,
  0,
  0.5,
  70_000.5,
  2 ** 53,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
];

test(`T09 of ${cases} cases none passes with a broken number, and tightening one limit never admits more`, () => {
  const random = randomFrom(9);
  let approvals = 0;
  let flips = 0;
  let state = aRandomState(random);
  for (let index = 0; index < cases; index += 1) {
    if (index % 50 === 0) state = aRandomState(random);
    const request = aRandomRequest(random);
    if (index % 10 === 0) {
      const field = random(2) === 0 ? 'price' : 'quantity';
      const broken = { ...request, [field]: hostile[random(hostile.length)] };
      assert.equal(decide(broken, state).kind, 'denied', `${field} ${String(broken[field])}`);
      continue;
    }
    const wide = decide(request, state).kind;
    const tight = decide(request, { ...state, limits: aTighter(state.limits, random) }).kind;
    if (wide === 'approved') approvals += 1;
    if (wide !== tight) flips += 1;
    assert.ok(wide === 'approved' || tight === 'denied', 'tightening admitted more');
    index += 1;
  }

  assert.ok(approvals > cases / 50, `only ${approvals} were approved: the cases say little`);
  assert.ok(flips > cases / 500, `only ${flips} were turned by tightening: the limits were not felt`);
});

type Random = (below: number) => number;

/** Mulberry32: a seeded stream, so that a case that fails is the same tomorrow. */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function aRandomRequest(random: Random) {
  const side = random(3) === 0 ? ('sell' as const) : ('buy' as const);
  const name = ['a', 'b'][random(2)] ?? 'a';
  return aRequest({
    instrument: stocks[random(3)]!.id,
    side,
    price: won(69_000 + random(21) * 100),
    quantity: quantity(1 + random(12)),
    requester: random(4) === 0 ? { kind: 'person', via: 'cli' } : { kind: 'strategy', name },
  });
}

function aRandomState(random: Random): GuardState {
  const ordersOfDay: readonly GuardOrder[] = Array.from({ length: random(7) }, () =>
    anOrder({
      instrument: stocks[random(3)]!.id,
      requester: ['a', 'b', 'person'][random(3)] ?? 'a',
      side: random(3) === 0 ? 'sell' : 'buy',
      price: won(69_000 + random(21) * 100),
      quantity: quantity(1 + random(8)),
      open: quantity(random(3)),
      filled: quantity(random(2)),
      atMs: ago(random(200_000)),
    }),
  );
  const held = stocks.slice(0, random(4)).map(({ id }) => {
    return [id, { instrument: id, quantity: quantity(random(15)), cost: won(random(1_000_000)) }] as const;
  });
  const traded = won(900_000_000 + random(3_000_000_000));
  const usual = Array.from({ length: 15 + random(6) }, () => 1 + random(4));
  return aState({
    limits: random(2) === 0 ? starter : doubled(),
    isHalted: random(20) === 0,
    haltedStrategies: new Set(random(10) === 0 ? ['a'] : []),
    clockErrorMs: random(2_020),
    tradedValueAverage: () => traded,
    recentQuantities: () => usual,
    cash: won(1_000_000 + random(12_000_000)),
    equity: won(15_000_000 + random(60_000_000)),
    profitOfDay: won(50_000 - random(350_000)),
    cancelsOfDay: Array.from({ length: random(10) }, () => ago(random(100_000))),
    positions: new Map(held),
    ordersOfDay,
  });
}

function doubled(): Limits {
  const limits: Record<string, number> = {};
  for (const name of limitNames) limits[name] = starter[name] * 2;
  return limits as unknown as Limits;
}

/** Three limits somewhere between nothing and three times what they were: `tighten()` takes over what is tighter. */
function aTighter(limits: Limits, random: Random): Limits {
  const change: Record<string, number> = {};
  for (let count = 0; count < 3; count += 1) {
    const name = limitNames[random(limitNames.length)]!;
    change[name] = Math.floor((limits[name] * random(31)) / 10);
  }
  return tighten(limits, change);
}
