import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from './clock.ts';

test('ManualClock moves its instant and its elapsed time together, and only when told', () => {
  const clock = new ManualClock(Temporal.Instant.from('2026-11-20T00:00:00Z'));

  clock.advance(1_500);

  assert.equal(clock.now().toString(), '2026-11-20T00:00:01.5Z');
  assert.equal(clock.elapsedMs(), 1_500);
});
