import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixConfiguration, Halt, Reconcile, RetryLater, SnowballError } from './errors.ts';

test('every operational failure says by its class what to do next', () => {
  const failures = [
    new RetryLater('a', 'm'),
    new Reconcile('a', 'm'),
    new Halt('a', 'm'),
    new FixConfiguration('a', 'm'),
  ];

  assert.deepEqual(
    failures.map((failure) => failure.nextStep),
    ['retry-later', 'reconcile', 'halt', 'fix-configuration'],
  );
  assert.ok(failures.every((failure) => failure instanceof SnowballError));
});

test('an operational failure keeps its cause', () => {
  const cause = new Error('below');

  assert.equal(new RetryLater('a', 'm', { cause }).cause, cause);
});
