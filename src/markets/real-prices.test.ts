import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { isTradingDay } from './calendar.ts';
import { listingOf } from './listings.ts';
import { priceLimits } from './price-limits.ts';
import { isOnTick } from './tick-size.ts';

const folder = new URL('../../../shared/data/krx-daily/', import.meta.url);
const skip = existsSync(folder) ? false : 'no real prices beside the checkout (shared/data/krx-daily)';

interface Row {
  readonly date: number;
  readonly prices: readonly number[];
  readonly close: number;
  readonly volume: number;
}

function rowsOf(symbol: string, from: number): Row[] {
  const lines = readFileSync(new URL(`${symbol}.csv`, folder), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines
    .map((line) => line.split(',', 6).map(Number))
    .map(([date = 0, open = 0, high = 0, low = 0, close = 0, volume = 0]) => ({
      date,
      prices: [open, high, low, close],
      close,
      volume,
    }))
    .filter((row) => row.date >= from);
}

test('M8 isTradingDay() is true on exactly the days of 삼성전자 from 1999 to 2023-12-22', { skip }, () => {
  const expected = rowsOf('005930', 1999_01_01).map((row) => row.date);
  const last = plainDate(expected.at(-1) ?? 0);

  const actual: number[] = [];
  for (let date = plainDate(1999_01_01); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    if (isTradingDay(date)) actual.push(dateNumber(date));
  }

  assert.equal(expected.length, 6169);
  assert.deepEqual(actual, expected);
});

for (const symbol of ['005380', '000660']) {
  test(`M1 isOnTick() holds for every price of ${symbol} from 2004 to 2023-12-22`, { skip }, () => {
    const listing = listingOf(symbol);
    assert.ok(listing !== null);

    const offTick = rowsOf(symbol, 2004_01_01)
      .filter((row) => row.volume > 0)
      .filter((row) => !row.prices.every((price) => isOnTick(listing, price, plainDate(row.date))));

    assert.deepEqual(offTick, []);
  });

  test(`M6 priceLimits() hold every price of ${symbol} from 2004 to 2023-12-22`, { skip }, () => {
    const listing = listingOf(symbol);
    assert.ok(listing !== null);

    const rows = rowsOf(symbol, 2004_01_01).filter((row) => row.volume > 0);
    const outside = rows.slice(1).filter((row, index) => {
      const { lower, upper } = priceLimits(listing, won(rows[index]?.close ?? 0), plainDate(row.date));
      return row.prices.some((price) => price < lower || price > upper);
    });

    assert.deepEqual(outside, []);
  });
}
