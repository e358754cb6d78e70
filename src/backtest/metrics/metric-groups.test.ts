import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DayValue } from './daily-returns.ts';
import { metricGroupsOf } from './full-metrics.ts';
import { metricsOf, type MeasuredRun } from './metrics.ts';
import type { BacktestTrade } from '../result.ts';
import { rollingMetrics } from './rolling-metrics.ts';

const january = (day: number, value: number): DayValue => ({ date: 20200100 + day, value });

function aRun(overrides: Partial<MeasuredRun> = {}): MeasuredRun {
  return {
    initialCash: 100,
    equity: [],
    benchmark: [],
    trades: [],
    daysHeld: 0,
    fees: 0,
    tax: 0,
    deniedOrders: 0,
    ...overrides,
  };
}

function aTrade(overrides: Partial<BacktestTrade>): BacktestTrade {
  const { side = 'buy' } = overrides;
  const plain = { symbol: '005930', side, date: 20200102, price: 10, quantity: 1, fee: 0, tax: 0, profit: 0 };
  return { ...plain, reason: 'why', ...overrides };
}

function near(found: number | null | undefined, wanted: number): void {
  assert.ok(
    typeof found === 'number' && Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted)),
    `${found}, wanted ${wanted}`,
  );
}

test('metricGroupsOf() gives the figures per day that were worked out by hand', () => {
  // Returns: +10 %, −20 %, +25 %, 0 %: mean 0.0375; below zero 0.04 ÷ 4 = 0.01, whose root is 0.1.
  const equity = [january(2, 110), january(3, 88), january(6, 110), january(7, 110)];

  const { perDay } = metricGroupsOf(aRun({ equity }));

  const squares = 0.0625 ** 2 + 0.2375 ** 2 + 0.2125 ** 2 + 0.0375 ** 2;
  near(perDay.volatility, Math.sqrt(squares / 3) * Math.sqrt(252));
  near(perDay.sharpe, (0.0375 / Math.sqrt(squares / 3)) * Math.sqrt(252));
  near(perDay.downsideDeviation, 0.1 * Math.sqrt(252));
  near(perDay.sortino, 0.375 * Math.sqrt(252));
  near(perDay.ulcerIndex, 0.1);
  near(perDay.annualReturn, 1.1 ** (365.25 / 5) - 1);
  near(perDay.calmar, (1.1 ** (365.25 / 5) - 1) / 0.2);
  assert.equal(perDay.winningDays, 0.5);
  assert.deepEqual([perDay.from, perDay.to, perDay.days], [20200102, 20200107, 4]);
  // Sorted −20, 0, 10, 25: 5 % lies 0.15 of the way from the first to the second, 95 % 0.85 from the third to the fourth.
  near(perDay.tailRatio, (0.1 + 0.85 * 0.15) / (0.2 - 0.15 * 0.2));
});

test('metricGroupsOf() dates the deepest fall and the longest one, which need not be the same', () => {
  const equity = [
    january(2, 120),
    january(3, 90),
    january(6, 120),
    january(7, 119),
    january(20, 118),
    january(30, 119),
  ];

  const { perDay } = metricGroupsOf(aRun({ equity }));

  assert.deepEqual(perDay.deepest, { depth: -0.25, peak: 20200102, trough: 20200103, recovered: 20200106, days: 4 });
  assert.deepEqual(perDay.longest, {
    depth: 118 / 120 - 1,
    peak: 20200106,
    trough: 20200120,
    recovered: null,
    days: 24,
  });
});

test('metricGroupsOf() counts a fall from the starting cash from the first day', () => {
  const { perDay } = metricGroupsOf(aRun({ equity: [january(2, 90), january(3, 80)] }));

  assert.deepEqual(perDay.deepest, { depth: 80 / 100 - 1, peak: 20200102, trough: 20200103, recovered: null, days: 1 });
});

test('metricGroupsOf() names the best and worst day and month', () => {
  const equity = [january(2, 110), january(31, 99), { date: 20200203, value: 108.9 }, { date: 20200302, value: 108.9 }];

  const { perDay } = metricGroupsOf(aRun({ equity }));

  assert.equal(perDay.bestDay?.date, 20200102);
  assert.equal(perDay.worstDay?.date, 20200131);
  near(perDay.worstDay?.value, -0.1);
  assert.equal(perDay.bestMonth?.date, 202002);
  near(perDay.bestMonth?.value, 0.1);
  assert.equal(perDay.worstMonth?.date, 202001);
  near(perDay.worstMonth?.value, -0.01);
});

