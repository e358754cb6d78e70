import assert from 'node:assert/strict';
import { test } from 'node:test';
import { won } from '#domain/won.ts';
import { boardOn } from './board.ts';
import { sellTax } from './costs.ts';
import { listingOf } from './listings.ts';
import { lotSize } from './lots.ts';
import { priceLimits } from './price-limits.ts';
import { tickSize } from './tick-size.ts';

const naver = listingOf('035420');
const samsung = listingOf('005930');
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

test('M35 boardOn() is the old board up to the last day there, and the new one from the next', () => {
  assert.ok(naver !== null && samsung !== null);

  assert.equal(boardOn(naver, 2008_11_27), 'KOSDAQ');
  assert.equal(boardOn(naver, 2008_11_28), 'KOSPI');
  assert.equal(boardOn(naver, day('2008-11-27')), 'KOSDAQ');
  assert.equal(boardOn(samsung, 1995_01_03), 'KOSPI');
});

test('M35 NAVER has ticks, limits, lots and tax of KOSDAQ before 2008-11-28 and of KOSPI after', () => {
  assert.ok(naver !== null);

  // 100 won from 50,000 on KOSDAQ since 2003-07-21; 500 from 100,000 on KOSPI.
  assert.equal(tickSize(naver, 150_000, day('2008-11-27')), 100);
  assert.equal(tickSize(naver, 150_000, day('2008-11-28')), 500);
  // 12 % on KOSDAQ until 2005-03-25, while KOSPI had 15 %.
  assert.deepEqual(priceLimits(naver, won(10_000), day('2005-03-25')), { lower: won(8_800), upper: won(11_200) });
  assert.deepEqual(priceLimits(naver, won(10_000), day('2005-03-28')), { lower: won(8_500), upper: won(11_500) });
  assert.equal(lotSize(naver, 20_000, day('2008-11-27')), 1);
  assert.equal(lotSize(naver, 20_000, day('2008-11-28')), 10);
  // 0.30 % in one part, cut off once; on KOSPI 0.15 + 0.15 %, each cut off. 1,333 won: 3.999 against 1.9995 + 1.9995.
  const old = sellTax(naver, won(1_333), day('2008-11-27'));
  const now = sellTax(naver, won(1_333), day('2008-11-28'));
  assert.deepEqual([old.transactionTax, old.ruralTax], [3, 0]);
  assert.deepEqual([now.transactionTax, now.ruralTax], [1, 1]);
});
