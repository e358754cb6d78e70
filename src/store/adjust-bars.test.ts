import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { readActionsCsv } from './csv/actions-csv.ts';
import { adjustBars } from './adjust-bars.ts';
import { openBarStore } from './bar-store.ts';
import { countingActions, type CorporateAction, type RecordedAction } from './corporate-action.ts';
import { dayStartsAtMs } from './csv/csv-series.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-actions-'));
after(() => rmSync(folder, { recursive: true }));
const always = { from: 0, to: 99_999_999 };

function aSeries(closes: readonly number[], volumes = closes.map(() => 100)): BarSeries {
  const prices = () => Float64Array.from(closes);
  const date = Int32Array.from(closes, (_, row) => 20180501 + row);
  return {
    instrument: 'KRX:005930',
    interval: '1d',
    date,
    startsAtMs: Float64Array.from(date, dayStartsAtMs),
    open: prices(),
    high: prices(),
    low: prices(),
    close: prices(),
    volume: Float64Array.from(volumes),
  };
}

function anAction(change: Partial<CorporateAction>): CorporateAction {
  const terms = { sharesBefore: 1, sharesAfter: 1, dividend: 0, isWithdrawn: false };
  return { symbol: '005930', from: 20180504, kind: 'split', knownOn: 20180131, ...terms, ...change };
}

test('adjustBars() puts prices before a split on the new footing, half a won rounded up, and volumes the other way', () => {
  const raw = aSeries([2_650_000, 2_650_025, 2_650_024, 53_000], [3, 4, 5, 6]);

  const adjusted = adjustBars(raw, [anAction({ sharesAfter: 50 })]);

  assert.deepEqual([...adjusted.close], [53_000, 53_001, 53_000, 53_000]);
  assert.deepEqual([...adjusted.volume], [150, 200, 250, 6]);
  assert.deepEqual([...raw.close], [2_650_000, 2_650_025, 2_650_024, 53_000]);
});

test('adjustBars() takes a dividend off in proportion to the close before it, and leaves volumes alone', () => {
  const adjusted = adjustBars(aSeries([5_000, 8_000, 10_000, 9_600]), [anAction({ kind: 'dividend', dividend: 500 })]);

  assert.deepEqual([...adjusted.close], [4_750, 7_600, 9_500, 9_600]);
  assert.deepEqual([...adjusted.volume], [100, 100, 100, 100]);
});

test('adjustBars() multiplies factors exactly and rounds once, whatever the order of the actions', () => {
  const actions = [
    anAction({ from: 20180502, sharesBefore: 3, sharesAfter: 1 }),
    anAction({ from: 20180503, sharesAfter: 3 }),
    anAction({ from: 20180504, kind: 'dividend', dividend: 1 }),
  ];

  const adjusted = adjustBars(aSeries([999, 333, 1_000, 999]), actions);

  // 999 × 3 ÷ 3 × 999/1000 = 998.001; 333 ÷ 3 × 0.999 = 110.889.
  assert.deepEqual([...adjusted.close], [998, 111, 999, 999]);
  assert.deepEqual(adjustBars(aSeries([999, 333, 1_000, 999]), actions.toReversed()), adjusted);
});

test('adjustBars() equals exact arithmetic over a hundred dividends, and keeps low ≤ close ≤ high', () => {
  const dividends = Array.from({ length: 100 }, (_, index) =>
    anAction({ from: 20180502 + index, kind: 'dividend', dividend: 361 }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 40_000, max: 90_000 }), { minLength: 101, maxLength: 101 }), (closes) => {
      const raw = aSeries(closes);
      raw.high.set(raw.close.map((close) => close + 1));

      const adjusted = adjustBars(raw, dividends);

      let [over, under] = [1n, 1n];
      for (let row = 99; row >= 0; row -= 1) {
        over *= BigInt(closes[row]! - 361);
        under *= BigInt(closes[row]!);
        const exact = Number((2n * BigInt(closes[row]!) * over + under) / (2n * under));
        assert.equal(adjusted.close[row], exact);
        assert.ok(adjusted.high[row]! >= adjusted.close[row]!);
      }
    }),
    { numRuns: 5 },
  );
});

test('adjustBars() changes nothing for actions outside the series, and refuses a dividend as large as the price', () => {
  const raw = aSeries([1_000, 1_000, 1_000]);

  assert.equal(
    adjustBars(raw, [anAction({ from: 20180501, sharesAfter: 2 }), anAction({ from: 20190101, sharesAfter: 2 })]),
    raw,
  );
  assert.throws(() => adjustBars(raw, [anAction({ from: 20180502, kind: 'dividend', dividend: 1_000 })]), {
    code: 'store.adjust',
  });
});

