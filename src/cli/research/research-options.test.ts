import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { cashOf, dayOf } from './research-options.ts';

test('cashOf() reads whole won with the commas of a Korean amount or without, and nothing else', () => {
  assert.deepEqual(['10000000', '10,000,000', '1', '1,000,000,000,000'].map(cashOf), [1e7, 1e7, 1, 1e12]);
  for (const text of ['10,00,000', '1,000,000,000,001', '0', '-5', '1e7', '10000.5', ',000', '천만', '']) {
    assert.throws(() => cashOf(text), FixConfiguration, text);
  }
});

test('dayOf() reads a day with hyphens, dots, slashes or none, and no mixture of them', () => {
  for (const text of ['20190102', '2019-01-02', '2019.01.02', '2019/01/02']) {
    assert.equal(dayOf('--from', text), 20_190_102, text);
  }
  for (const text of ['2019-01.02', '2019.1.2', '20190230', '190102', '']) {
    assert.throws(() => dayOf('--from', text), FixConfiguration, text);
  }
  assert.equal(dayOf('--from', undefined), null);
});
