import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MarketClock } from './market-clock.ts';

test('MarketClock goes on at the speed that the gateway told', () => {
  let elapsedMs = 0;
  const clock = new MarketClock(() => elapsedMs);
  assert.equal(clock.nowMs(), 0);

  clock.tell(1_000_000, 60);
  elapsedMs += 100;

  assert.equal(clock.nowMs(), 1_006_000);
});

test('MarketClock is pushed on by a trade from its future, and turned back only by the gateway', () => {
  const clock = new MarketClock(() => 0);
  clock.tell(1_000_000, 1);

  clock.notBefore(999_000);
  assert.equal(clock.nowMs(), 1_000_000);
  clock.notBefore(1_005_000);
  assert.equal(clock.nowMs(), 1_005_000);
  clock.tell(1_002_000, 1);

  assert.equal(clock.nowMs(), 1_002_000);
});
