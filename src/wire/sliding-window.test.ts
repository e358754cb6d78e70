import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { SlidingWindow } from './sliding-window.ts';

const second = { windowMs: 1_000, arrivalMsMax: 500 };

/** Sends as fast as the window lets, with these delays there and back; @returns arrivals by the server's clock. */
function arrivals(calls: number, journeys: readonly (readonly [pause: number, there: number, back: number])[]) {
  const window = new SlidingWindow({ calls, ...second });
  const answers: { atMs: number; settled(nowMs: number): void }[] = [];
  const arrived: number[] = [];
  let nowMs = 0;
  for (const [pause, there, back] of journeys) {
    nowMs += pause;
    for (let waitMs = window.waitMs(nowMs); waitMs > 0; waitMs = window.waitMs(nowMs)) {
      const next = Math.min(nowMs + waitMs, ...answers.map(({ atMs }) => atMs).filter((atMs) => atMs > nowMs));
      nowMs = next;
      const due = answers.filter(({ atMs }) => atMs <= nowMs);
      for (const answer of due) answer.settled(answer.atMs);
    }
    const call = window.leave(nowMs);
    arrived.push(nowMs + there);
    answers.push({ atMs: nowMs + there + back, settled: (atMs) => call.settled(atMs) });
  }
  return arrived;
}

for (const calls of [1, 18]) {
  test(`SlidingWindow lets at most ${calls} calls arrive in any second, however the network delays them`, () => {
    const journey = fc.tuple(
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 })),
      fc.integer({ min: 0, max: second.arrivalMsMax }),
      fc.integer({ min: 0, max: 900 }),
    );
    fc.assert(
      fc.property(fc.array(journey, { maxLength: 60 }), (journeys) => {
        const arrived = arrivals(calls, journeys);
        for (const start of arrived) {
          const within = arrived.filter((at) => at >= start && at < start + 1_000);
          assert.ok(within.length <= calls, `${within.length} arrivals from ${start} on`);
        }
      }),
      { numRuns: 150 },
    );
  });
}

test('SlidingWindow lets the next call leave one window after the answer, not after the departure', () => {
  const window = new SlidingWindow({ calls: 1, ...second });
  const call = window.leave(0);

  assert.equal(window.waitMs(10), 1_490);
  call.settled(200);

  assert.equal(window.waitMs(200), 1_000);
  assert.equal(window.waitMs(1_200), 0);
});

test('SlidingWindow gives up waiting for a call that hangs', () => {
  const window = new SlidingWindow({ calls: 1, ...second });
  const call = window.leave(0);

  assert.equal(window.waitMs(1_499), 1);
  assert.equal(window.waitMs(1_500), 0);
  window.leave(1_500);
  call.settled(9_000);

  assert.equal(window.waitMs(1_600), 1_400);
});

test('SlidingWindow keeps reserved places free', () => {
  const window = new SlidingWindow({ calls: 2, ...second });
  window.leave(0);

  assert.ok(window.waitMs(0, 1) > 0);
  assert.equal(window.waitMs(0), 0);
});
