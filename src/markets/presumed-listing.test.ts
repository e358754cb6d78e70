import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sellTax } from './costs.ts';
import { won } from '#domain/won.ts';
import { presumedListing } from './presumed-listing.ts';

for (const [symbol, name, market, kind, leverage, because] of [
  ['005930', '아무 이름', 'KOSPI', 'stock', 1, 'table'],
  ['086520', '에코프로', 'KOSDAQ', 'stock', 1, 'table'],
  ['102110', '102110', 'KOSPI', 'etf', 1, 'table'],
  ['252710', '252710', 'KOSPI', 'etf', 2, 'table'],
  ['999990', 'TIGER 화성탐사', 'KOSPI', 'etf', 1, 'name'],
  ['999990', 'KODEX 은선물레버리지(H)', 'KOSPI', 'etf', 2, 'name'],
  ['999990', 'ACE 코스닥150인버스2X', 'KOSPI', 'etf', 2, 'name'],
  ['999990', '신한 레버리지 천연가스 선물 ETN', 'KOSPI', 'etn', 2, 'name'],
  ['999990', '삼성 구리 선물 ETN(H)', 'KOSPI', 'etn', 1, 'name'],
  ['999990', '한국전자금융', 'KOSPI', 'stock', 1, 'nothing'],
  // Brands stand before a space; words that merely begin alike are stocks.
  ['999990', 'SOLUM', 'KOSPI', 'stock', 1, 'nothing'],
  ['999990', 'TIMES', 'KOSPI', 'stock', 1, 'nothing'],
  ['999990', '999990', 'KOSPI', 'stock', 1, 'nothing'],
] as const) {
  test(`M36 presumedListing() takes ${symbol} "${name}" for ${market} ${kind} × ${leverage}: ${because}`, () => {
    const found = presumedListing(symbol, name);

    const { market: board, kind: what, leverage: times } = found.instrument;
    assert.deepEqual([board, what, times, found.because], [market, kind, leverage, because]);
  });
}

test('M36 presumedListing() frees a fund outside of the table from the tax that a stock pays', () => {
  const { instrument } = presumedListing('999990', 'TIGER 화성탐사');

  const { transactionTax, ruralTax } = sellTax(instrument, won(1_000_000), Temporal.PlainDate.from('2021-06-01'));

  assert.deepEqual([transactionTax, ruralTax], [0, 0]);
});
