import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Market } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { isTradingDay, previousTradingDay, settlementDate } from './calendar.ts';
import { commission, commissionPpbOf, kisOnlineCommissionPpb, sellTax } from './costs.ts';
import { sellTaxRates } from './tax-rates.ts';

/** Both parts of the tax on 1,000,000 won, in won: hundredths of a percent times 100. */
function taxOfMillion(market: Market, tradeDate: string): readonly [transaction: number, rural: number] {
  const tax = sellTax({ market, kind: 'stock' }, won(1_000_000), Temporal.PlainDate.from(tradeDate));
  return [tax.transactionTax, tax.ruralTax];
}

/** The first trade day whose tax differs from that of `from`. */
function firstChangeAfter(from: string): string {
  const before = taxOfMillion('KOSPI', from);
  for (let date = Temporal.PlainDate.from(from); ; date = date.add({ days: 1 })) {
    if (isTradingDay(date) && taxOfMillion('KOSPI', date.toString())[0] !== before[0]) return date.toString();
  }
}

for (const [from, firstTradeDay] of [
  ['2019-05-02', '2019-05-30'],
  ['2020-12-01', '2020-12-29'],
  ['2022-12-01', '2022-12-28'],
  ['2023-12-01', '2023-12-27'],
  ['2024-12-02', '2024-12-27'],
  ['2025-12-01', '2025-12-29'],
] as const) {
  test(`M15 sellTax() changes for trades from ${firstTradeDay}, whose settlement the new rate meets`, () => {
    assert.equal(firstChangeAfter(from), firstTradeDay);
  });
}

for (const [market, tradeDate, tax] of [
  ['KOSPI', '1990-01-10', [5000, 0]],
  ['KOSPI', '1991-03-04', [2000, 0]],
  ['KOSPI', '1994-03-02', [3500, 0]],
  ['KOSPI', '1994-06-28', [3500, 0]],
  ['KOSPI', '1994-06-29', [3500, 1500]],
  ['KOSPI', '1996-03-30', [3000, 1500]],
  ['KOSPI', '1996-04-01', [1500, 1500]],
  ['KOSPI', '2019-05-29', [1500, 1500]],
  ['KOSPI', '2019-05-30', [1000, 1500]],
  ['KOSPI', '2021-06-01', [800, 1500]],
  ['KOSPI', '2023-06-01', [500, 1500]],
  ['KOSPI', '2024-06-03', [300, 1500]],
  ['KOSPI', '2024-12-26', [300, 1500]],
  ['KOSPI', '2024-12-27', [0, 1500]],
  ['KOSPI', '2026-06-01', [500, 1500]],
  ['KOSDAQ', '1996-07-10', [5000, 0]],
  ['KOSDAQ', '2010-06-01', [3000, 0]],
  ['KOSDAQ', '2019-05-29', [3000, 0]],
  ['KOSDAQ', '2019-05-30', [2500, 0]],
  ['KOSDAQ', '2021-06-01', [2300, 0]],
  ['KOSDAQ', '2023-06-01', [2000, 0]],
  ['KOSDAQ', '2024-06-03', [1800, 0]],
  ['KOSDAQ', '2025-06-02', [1500, 0]],
  ['KOSDAQ', '2026-06-01', [2000, 0]],
  ['KONEX', '2014-06-02', [3000, 0]],
  ['KONEX', '2026-06-01', [1000, 0]],
] as const) {
  test(`M15 sellTax() of 1,000,000 won on ${market}, traded ${tradeDate}, is ${tax.join(' and ')}`, () => {
    assert.deepEqual(taxOfMillion(market, tradeDate), tax);
  });
}

test('M16 sellTax() cuts each part off to whole won on its own', () => {
  const tax = sellTax({ market: 'KOSPI', kind: 'stock' }, won(1999), Temporal.PlainDate.from('2026-11-20'));

  // 0.9995 and 2.9985: together they would be 3.998.
  assert.deepEqual(tax, { transactionTax: 0, ruralTax: 2 });
});