test('metricGroupsOf() has skew and kurtosis of the sample, 0 of a normal one by definition', () => {
  // Returns 1, 0, 0, 0: mean ¼, central moments m2 3/16, m3 3/32, m4 21/256.
  const equity = [january(2, 200), january(3, 200), january(6, 200), january(7, 200)];

  const { perDay } = metricGroupsOf(aRun({ equity }));

  near(perDay.skew, 3 / 32 / (3 / 16) ** 1.5);
  near(perDay.kurtosis, 21 / 256 / (3 / 16) ** 2 - 3);
});

test('metricGroupsOf() counts round trips apart from days', () => {
  const trades = [
    aTrade({ quantity: 10, price: 10 }),
    aTrade({ side: 'sell', quantity: 10, price: 13, profit: 30, date: 20200112 }),
    aTrade({ quantity: 5, price: 20, date: 20200113 }),
    aTrade({ side: 'sell', quantity: 5, price: 18, profit: -10, date: 20200115 }),
    aTrade({ quantity: 2, price: 50, date: 20200116 }),
    aTrade({ side: 'sell', quantity: 2, price: 45, profit: -10, date: 20200120 }),
    aTrade({ quantity: 1, price: 50, date: 20200121 }),
  ];

  const { perTrade } = metricGroupsOf(aRun({ trades }));

  assert.deepEqual([perTrade.roundTrips, perTrade.wins, perTrade.losses], [3, 1, 2]);
  assert.deepEqual([perTrade.averageWin, perTrade.averageLoss, perTrade.payoff], [30, -10, 3]);
  assert.equal(perTrade.profitFactor, 1.5);
  near(perTrade.expectancy, 10 / 3);
  near(perTrade.expectancyReturn, (0.3 - 0.1 - 0.1) / 3);
  near(perTrade.averageHoldingDays, (10 + 2 + 4) / 3);
  assert.equal(perTrade.longestHoldingDays, 10);
  assert.deepEqual(perTrade.best, { symbol: '005930', date: 20200112, profit: 30, return: 0.3 });
  assert.deepEqual(perTrade.worst, { symbol: '005930', date: 20200115, profit: -10, return: -0.1 });
  assert.deepEqual([perTrade.winsInARow, perTrade.lossesInARow], [1, 2]);
});

test('metricGroupsOf() splits costs, and says null of a slippage that nobody stated', () => {
  const trades = [aTrade({ price: 100, quantity: 4 }), aTrade({ side: 'sell', price: 100, quantity: 6 })];
  const slipped = trades.map((trade) => ({ ...trade, slippage: 2 }));

  const plain = metricGroupsOf(aRun({ trades, fees: 3, tax: 2 })).costs;
  const withSlippage = metricGroupsOf(aRun({ trades: slipped, fees: 3, tax: 2 })).costs;

  assert.deepEqual(plain, { fees: 3, tax: 2, slippage: null, total: 5, shareOfTraded: 0.005, shareOfStart: 0.05 });
  assert.deepEqual([withSlippage.slippage, withSlippage.total, withSlippage.shareOfTraded], [4, 9, 0.009]);
});

test('metricGroupsOf() measures against the benchmark: half of it and a steady gain is beta ½ and that gain as alpha', () => {
  const theirReturns = [0.1, -0.1, 0.2, 0];
  const mineReturns = theirReturns.map((value) => value / 2 + 0.01);
  const chain = (returns: readonly number[]): readonly DayValue[] => {
    let value = 100;
    return returns.map((each, index) => january(2 + index, (value *= 1 + each)));
  };

  const { againstBenchmark } = metricGroupsOf(aRun({ equity: chain(mineReturns), benchmark: chain(theirReturns) }));

  near(againstBenchmark?.beta, 0.5);
  near(againstBenchmark?.alpha, 0.01 * 252);
  near(againstBenchmark?.correlation, 1);
  // Differences −0.04, 0.06, −0.09, 0.01: mean −0.015, squares around it 0.0125.
  near(againstBenchmark?.trackingError, Math.sqrt(0.0125 / 3) * Math.sqrt(252));
  near(againstBenchmark?.informationRatio, (-0.015 / Math.sqrt(0.0125 / 3)) * Math.sqrt(252));
  near(againstBenchmark?.maximumDrawdown, -0.1);
  near(againstBenchmark?.totalReturn, 1.1 * 0.9 * 1.2 - 1);
});

