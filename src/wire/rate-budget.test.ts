import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { createRateBudget, type RateLane } from './rate-budget.ts';

function handDriven(options: { perSecond: number; burst: number; reservedForCancel?: number }) {
  let nowMs = 0;
  const budget = createRateBudget({ ...options, elapsedMs: () => nowMs });
  return { budget, advance: (ms: number) => void (nowMs += ms), nowMs: () => nowMs };
}

test('take() grants a burst, then one call an interval', () => {
  const { budget, advance } = handDriven({ perSecond: 10, burst: 2 });

  assert.equal(budget.take('query'), 0);
  assert.equal(budget.take('query'), 0);
  assert.equal(budget.take('query'), 100);
  advance(100);
  assert.equal(budget.take('query'), 0);
  assert.equal(budget.take('query'), 100);
});

test('take() keeps the reserved part of the burst for cancels', () => {
  const { budget } = handDriven({ perSecond: 10, burst: 2, reservedForCancel: 1 });

  assert.equal(budget.take('order'), 0);
  assert.ok(budget.take('order') > 0);
  assert.equal(budget.take('cancel'), 0);
});

test('take() never lets more than burst + perSecond calls into any second', () => {
  const lane = fc.constantFrom<RateLane>('cancel', 'order', 'query');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), lane), { maxLength: 200 }), (steps) => {
      const { budget, advance, nowMs } = handDriven({ perSecond: 15, burst: 3, reservedForCancel: 1 });
      const granted: number[] = [];
      for (const [pauseMs, lane] of steps) {
        advance(pauseMs / 10);
        if (budget.take(lane) === 0) granted.push(nowMs());
      }
      for (const start of granted) {
        assert.ok(granted.filter((at) => at >= start && at < start + 1_000).length <= 18);
      }
    }),
  );
});

test('pause() lets nothing leave until it is over', () => {
  const { budget, advance } = handDriven({ perSecond: 10, burst: 3 });

  budget.pause(1_000);

  assert.ok(budget.take('cancel') > 0);
  advance(999);
  assert.ok(budget.take('cancel') > 0);
  advance(1);
  assert.equal(budget.take('cancel'), 0);
});

test('acquire() serves cancels before orders before queries', async () => {
  // The clock stands until all have asked: on a busy machine the first would be served before the last comes.
  let askedAtMs = Infinity;
  const elapsedMs = (): number => Math.max(0, performance.now() - askedAtMs);
  const budget = createRateBudget({ perSecond: 100, burst: 1, elapsedMs });
  const order: string[] = [];
  const ask = async (lane: RateLane, name: string): Promise<void> => {
    assert.equal((await budget.acquire(lane)).kind, 'granted');
    order.push(name);
  };

  await budget.acquire('query');
  const asked = [ask('query', 'query 1'), ask('query', 'query 2'), ask('order', 'order'), ask('cancel', 'cancel')];
  askedAtMs = performance.now();
  await Promise.all(asked);

  assert.deepEqual(order, ['cancel', 'order', 'query 1', 'query 2']);
});

test('acquire() gives up when the lane has waited its longest', async () => {
  const budget = createRateBudget({
    perSecond: 1,
    burst: 1,
    elapsedMs: () => performance.now(),
    waitMsMax: { order: 30 },
  });
  await budget.acquire('query');

  assert.equal((await budget.acquire('order')).kind, 'late');
});

test('acquire() refuses at once when the queue is full', async () => {
  const budget = createRateBudget({
    perSecond: 50,
    burst: 1,
    elapsedMs: () => performance.now(),
    waitersMax: 1,
  });
  await budget.acquire('query');

  const waiting = budget.acquire('query');
  const refused = await budget.acquire('query');

  assert.equal(refused.kind, 'full');
  assert.equal((await waiting).kind, 'granted');
});

test('createRateBudget() refuses a budget in which only cancels could ever leave', () => {
  assert.throws(
    () => createRateBudget({ perSecond: 1, burst: 1, reservedForCancel: 1, elapsedMs: () => 0 }),
    RangeError,
  );
  assert.throws(() => createRateBudget({ perSecond: 0, burst: 1, elapsedMs: () => 0 }), RangeError);
});

test('acquire() lets an order and a cancel go before a full queue of queries', async () => {
  const budget = createRateBudget({
    // Slow enough that no second query is let out while two hundred are put into the queue.
    perSecond: 4,
    burst: 1,
    elapsedMs: () => performance.now(),
    waitersMax: 200,
    window: { calls: 60, windowMs: 1_000, arrivalMsMax: 500 },
  });
  const order: string[] = [];
  const ask = async (lane: RateLane): Promise<void> => {
    const turn = await budget.acquire(lane);
    if (turn.kind === 'granted') order.push(lane);
  };
  const queries = Array.from({ length: 201 }, () => ask('query'));
  const refused = await budget.acquire('query');

  await Promise.all([ask('order'), ask('cancel')]);
  budget.close();
  await Promise.all(queries);

  assert.equal(refused.kind, 'full');
  assert.deepEqual(order, ['query', 'cancel', 'order']);
});

test('acquire() waits one window after the answer to the call before', async () => {
  const window = { calls: 1, windowMs: 60, arrivalMsMax: 400 };
  const budget = createRateBudget({ perSecond: 1_000, burst: 1, elapsedMs: () => performance.now(), window });
  const first = await budget.acquire('query');
  const startedMs = performance.now();
  const second = budget.acquire('query');

  assert.ok(first.kind === 'granted');
  first.settled();
  await second;

  const waitedMs = performance.now() - startedMs;
  assert.ok(waitedMs >= 59 && waitedMs < 300, `${waitedMs} ms`);
});

test('close() sends everybody away', async () => {
  const budget = createRateBudget({ perSecond: 1, burst: 1, elapsedMs: () => performance.now() });
  await budget.acquire('query');
  const waiting = budget.acquire('query');

  budget.close();

  assert.deepEqual([(await waiting).kind, (await budget.acquire('cancel')).kind], ['late', 'late']);
});
