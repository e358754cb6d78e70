import assert from 'node:assert/strict';
import { test } from 'node:test';
import { won } from '#domain/won.ts';
import { dividendTax } from './dividend-tax.ts';

test('dividendTax() takes 14 % and a tenth of that, each cut off to whole won, and other rates before 2005', () => {
  const taxOf = (gross: number, date: string): number => dividendTax(won(gross), Temporal.PlainDate.from(date));

  assert.equal(taxOf(1_000_000, '2024-04-15'), 154_000);
  assert.equal(taxOf(361, '2024-04-15'), 55);
  assert.equal(taxOf(1_000_000, '2005-01-01'), 154_000);
  assert.equal(taxOf(1_000_000, '2004-12-31'), 165_000);
  assert.equal(taxOf(1_000_000, '2000-12-31'), 220_000);
});