test('the clock starts at the first tradable day: days of warm-up change nothing but the total', () => {
  const equity = [january(8, 110), january(9, 88), january(10, 110), january(13, 110)];
  const waiting = [january(2, 100), january(3, 100), january(6, 100), january(7, 100)];
  const short = aRun({ equity, benchmark: equity, daysHeld: 2 });
  const long = aRun({
    equity: [...waiting, ...equity],
    benchmark: [...waiting, ...equity],
    daysHeld: 2,
    tradableFrom: 20200108,
  });

  assert.deepEqual(metricGroupsOf(long), metricGroupsOf(short));
  assert.deepEqual(metricsOf(long), metricsOf(short));
  assert.notEqual(metricsOf({ ...long, tradableFrom: 20200102 }).sharpe, metricsOf(short).sharpe);
});

test('metricGroupsOf() of nothing, of one day and of a still account says null and never NaN', () => {
  const still = [january(2, 100), january(3, 100), january(6, 100)];
  const runs = [
    aRun(),
    aRun({ equity: still.slice(0, 1), benchmark: still.slice(0, 1) }),
    aRun({ equity: still, benchmark: still }),
  ];

  for (const run of runs) {
    const groups = metricGroupsOf(run);
    const { perDay, perTrade, againstBenchmark } = groups;

    assert.doesNotMatch(
      JSON.stringify(groups, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)),
      /NaN/,
    );
    assert.deepEqual(
      [perDay.sharpe, perDay.sortino, perDay.calmar, perDay.skew, perDay.kurtosis, perDay.tailRatio],
      [null, null, null, null, null, null],
    );
    assert.deepEqual([perDay.deepest, perDay.longest], [null, null]);
    assert.deepEqual([perTrade.winRate, perTrade.payoff, perTrade.expectancy, perTrade.best], [null, null, null, null]);
    assert.equal(againstBenchmark?.beta ?? null, null);
    assert.equal(againstBenchmark?.informationRatio ?? null, null);
  }
  assert.equal(metricGroupsOf(runs[2]!).perDay.volatility, 0);
  assert.equal(metricGroupsOf(runs[2]!).perDay.annualReturn, 0);
});

test('metricGroupsOf() of ruin: a fall of −1, no rate a year, and nothing moves afterwards', () => {
  const equity = [january(2, 50), january(3, 0), january(6, 0)];

  const { perDay } = metricGroupsOf(aRun({ equity, benchmark: equity }));

  assert.equal(perDay.deepest?.depth, -1);
  assert.equal(perDay.deepest?.recovered, null);
  assert.equal(perDay.annualReturn, null);
  assert.equal(perDay.calmar, null);
  assert.deepEqual(perDay.worstDay, { date: 20200103, value: -1 });
  near(perDay.downsideDeviation, Math.sqrt(1.25 / 3) * Math.sqrt(252));
});

test('rollingMetrics() gives the figures of each window, the last day always among them', () => {
  const equity = [january(2, 110), january(3, 88), january(6, 110), january(7, 110), january(8, 121)];
  const record = { start: 100, days: equity };

  const points = rollingMetrics(record, record, { window: 3, every: 2 });

  assert.deepEqual(
    points.map(({ date, beta }) => [date, Math.round((beta ?? 0) * 1e9) / 1e9]),
    [
      [20200106, 1],
      [20200108, 1],
    ],
  );
  const spread = Math.sqrt((((0.25 - 0.35 / 3) ** 2 + (0.35 / 3) ** 2 + (0.1 - 0.35 / 3) ** 2) / 2) * 252);
  near(points[1]!.volatility, spread);
  assert.deepEqual(rollingMetrics(record, record, { window: 6, every: 1 }), []);
});
