import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultName } from './fault-odds.ts';
import { playHistory } from './history.ts';

/** Everything that makes an order unknown, and nothing that hides it for longer than `visibilityMs`. */
const doubts: readonly FaultName[] = [
  'drop-before-acceptance',
  'accept-then-hang',
  'accept-then-reset',
  'status-500-before',
  'status-500-after',
  'malformed-answer',
  'no-order-number',
  'page-error',
  'rows-reordered',
  'crash',
  'torn-write',
];
const seedsPerDelay = 12;

test('T05 no order is doubled or lost while the quiet window is longer than the delay of the list, from 0 to 60 s', () => {
  for (let delayMs = 0; delayMs <= 60_000; delayMs += 5_000) {
    for (let seed = 1; seed <= seedsPerDelay; seed += 1) {
      // One second more than the delay: the broker stamps and answers within it.
      const { broken } = playHistory({ seed, faults: doubts, visibilityMs: delayMs, quietWindowMs: delayMs + 1_000 });
      assert.deepEqual(broken, [], `delay ${delayMs} ms, seed ${seed}`);
    }
  }
});

test('T05 a window shorter than the delay does lose orders, so that the law above can fail', () => {
  const broken = Array.from({ length: 40 }, (_, index) =>
    playHistory({ seed: 1 + index, faults: doubts, visibilityMs: 50_000, quietWindowMs: 5_000 }),
  ).filter((history) => history.broken.length > 0);

  assert.ok(broken.length > 0);
});

test('T05 a delay of more than half the window is told while orders are placed, and a shorter one never', () => {
  const told = (delayMs: number): number => {
    const histories = Array.from({ length: 25 }, (_, index) =>
      playHistory({ seed: 1 + index, faults: [], visibilityMs: delayMs, quietWindowMs: 30_000 }),
    );
    return histories.filter((history) => history.trace().some((line) => line.includes('visibility-slow'))).length;
  };

  assert.equal(told(0), 0);
  assert.equal(told(14_000), 0);
  assert.ok(told(18_000) >= 20, 'nearly every history acknowledges an order');
  assert.ok(told(29_000) >= 20);
});

test('T07 with a discriminator no order of a person is ever taken for ours, however alike; without one a person decides', () => {
  const alike: readonly FaultName[] = [...doubts, 'identical-manual-order', 'late-visibility'];
  let escalated = 0;
  let adopted = 0;
  for (let seed = 1; seed <= 150; seed += 1) {
    const seen = playHistory({ seed, faults: alike });
    const blind = playHistory({ seed, faults: [...alike, 'rows-without-origin'] });
    // brokenPromises() names every order of a person that one of ours claims.
    assert.deepEqual([...seen.broken, ...blind.broken], [], `seed ${seed}`);
    if (blind.struck.has('rows-without-origin')) {
      if (blind.trace().some((line) => line.includes('order.escalated'))) escalated += 1;
      const isFound = (line: string): boolean => line.includes('order.acked') && line.includes('"source":"inquiry"');
      assert.ok(!blind.trace().some(isFound), `seed ${seed}: adopted without a discriminator`);
    } else if (seen.trace().some((line) => line.includes('"source":"inquiry"') && line.includes('order.acked'))) {
      adopted += 1;
    }
  }

  assert.ok(escalated > 5 && adopted > 10, `${escalated} escalated, ${adopted} adopted: too few to prove anything`);
});
