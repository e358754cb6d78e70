import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { listingsOf } from './listing-option.ts';

test('M36 listingsOf() reads boards and kinds, several between commas, the last of a code counting', () => {
  const found = listingsOf(['123456=kosdaq,00088K=ETN:2', '123456=ETF', '234567=KONEX', '345678=코스닥']);

  assert.deepEqual(
    [...found],
    [
      ['123456', { market: 'KOSPI', kind: 'etf', leverage: 1 }],
      ['00088K', { market: 'KOSPI', kind: 'etn', leverage: 2 }],
      ['234567', { market: 'KONEX', kind: 'stock', leverage: 1 }],
      ['345678', { market: 'KOSDAQ', kind: 'stock', leverage: 1 }],
    ],
  );
  assert.equal(listingsOf(undefined).size, 0);
});

for (const text of [
  '123456',
  '123456=NASDAQ',
  '123456=나스닥',
  '12345=ETF',
  '123456=KOSPI:2',
  '123456=ETF:9',
  '123456=constructor',
  '',
]) {
  test(`M36 listingsOf() refuses "${text}" and shows how to write it`, () => {
    assert.throws(
      () => listingsOf([text]),
      (error) => error instanceof FixConfiguration && error.code === 'cli.option' && /123456=ETF:2/.test(error.message),
    );
  });
}