test('M17 sellTax() of funds and notes is nothing', () => {
  for (const kind of ['etf', 'etn'] as const) {
    const tax = sellTax({ market: 'KOSPI', kind }, won(100_000_000), Temporal.PlainDate.from('2026-11-20'));
    assert.deepEqual(tax, { transactionTax: 0, ruralTax: 0 });
  }
});

test('M15 sellTax() refuses a trade whose settlement day is unknown', () => {
  assert.throws(() => taxOfMillion('KOSPI', '2027-12-30'), RangeError);
});

test('M18 commission() cuts off to whole won and is exact where floats are not', () => {
  assert.equal(commission(won(1_000_000), kisOnlineCommissionPpb), 140);
  assert.equal(commission(won(7116), kisOnlineCommissionPpb), 0);
  assert.equal(commission(won(7117), kisOnlineCommissionPpb), 1);
  assert.equal(commission(won(9_000_000_000_000_000), kisOnlineCommissionPpb), 1_264_743_000_000);
  assert.throws(() => commission(won(1), 0.5), RangeError);
});

test('M18 commissionPpbOf() charges funds and notes the higher rate', () => {
  assert.deepEqual(
    (['stock', 'etf', 'etn'] as const).map((kind) => commissionPpbOf(kind)),
    [140_527, 146_527, 146_527],
  );
});

/** First trade days under a new rate, with both parts of the tax on 1,000,000 won on the session before and on the day. */
const changes = [
  ['KOSPI', '1990-05-30', [5000, 0], [2000, 0]],
  ['KOSPI', '1994-01-29', [2000, 0], [3500, 0]],
  ['KOSPI', '1994-06-29', [3500, 0], [3500, 1500]],
  ['KOSPI', '1995-07-13', [3500, 1500], [3000, 1500]],
  ['KOSPI', '1996-04-01', [3000, 1500], [1500, 1500]],
  ['KOSPI', '2019-05-30', [1500, 1500], [1000, 1500]],
  ['KOSPI', '2020-12-29', [1000, 1500], [800, 1500]],
  ['KOSPI', '2022-12-28', [800, 1500], [500, 1500]],
  ['KOSPI', '2023-12-27', [500, 1500], [300, 1500]],
  ['KOSPI', '2024-12-27', [300, 1500], [0, 1500]],
  ['KOSPI', '2025-12-29', [0, 1500], [500, 1500]],
  ['KOSDAQ', '1996-08-12', [5000, 0], [3000, 0]],
  ['KOSDAQ', '2019-05-30', [3000, 0], [2500, 0]],
  ['KOSDAQ', '2020-12-29', [2500, 0], [2300, 0]],
  ['KOSDAQ', '2022-12-28', [2300, 0], [2000, 0]],
  ['KOSDAQ', '2023-12-27', [2000, 0], [1800, 0]],
  ['KOSDAQ', '2024-12-27', [1800, 0], [1500, 0]],
  ['KOSDAQ', '2025-12-29', [1500, 0], [2000, 0]],
  ['KONEX', '2019-05-30', [3000, 0], [1000, 0]],
] as const;

for (const [market, first, before, after] of changes) {
  test(`M15 sellTax() on ${market} is ${after.join(' and ')} from ${first} and ${before.join(' and ')} on the session before`, () => {
    const last = previousTradingDay(Temporal.PlainDate.from(first)).toString();

    assert.deepEqual([taxOfMillion(market, last), taxOfMillion(market, first)], [before, after]);
  });
}

test('M15 the changes above are all that the table of rates has, and each settles on the first session of its rate', () => {
  for (const market of ['KOSPI', 'KOSDAQ', 'KONEX'] as const) {
    const rows = sellTaxRates.filter((row) => row.market === market).slice(1);
    const days = changes.filter((change) => change[0] === market);
    assert.equal(days.length, rows.length);
    for (const [index, row] of rows.entries()) {
      const first = Temporal.PlainDate.from(days[index]![1]);
      assert.ok(dateNumber(settlementDate(first)) >= row.from);
      assert.ok(dateNumber(settlementDate(previousTradingDay(first))) < row.from);
    }
  }
});
