import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LoginThrottle } from './login-throttle.ts';

describe('LoginThrottle', () => {
  it('lets four failures pass and locks for a minute at the fifth', () => {
    const throttle = new LoginThrottle(() => 0);
    for (let tries = 0; tries < 4; tries += 1) throttle.failed();
    assert.equal(throttle.waitMs(), 0);

    throttle.failed();

    assert.equal(throttle.waitMs(), 60_000);
  });

  it('doubles the lock at each failure after that, up to an hour', () => {
    let now = 0;
    const throttle = new LoginThrottle(() => now);
    for (let tries = 0; tries < 5; tries += 1) throttle.failed();
    const waits = Array.from({ length: 8 }, () => {
      now += throttle.waitMs();
      throttle.failed();
      return throttle.waitMs() / 60_000;
    });

    assert.deepEqual(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('forgets failures older than a minute, and everything after a success', () => {
    let now = 0;
    const throttle = new LoginThrottle(() => now);
    for (let tries = 0; tries < 4; tries += 1) throttle.failed();
    now = 61_000;

    throttle.failed();
    assert.equal(throttle.waitMs(), 0);
    for (let tries = 0; tries < 5; tries += 1) throttle.failed();
    throttle.succeeded();

    assert.equal(throttle.waitMs(), 0);
  });
});
