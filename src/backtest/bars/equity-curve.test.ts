import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EquityCurve } from './equity-curve.ts';

test('EquityCurve keeps every day in order, also of more than it was made for', () => {
  const curve = new EquityCurve(1);
  const days = Array.from({ length: 100 }, (_, day) => ({ date: 20_260_000 + day, value: 10_000_000 - day }));
  for (const { date, value } of days) curve.add(date, value);

  assert.equal(curve.length, 100);
  assert.deepEqual(curve.days(), days);
  assert.deepEqual(
    [...curve.values],
    days.map(({ value }) => value),
  );
  assert.deepEqual(
    [...curve.dates],
    days.map(({ date }) => date),
  );
});

test('EquityCurve has no day that was not added', () => {
  assert.deepEqual(new EquityCurve(50).days(), []);
});