test('countingActions() takes the latest word of a version and a day, and knows what was not known yet', () => {
  const recorded = (version: number, change: Partial<CorporateAction>): RecordedAction => ({
    ...anAction(change),
    version,
    source: 'test',
  });
  const all = [
    recorded(1, { sharesAfter: 5 }),
    recorded(2, { sharesAfter: 50, knownOn: 20180320 }),
    recorded(3, { isWithdrawn: true, knownOn: 20180420 }),
  ];
  const after = (asOf: Parameters<typeof countingActions>[1]) =>
    countingActions(all, asOf).map((one) => one.sharesAfter);

  assert.deepEqual(after({}), []);
  assert.deepEqual(after({ version: 2 }), [50]);
  assert.deepEqual(after({ version: 1 }), [5]);
  assert.deepEqual(after({ knownBy: 20180319 }), [5]);
  assert.deepEqual(after({ knownBy: 20180130 }), []);
});

test('adjustedSeries() repeats an old view by its version, and withdrawing an action gives the raw bars back', () => {
  const store = openBarStore(join(folder, 'bars.sqlite'));
  const raw = aSeries([2_650_000, 2_640_000, 2_630_000, 53_000]);
  store.importSeries([{ series: raw, name: '' }], { source: 'test' });

  const first = store.recordActions([anAction({ sharesAfter: 50 })], { source: 'one' });
  const second = store.recordActions([anAction({ isWithdrawn: true })], { source: 'two' });

  assert.deepEqual([first, second], [1, 2]);
  assert.deepEqual(
    [...store.adjustedSeries('005930', always, { version: 1 })!.close],
    [53_000, 52_800, 52_600, 53_000],
  );
  assert.deepEqual(
    [...store.adjustedSeries('005930', { from: 20180502, to: 20180503 }, { version: 1 })!.close],
    [52_800, 52_600],
  );
  assert.deepEqual(store.adjustedSeries('005930', always), raw);
  assert.deepEqual(store.series('005930', '1d', 0, 99_999_999), raw);
  assert.equal(store.adjustedSeries('000660', always), null);
  assert.deepEqual(
    store.actions('005930').map(({ version, isWithdrawn, source }) => [version, isWithdrawn, source]),
    [
      [1, false, 'one'],
      [2, true, 'two'],
    ],
  );
  store.close();
});

test('readActionsCsv() reads Korean and English heads, and names the line and column of what it cannot read', () => {
  const file = join(folder, 'actions.csv');
  const read = (text: string) => {
    writeFileSync(file, text);
    return readActionsCsv(file);
  };

  assert.deepEqual(
    read(
      '종목코드,적용일,구분,공시일,전,후,배당금\n005930,2018-05-04,분할,2018-01-31,1,50,\n005930,2018-06-29,배당,2018-04-26,,,354\n',
    ),
    [anAction({ sharesAfter: 50 }), anAction({ from: 20180629, kind: 'dividend', knownOn: 20180426, dividend: 354 })],
  );
  assert.deepEqual(read('code,from,kind,known_on,before,after,withdrawn\n005930,20180504,split,20180131,1,50,1\n'), [
    anAction({ sharesAfter: 50, isWithdrawn: true }),
  ]);
  const head = 'code,from,kind,known_on,before,after,dividend\n';
  for (const [row, code] of [
    ['5930,20180504,split,20180131,1,50,', 'data.csv-symbol'],
    ['005930,20180504,merger,20180131,1,50,', 'data.csv-cell'],
    ['005930,20180504,split,20180131,0,50,', 'data.csv-cell'],
    ['005930,20180504,split,20180131,1,5.5,', 'data.csv-cell'],
    ['005930,20180504,dividend,20180131,,,', 'data.csv-cell'],
    ['005930,20180504,split,20180131,1,2,\n005930,20180504,split,20180131,1,3,', 'data.csv-duplicate'],
  ] as const) {
    assert.throws(() => read(`${head}${row}\n`), { code }, row);
  }
  assert.throws(() => read('code,kind\n005930,split\n'), { code: 'data.csv-columns' });
  assert.throws(() => readActionsCsv(join(folder, 'none.csv')), { code: 'data.csv-missing' });
});
