import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricsOf } from './metrics.ts';
import { monthReturns } from './month-returns.ts';
import type { BacktestTrade } from '../result.ts';
import { roundTripsOf } from './round-trips.ts';

const equity = [
  { date: 20200102, value: 110 },
  { date: 20200103, value: 99 },
  { date: 20210102, value: 121 },
];

function aTrade(side: 'buy' | 'sell', quantity: number, profit = 0): BacktestTrade {
  return { symbol: '005930', side, date: 20200102, price: 10, quantity, fee: 0, tax: 0, reason: 'why', profit };
}

function figures(overrides: Partial<Parameters<typeof metricsOf>[0]> = {}) {
  return metricsOf({
    initialCash: 100,
    equity,
    benchmark: [],
    trades: [],
    daysHeld: 2,
    fees: 1,
    tax: 2,
    deniedOrders: 3,
    ...overrides,
  });
}

test('metricsOf() follows the published formulas', () => {
  const metrics = figures();

  const returns = [0.1, -0.1, 121 / 99 - 1];
  const middle = (returns[0]! + returns[1]! + returns[2]!) / 3;
  const deviation = Math.sqrt(returns.reduce((sum, one) => sum + (one - middle) ** 2, 0) / 2);
  assert.equal(metrics.totalReturn, 121 / 100 - 1);
  assert.ok(Math.abs(metrics.maximumDrawdown - (99 / 110 - 1)) < 1e-12);
  assert.ok(Math.abs(metrics.volatility! - deviation * Math.sqrt(252)) < 1e-12);
  assert.ok(Math.abs(metrics.sharpe! - (middle / deviation) * Math.sqrt(252)) < 1e-12);
  assert.ok(Math.abs(metrics.annualReturn! - (1.21 ** (365.25 / 366) - 1)) < 1e-12);
  assert.deepEqual([metrics.exposure, metrics.fees, metrics.tax, metrics.deniedOrders], [2 / 3, 1, 2, 3]);
});

test('metricsOf() says null where a figure is not defined', () => {
  const one = figures({ equity: equity.slice(0, 1) });

  assert.deepEqual(
    [one.annualReturn, one.sharpe, one.volatility, one.winRate, one.profitFactor],
    [null, null, null, null, null],
  );
  assert.equal(figures({ equity: equity.map((day) => ({ ...day, value: 100 })) }).sharpe, null);
});

test('metricsOf() counts wins and losses by round trip, from flat to flat', () => {
  const trades = [
    aTrade('buy', 4),
    aTrade('sell', 1, -3),
    aTrade('sell', 3, 5),
    aTrade('buy', 2),
    aTrade('sell', 2, -1),
    aTrade('buy', 1),
  ];

  const metrics = figures({ trades });

  assert.deepEqual([metrics.roundTrips, metrics.winRate, metrics.profitFactor], [2, 0.5, 2]);
  assert.deepEqual(
    roundTripsOf(trades).map(({ quantity, profit }) => [quantity, profit]),
    [
      [4, 2],
      [2, -1],
    ],
  );
});

test('roundTripsOf() counts the shares of a trip through its splits, and ends one that left only a fraction', () => {
  const one = { ...aTrade('buy', 4), date: 20210104 };
  const trades = [
    one,
    { ...aTrade('sell', 150, 3), date: 20210106 },
    { ...aTrade('sell', 50, 4), date: 20210107 },
    { ...aTrade('buy', 3), date: 20210108 },
    { ...aTrade('buy', 2), date: 20210112 },
    { ...aTrade('sell', 2, -1), date: 20210113 },
  ];
  const splits = [
    { symbol: one.symbol, date: 20210111, from: 5, to: 1 },
    { symbol: one.symbol, date: 20210106, from: 1, to: 50 },
    { symbol: '999999', date: 20210104, from: 1, to: 2 },
  ];

  assert.deepEqual(
    roundTripsOf(trades, splits).map(({ from, to, quantity, profit }) => [from, to, quantity, profit]),
    [
      [20210104, 20210107, 4, 7],
      [20210112, 20210113, 2, -1],
    ],
  );
});

test('monthReturns() compounds to the whole and leaves months without days empty', () => {
  const [first, second] = monthReturns(equity, 100);

  assert.deepEqual(
    [first!.year, first!.months[0], first!.months[1], first!.wholeYear],
    [2020, 99 / 100 - 1, null, 99 / 100 - 1],
  );
  assert.ok(Math.abs((1 + first!.wholeYear) * (1 + second!.wholeYear) - 1.21) < 1e-12);
});
