import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';

import { WireRow } from '../calls/wire-row.ts';
import {
  dateOrNull,
  flagOrNull,
  hundredths,
  inUnits,
  inUnitsOrNull,
  levelOrNull,
  marketValueOrNull,
  priceOrNull,
  wholeOrNull,
} from './quote-numbers.ts';

const rowOf = (value: string): WireRow<'value'> => new WireRow('TEST', { value }, ['value']);

test('hundredths() is exact for two decimals, of either sign', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (value) => {
      const text = `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;

      assert.equal(hundredths(rowOf(text), 'value'), value === 0 ? 0 : value);
    }),
  );
});

test('hundredths() reads what KIS writes, and rounds further decimals half away from zero', () => {
  const cases: readonly [string, number][] = [
    ['4012.34', 401_234],
    ['+0.5', 50],
    ['7', 700],
    ['-0.00', 0],
    ['128.7450', 12_875],
    ['-128.745', -12_875],
    ['0.004', 0],
    ['-0.004', 0],
  ];

  for (const [text, wanted] of cases) assert.ok(Object.is(hundredths(rowOf(text), 'value'), wanted), text);
  for (const text of ['', '.5', '1,000', '1e3', 'N/A', '--1']) {
    assert.throws(() => hundredths(rowOf(text), 'value'), { code: 'kis.unreadable-answer' }, text);
  }
});

test('what is missing is null and never a price', () => {
  assert.deepEqual(
    ['', '0', '000', '71900'].map((text) => priceOrNull(rowOf(text), 'value')),
    [null, null, null, 71_900],
  );
  assert.deepEqual(
    ['', '0.00', '12.5'].map((text) => levelOrNull(rowOf(text), 'value')),
    [null, null, 1_250],
  );
  assert.deepEqual(
    ['', '0', '-3'].map((text) => wholeOrNull(rowOf(text), 'value')),
    [null, 0, -3],
  );
  assert.deepEqual(
    ['', '00000000', '20261120'].map((text) => dateOrNull(rowOf(text), 'value')?.toString() ?? null),
    [null, null, '2026-11-20'],
  );
  assert.deepEqual(
    ['Y', 'N', '', '1'].map((text) => flagOrNull(rowOf(text), 'value')),
    [true, false, null, null],
  );
  assert.throws(() => priceOrNull(rowOf('-1'), 'value'), { code: 'kis.unreadable-answer' });
});

test('inUnits() counts in the units of KIS, and refuses what no exact number holds', () => {
  assert.equal(inUnits(rowOf('412345'), 'value', 1_000), 412_345_000);
  assert.deepEqual([inUnitsOrNull(rowOf(''), 'value', 1_000), inUnitsOrNull(rowOf('0'), 'value', 1_000)], [null, 0]);
  assert.deepEqual(
    ['', '0', '15361460'].map((text) => marketValueOrNull(rowOf(text), 'value')),
    [null, null, 1_536_146_000_000_000],
  );
  assert.throws(() => inUnits(rowOf('9007199254741'), 'value', 1_000_000), { code: 'kis.unreadable-answer' });
});
