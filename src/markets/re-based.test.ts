import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { isTradingDay } from './calendar.ts';
import { listingOf } from './listings.ts';
import { priceLimits, type PriceLimitSubject } from './price-limits.ts';
import { isRebased, type PriceAfter, type PriceBefore } from './re-based.ts';

const share: PriceLimitSubject = { market: 'KOSPI', kind: 'stock', leverage: 1 };
const double: PriceLimitSubject = { market: 'KOSPI', kind: 'etf', leverage: 2 };
/** Tuesday and Wednesday. */
const [before, after] = [20_261_117, 20_261_118];
const at = (time: string): number => Temporal.Instant.from(`2026-11-17T${time}+09:00`).epochMilliseconds;

function rebased(from: Partial<PriceBefore>, to: Partial<PriceAfter>, of: PriceLimitSubject = share): boolean {
  return isRebased(
    of,
    { price: 10_000, date: before, atMs: at('10:00'), ...from },
    { price: 10_000, date: after, basePrice: null, ...to },
  );
}

test('isRebased() sees a split of two or more to one, and a merger of shares, at the first price, also at its limits', () => {
  for (const ratio of [2, 5, 10, 50]) {
    for (const base of [10_000 / ratio, 10_000 * ratio]) {
      const { lower, upper } = priceLimits(share, won(base), after);
      for (const price of [lower, base, upper]) {
        assert.ok(rebased({}, { price }), `${ratio}: ${price}, base price unknown`);
        assert.ok(rebased({}, { price, basePrice: base }), `${ratio}: ${price}`);
      }
    }
  }
});

test('isRebased() is false at the limits of an ordinary day, and one tick beyond them true', () => {
  for (const basePrice of [null, 10_000]) {
    assert.equal(rebased({}, { price: 13_000, basePrice }), false);
    assert.equal(rebased({}, { price: 7_000, basePrice }), false);
    assert.equal(rebased({}, { price: 13_010, basePrice }), true);
    assert.equal(rebased({}, { price: 6_990, basePrice }), true);
  }
});

test('isRebased() gives a fund of twice an index its room for prices, and none for a split of two to one', () => {
  assert.equal(rebased({}, { price: 5_000 }, double), false, 'a fall by half is allowed');
  assert.equal(rebased({}, { price: 5_000, basePrice: 5_000 }, double), true);
  assert.equal(rebased({}, { price: 20_000, basePrice: 20_000 }, double), true);
  assert.equal(rebased({}, { price: 5_000, basePrice: 10_000 }, double), false);
});

test('isRebased() sees rights and bonus issues of more than a tenth where the close before was as good as seen', () => {
  const late = { atMs: at('15:15') };
  assert.equal(rebased(late, { price: 8_300, basePrice: 8_300 }), true, 'a fifth more shares');
  assert.equal(rebased(late, { price: 9_500, basePrice: 9_100 }), false, 'a tenth, which an auction may move');
  assert.equal(rebased({ ...late, price: 11_000 }, { price: 10_000, basePrice: 10_000 }), false, 'a tenth to the won');
  assert.equal(rebased({ ...late, price: 11_010 }, { price: 10_000, basePrice: 10_000 }), true, 'a tick more');
  assert.equal(
    rebased({ atMs: at('15:10') }, { price: 8_300, basePrice: 8_300 }),
    true,
    'ten minutes before its auction',
  );
  assert.equal(rebased({ atMs: at('15:09:59.999') }, { price: 8_300, basePrice: 8_300 }), false, 'a moment earlier');
  assert.equal(rebased({}, { price: 8_300, basePrice: 8_300 }), false, 'it may have fallen after ten in the morning');
  assert.equal(rebased({ atMs: null }, { price: 8_300, basePrice: 8_300 }), false, 'nobody knows when that price was');
  assert.equal(
    rebased({ ...late, date: 20_261_116 }, { price: 8_300, basePrice: 8_300 }),
    false,
    'a session was missed',
  );
});

test('isRebased() takes Friday for the session before Monday', () => {
  const friday = { date: 20_261_120, atMs: Temporal.Instant.from('2026-11-20T15:19:00+09:00').epochMilliseconds };
  assert.equal(rebased(friday, { date: 20_261_123, price: 8_300, basePrice: 8_300 }), true);
});

test('isRebased() is not deceived by a base price that is still the one of the day before', () => {
  assert.equal(rebased({}, { price: 5_000, basePrice: 10_000 }), true);
});

test('isRebased() is false for whatever the limits of a day allow, and true for what splits it in two or more', () => {
  const base = fc.integer({ min: 200, max: 10_000 }).map((hundreds) => hundreds * 100);
  const share01 = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(base, share01, fc.integer({ min: 2, max: 50 }), fc.boolean(), (close, place, ratio, isBaseTold) => {
      const { lower, upper } = priceLimits(share, won(close), after);
      const price = Math.round(lower + (upper - lower) * place);
      const seen = { price: close, atMs: at('15:19') };
      assert.equal(rebased(seen, { price, basePrice: isBaseTold ? close : null }), false);
      const split = priceLimits(share, won(Math.round(close / ratio)), after);
      const after2 = Math.round(split.lower + (split.upper - split.lower) * place);
      assert.equal(rebased(seen, { price: after2, basePrice: isBaseTold ? Math.round(close / ratio) : null }), true);
    }),
    { numRuns: 500 },
  );
});

const folder = new URL('../../../shared/data/krx-daily/', import.meta.url);
const skip = existsSync(folder) ? false : 'no real prices beside the checkout (shared/data/krx-daily)';

test(
  'isRebased() is false on every real day since 2020 after a close that was seen, and on one after a morning',
  { skip },
  () => {
    const [closes, mornings] = [[] as string[], [] as string[]];
    let days = 0;
    for (const file of readdirSync(folder)) {
      const of = listingOf(file.slice(0, 6));
      const rows = of === null || !file.endsWith('.csv') ? [] : realDays(file);
      for (const [index, { date, open }] of rows.entries()) {
        const last = rows[index - 1];
        if (of === null || last === undefined) continue;
        days += 1;
        const lateMs = seoulInstant(plainDate(last.date), Temporal.PlainTime.from('15:15')).epochMilliseconds;
        const today = { price: open, date, basePrice: last.close };
        if (isRebased(of, { price: last.close, date: last.date, atMs: lateMs }, today)) closes.push(`${file} ${date}`);
        if (isRebased(of, { price: last.open, date: last.date, atMs: null }, today)) mornings.push(`${file} ${date}`);
      }
    }

    assert.ok(days > 10_000, `only ${days} days`);
    // A fund of twice KOSDAQ 150 fell by a quarter in a day, after the house was last on in its morning.
    assert.deepEqual([closes, mornings], [[], ['233740.csv 20200320']]);
  },
);

function realDays(file: string): { readonly date: number; readonly open: number; readonly close: number }[] {
  const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n').slice(1);
  return lines
    .map((line) => line.split(',').map(Number))
    .filter(([date = 0, , , , , volume = 0]) => date > 20_191_231 && volume > 0 && isTradingDay(plainDate(date)))
    .map(([date = 0, open = 0, , , close = 0]) => ({ date, open, close }));
}
