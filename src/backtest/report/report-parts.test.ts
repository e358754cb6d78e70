import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundValues } from './chart-scale.ts';
import { returnBins } from './distribution-chart.ts';
import { daysOfLog } from './log-days.ts';
import { newestDecisions } from './report-bounds.ts';
import { packNumbers } from './packed-numbers.ts';

test('returnBins() never mixes wins with losses, and loses no trade', () => {
  const bins = returnBins([-0.031, -0.0001, 0, 0.012, 0.2]);

  assert.deepEqual(
    bins.filter((bin) => bin.count > 0).map((bin) => [bin.fromBps, bin.count]),
    [
      [-400, 1],
      [-200, 1],
      [0, 2],
      [2_000, 1],
    ],
  );
  assert.equal(bins[0]?.stepBps, 200);
  assert.deepEqual(returnBins([]), []);
});

test('packNumbers() writes differences in digits of five bits, the sign first', () => {
  assert.equal(packNumbers([0, 1, 0]), 'ACD');
  assert.equal(packNumbers([16, NaN, 16]), 'gB.A');
  assert.equal(packNumbers([-1_000]), 'x-B');
});

test('daysOfLog() reads notes and cancels with their trading day in Seoul, and leaves orders to the result', () => {
  const days = daysOfLog([
    '2010-01-26T15:00:00Z 005380 note enter:golden-cross 골든크로스: 5봉 평균',
    '2010-01-26T15:00:00Z 005380 submit buy 8 @ 111000 골든크로스: 5봉 평균',
    '2010-01-27T15:00:00Z 005380 cancel buy',
    '2010-01-27T15:00:00Z 005380 note 쉬는 날',
    'nothing of ours',
  ]);

  assert.deepEqual(days, [
    { symbol: '005380', date: 20100127, text: '골든크로스: 5봉 평균' },
    { symbol: '005380', date: 20100128, text: 'cancel buy' },
    { symbol: '005380', date: 20100128, text: '쉬는 날' },
  ]);
});

test('roundValues() are multiples of 1, 2 or 5 inside the extent, and none of an extent without length', () => {
  assert.deepEqual(roundValues({ low: -0.3, high: 1.1 }, 2), [0, 1]);
  assert.deepEqual(roundValues({ low: 3, high: 3 }, 2), []);
});

test('newestDecisions() keeps whole days, the newest, and says from which day on nothing is missing', () => {
  const items = Array.from({ length: 7_000 }, (_, index) => ({ date: 20200101 + Math.floor(index / 3) }));

  const { kept, since } = newestDecisions(items);

  assert.ok(kept.length <= 5_000 && kept.length > 4_996, `${kept.length}`);
  assert.equal(kept[0]?.date, since);
  assert.equal(kept.filter(({ date }) => date === since).length, 3);
  assert.deepEqual(newestDecisions(items.slice(0, 10)), { kept: items.slice(0, 10), since: 0 });
});
