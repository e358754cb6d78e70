import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { MinuteBars, type BarTick, type ClosedBar } from './minute-bars.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');
const openMs = Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds;
const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('MinuteBars', () => {
  test('makes one bar of the trades of a minute', () => {
    const bars = new MinuteBars([samsung]);
    for (const [seconds, price, quantity] of [
      [1, 100, 5],
      [20, 130, 1],
      [40, 90, 2],
      [59.999, 110, 3],
    ] as const) {
      bars.push(tick(samsung, openMs + seconds * 1_000, price, quantity));
    }

    const [closed] = bars.takeClosed(openMs + minuteMs + 2_000);

    const { startsAtMs, date, ...rest } = closed?.bar ?? assert.fail('no bar');
    assert.deepEqual([startsAtMs, date], [openMs, 20_261_117]);
    assert.deepEqual(rest, { open: 100, high: 130, low: 90, close: 110, volume: 11 });
  });

  test('closes a minute two seconds after its end, not before, and only once', () => {
    const bars = new MinuteBars([samsung]);
    bars.push(tick(samsung, openMs, 100));

    assert.deepEqual(bars.takeClosed(openMs + minuteMs + 1_999), []);
    assert.equal(bars.takeClosed(openMs + minuteMs + 2_000).length, 1);
    assert.deepEqual(bars.takeClosed(openMs + minuteMs + 3_000), []);
  });

  test('closes a minute at once when every instrument has traded in a later one', () => {
    const bars = new MinuteBars([samsung, hynix]);
    bars.push(tick(samsung, openMs, 100));
    bars.push(tick(hynix, openMs, 200));
    bars.push(tick(samsung, openMs + minuteMs, 101));

    assert.deepEqual(bars.takeClosed(openMs + minuteMs), []);
    bars.push(tick(hynix, openMs + minuteMs + 100, 201));

    assert.deepEqual(namesOf(bars.takeClosed(openMs + minuteMs + 100)), [samsung, hynix]);
  });

  test('hands the instruments out in their declared order, whoever traded first', () => {
    const bars = new MinuteBars([samsung, hynix]);
    bars.push(tick(hynix, openMs, 200));
    bars.push(tick(samsung, openMs + 500, 100));

    assert.deepEqual(namesOf(bars.takeClosed(openMs + dayMs / 24)), [samsung, hynix]);
  });

  test('takes in a straggler of the minute that still waits, and drops one of a minute handed out', () => {
    const bars = new MinuteBars([samsung, hynix]);
    bars.push(tick(samsung, openMs, 100));
    bars.push(tick(samsung, openMs + minuteMs, 110));
    bars.push(tick(samsung, openMs + minuteMs - 1, 90));

    const [first] = bars.takeClosed(openMs + minuteMs + 2_000);
    bars.push(tick(samsung, openMs + 1, 1));
    const [second] = bars.takeClosed(openMs + 2 * minuteMs + 2_000);

    assert.deepEqual([first?.bar.low, first?.bar.volume], [90, 2]);
    assert.deepEqual([second?.bar.open, second?.bar.low], [110, 110]);
  });

  test('makes no bar of a minute without a trade', () => {
    const bars = new MinuteBars([samsung]);
    bars.push(tick(samsung, openMs, 100));
    bars.push(tick(samsung, openMs + 5 * minuteMs, 101));

    const closed = bars.takeClosed(openMs + 7 * minuteMs);

    assert.deepEqual(
      closed.map(({ bar }) => bar.startsAtMs - openMs),
      [0, 5 * minuteMs],
    );
  });

  test('forgets the unfinished minute of an earlier day', () => {
    const bars = new MinuteBars([samsung]);
    bars.push(tick(samsung, openMs, 100));
    bars.push(tick(samsung, openMs + dayMs, 200));

    assert.deepEqual(bars.takeClosed(openMs + dayMs), []);
    assert.equal(bars.takeClosed(openMs + dayMs + minuteMs + 2_000)[0]?.bar.open, 200);
  });

  test('goes on from a seeded minute', () => {
    const bars = new MinuteBars([samsung]);
    const prices = { open: won(90), high: won(120), low: won(80), close: won(100) };
    bars.seed(samsung, { startsAtMs: openMs, date: 20_261_117, ...prices, volume: 7 });
    bars.push(tick(samsung, openMs + 30_000, 130));

    const [closed] = bars.takeClosed(openMs + minuteMs + 2_000);

    assert.deepEqual([closed?.bar.open, closed?.bar.high, closed?.bar.low, closed?.bar.volume], [90, 130, 80, 8]);
  });

  test('gives the same bars, in time order and complete, however the trades are cut into calls', () => {
    const trades = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 90_000 }),
        first: fc.boolean(),
        price: fc.integer({ min: 1, max: 900 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(trades, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (list, cuts) => {
        let atMs = openMs;
        const bars = new MinuteBars([samsung, hynix]);
        const closed: ClosedBar[] = [];
        for (const [index, { gapMs, first, price }] of list.entries()) {
          atMs += gapMs;
          bars.push(tick(first ? samsung : hynix, atMs, price));
          // Live, bars are asked for after every trade; a cut asks with a clock that is ahead.
          closed.push(...bars.takeClosed(cuts[index] ? atMs + 1_000 : atMs));
        }
        closed.push(...bars.takeClosed(atMs + 2 * minuteMs));

        const volume = closed.reduce((sum, { bar }) => sum + bar.volume, 0);
        assert.equal(volume, list.length);
        const keys = closed.map(({ instrument, bar }) => bar.startsAtMs * 2 + (instrument === samsung ? 0 : 1));
        assert.deepEqual(
          keys,
          [...keys].sort((a, b) => a - b),
        );
        assert.equal(new Set(keys).size, keys.length);
      }),
    );
  });
});

function tick(instrument: BarTick['instrument'], atMs: number, price: number, quantity = 1): BarTick {
  return { instrument, atMs, price, quantity };
}

function namesOf(closed: readonly ClosedBar[]): readonly string[] {
  return closed.map(({ instrument }) => instrument);
}
