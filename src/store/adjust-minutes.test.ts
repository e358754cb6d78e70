import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { openBarStore } from './bar-store.ts';
import type { CorporateAction } from './corporate-action.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';

const always = { from: 0, to: 99_999_999, interval: '1m' } as const;

/** Bars of one price each. */
function barsOf(
  interval: '1d' | '1m',
  rows: readonly (readonly [date: number, minute: number, close: number])[],
): BarSeries {
  const close = Float64Array.from(rows, (row) => row[2]);
  return {
    instrument: 'KRX:005930',
    interval,
    date: Int32Array.from(rows, ([date]) => date),
    startsAtMs: Float64Array.from(rows, ([date, minute]) => dayStartsAtMs(date) + minute * 60_000),
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(rows.length).fill(10),
  };
}

const minutes = barsOf('1m', [
  [20260914, 540, 10_000],
  [20260914, 930, 10_000],
  // The after-market, which moved the last minute off the close.
  [20260914, 1_100, 12_500],
  [20260915, 540, 9_400],
]);
const days = barsOf('1d', [
  [20260914, 0, 10_000],
  [20260915, 0, 9_400],
]);
const dividend: CorporateAction = {
  symbol: '005930',
  from: 20260915,
  kind: 'dividend',
  knownOn: 20260901,
  sharesBefore: 1,
  sharesAfter: 1,
  dividend: 500,
  isWithdrawn: false,
};

test('adjustedSeries() puts minutes on the footing of the day bars: a dividend counts from the close of the day', () => {
  const store = openBarStore(':memory:');
  store.importSeries([{ series: minutes, name: '' }], { source: 'test' });
  store.recordActions([dividend], { source: 'test' });
  const alone = store.adjustedSeries('005930', always);
  store.importSeries([{ series: days, name: '' }], { source: 'test' });

  const together = store.adjustedSeries('005930', always);

  assert.deepEqual([...(together?.close ?? [])], [9_500, 9_500, 11_875, 9_400]);
  assert.deepEqual(
    [...(alone?.close ?? [])],
    [9_600, 9_600, 12_000, 9_400],
    'of the last minute where there are no days',
  );
  assert.deepEqual(store.series('005930', '1m', 0, 99_999_999), minutes, 'raw minutes stay');
  assert.equal(store.adjustedSeries('005930', always, { knownBy: 20260831 })?.close[0], 10_000);
  store.close();
});

test('adjustedSeries() multiplies the volumes of minutes before a split', () => {
  const store = openBarStore(':memory:');
  store.importSeries([{ series: minutes, name: '' }], { source: 'test' });
  store.recordActions([{ ...dividend, kind: 'split', dividend: 0, sharesAfter: 5 }], { source: 'test' });

  const adjusted = store.adjustedSeries('005930', { ...always, to: 20260914 });

  assert.deepEqual([...(adjusted?.volume ?? [])], [50, 50, 50]);
  assert.deepEqual([...(adjusted?.close ?? [])], [2_000, 2_000, 2_500]);
  store.close();
});
