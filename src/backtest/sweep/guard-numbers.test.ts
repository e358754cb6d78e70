import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { standard, starter } from '#guard/limits.ts';
import { rules } from '#guard/rules.ts';
import { nextSession } from '../desk/next-session.ts';
import { GuardNumbers } from './guard-numbers.ts';

/**
 * What each rule of the guard comes to for the one order a day of a sweep: `constant` it looks at nothing that differs
 * between two orders of a backtest, or only at limits; `price` it is looked at when the tables of a series are made;
 * `order` it is among the comparisons of `GuardNumbers`. A rule that is added to the guard must be added here with its
 * comparison, or sweeps would let through what a backtest refuses.
 */
const handled: Readonly<Record<string, 'constant' | 'price' | 'order'>> = {
  halted: 'constant',
  'watchdog-lost': 'constant',
  'strategy-halted': 'constant',
  'lane-closed': 'constant',
  'input-missing': 'constant',
  'clock-error': 'constant',
  conservation: 'constant',
  'order-type': 'constant',
  'order-session': 'constant',
  'order-venue': 'constant',
  'tick-size': 'price',
  'price-limit': 'price',
  'stop-tick-size': 'constant',
  'stop-price-limit': 'constant',
  'price-collar': 'price',
  'price-stale': 'constant',
  'order-value': 'order',
  'traded-value-share': 'order',
  'quantity-median': 'constant',
  'open-value': 'order',
  'day-value-account': 'order',
  'day-value-strategy': 'order',
  'orders-per-minute-account': 'order',
  'orders-per-minute-strategy': 'order',
  'orders-per-day': 'order',
  'cancels-per-minute': 'constant',
  'cancel-fill-ratio': 'constant',
  'repeated-order': 'constant',
  'small-order-repetition': 'order',
  universe: 'constant',
  'symbol-new': 'constant',
  'price-minimum': 'price',
  'traded-value-minimum': 'constant',
  designation: 'constant',
  'position-value': 'order',
  'position-count': 'order',
  exposure: 'order',
  'daily-loss': 'order',
  'self-cross': 'constant',
  session: 'constant',
  'entry-window': 'constant',
  cash: 'order',
  holding: 'constant',
};

test('GuardNumbers knows every rule of the guard', () => {
  assert.deepEqual(Object.keys(handled).toSorted(), Object.keys(rules).toSorted());
});

test('GuardNumbers takes the profiles and hands over limits that it does not look at', () => {
  const isModelled = (change: Partial<typeof starter>) => new GuardNumbers({ ...starter, ...change }).isModelled;

  assert.ok(isModelled({}) && new GuardNumbers(standard).isModelled);
  assert.ok(!isModelled({ entryWindowClosesMs: 3_600_000 }));
  assert.ok(!isModelled({ newSymbolWaitMs: 1e12 }));
  assert.ok(!isModelled({ orderValueMax: NaN as never }));
});

test('GuardNumbers may take it that every regular session is longer than an hour', () => {
  let shortest = Infinity;
  for (let year = 1990; year <= 2027; year += 1) {
    // The first session of a year opens late, Saturdays closed at noon; the exam moves both ends.
    for (let day = plainDate(year * 10_000 + 101), asked = 0; asked < 12; day = day.add({ days: 1 }), asked += 1) {
      const { opensAtMs, closesAtMs } = nextSession(dateNumber(day));
      shortest = Math.min(shortest, closesAtMs - opensAtMs);
    }
  }
  const late = nextSession(2001_09_11);

  // A first session on a Saturday, from ten to half past eleven.
  assert.equal(shortest, 90 * 60_000);
  assert.ok(late.closesAtMs - late.opensAtMs > 3_600_000);
});

test('GuardNumbers refuses at the very limits', () => {
  const guard = new GuardNumbers({ ...starter, orderValueMax: won(100_000), openValueMax: won(90_000) });
  const cash = 10_000_000;

  assert.deepEqual(
    [90_000, 90_001].map((value) => guard.passesBuy(value, 100, cash)),
    [true, false],
  );
  assert.deepEqual(
    [90_000, 90_001].map((value) => guard.passesSell(value, 100, 200)),
    [true, false],
  );
  // Cash pays for the order and 0.2 % of it, cut up: 40,080 for 40,000.
  const half = new GuardNumbers({ ...starter, exposureEquityBps: 10_000 });
  assert.deepEqual(
    [40_079, 40_080].map((cashLeft) => half.passesBuy(40_000, 100, cashLeft)),
    [false, true],
  );
  // Ten shares or fewer count as small, unless they are all that is left.
  const few = new GuardNumbers({ ...starter, smallOrdersPerSymbolMax: 0 });
  assert.deepEqual(
    [few.passesSell(1_000, 10, 11), few.passesSell(1_000, 10, 10), few.passesSell(1_000, 11, 12)],
    [false, true, true],
  );
  assert.deepEqual([few.passesBuy(1_000, 10, cash), few.passesBuy(1_000, 11, cash)], [false, true]);
});
