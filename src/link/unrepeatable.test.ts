import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unrepeatableSentence, unrepeatableUses } from './unrepeatable.ts';

test('unrepeatableUses takes names that were agreed on, each once, with a whole line', () => {
  const clock = { name: 'Date.now', line: 3 };
  const isTaken = (found: unknown): boolean => unrepeatableUses.safeParse(found).success;

  assert.ok(isTaken([]));
  assert.ok(isTaken([clock, { name: 'Math.random', line: null }]));
  for (const use of [
    { ...clock, name: 'your savings' },
    { ...clock, line: 0.5 },
    { ...clock, line: -1 },
    { ...clock, line: '3' },
    { ...clock, more: 1 },
    { name: 'Date.now' },
  ]) {
    assert.equal(isTaken([use]), false, JSON.stringify(use));
  }
  assert.equal(isTaken([clock, { ...clock, line: 4 }]), false);
});

test('unrepeatableSentence() names what was asked and where, and only what to use instead of that', () => {
  const chance = { name: 'Math.random', line: 7 } as const;
  const clock = { name: 'new Date()', line: null } as const;

  assert.equal(
    unrepeatableSentence([chance], 'en'),
    'The strategy uses Math.random (line 7), so another run may give another result: use new Random(bar.date) of #domain/random.ts for chance.',
  );
  assert.equal(
    unrepeatableSentence([clock], 'ko'),
    '전략이 쓴 new Date() 때문에 다시 돌리면 결과가 달라질 수 있어요. 시각은 bar.startsAtMs나 context.nowMs를 쓰세요.',
  );
  assert.equal(
    unrepeatableSentence([chance, clock], 'ko'),
    '전략이 쓴 Math.random (7행), new Date() 때문에 다시 돌리면 결과가 달라질 수 있어요. 난수는 #domain/random.ts의 new Random(bar.date)를, 시각은 bar.startsAtMs나 context.nowMs를 쓰세요.',
  );
  assert.match(
    unrepeatableSentence([chance, clock], 'en'),
    /for chance, and bar\.startsAtMs or context\.nowMs for time\.$/,
  );
});
