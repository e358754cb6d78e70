import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyAge } from './key-age.ts';

const since = Temporal.PlainDate.from('2026-01-01');
const levelAfter = (days: number): string => keyAge(since, since.add({ days })).level;

test('T18 keyAge() tells at 60 days, each day at 75, and refuses at 90, to the day', () => {
  assert.deepEqual([0, 59, 60, 74, 75, 89, 90, 400].map(levelAfter), [
    'fresh',
    'fresh',
    'due',
    'due',
    'overdue',
    'overdue',
    'refused',
    'refused',
  ]);
});

test('keyAge() of a key that begins tomorrow is 0 days, and every sentence says the days', () => {
  assert.equal(keyAge(since, since.subtract({ days: 1 })).days, 0);
  for (const days of [3, 61, 76, 91]) {
    const { ko, en } = keyAge(since, since.add({ days }));
    assert.ok(ko.includes(`${days}일`) && en.includes(`${days} days`));
  }
});
