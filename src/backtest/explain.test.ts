import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { BacktestOptions } from './backtest-options.ts';
import { runBacktest } from './engine.ts';
import { explainBar } from './explain.ts';

const samsung = instrumentId('005930');
const config = {
  maShort: 2,
  maLong: 4,
  rsiPeriod: 3,
  rsiOversold: 30,
  rsiOverbought: 90,
  bbPeriod: 4,
  bbStd: 2,
  stopLoss: 0.05,
  takeProfit: 0.5,
  maxPosition: 5,
  positionSize: 0.1,
};

/** Falls for six sessions and rises from then on, by 100 won each. */
function aSeries(): BarSeries {
  const dates = [2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17].map((day) => 20240100 + day);
  const closes = dates.map((_, index) => 60_000 + 100 * Math.abs(index - 6));
  const column = (values: readonly number[]) => Float64Array.from(values);
  return {
    instrument: samsung,
    interval: '1d',
    date: Int32Array.from(dates),
    startsAtMs: column(dates.map((date) => Date.UTC(2024, 0, (date % 100) - 1, 15))),
    open: column(closes),
    high: column(closes),
    low: column(closes),
    close: column(closes),
    volume: column(closes.map(() => 1_000_000)),
  };
}

function options(change: Partial<BacktestOptions> = {}): BacktestOptions {
  return {
    strategy: tutorialStrategy({ name: 'tutorial', config, instruments: [samsung], interval: '1d' }),
    series: [aSeries()],
    instruments: [listingOf('005930')!],
    from: 20240108,
    to: 20240131,
    initialCash: won(10_000_000),
    limits: starter,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    ...change,
  };
}

test('explainBar() says of an entry what was looked at, asked, decided and became of it', () => {
  const run = runBacktest(options());
  const entry = run.result.orders[0]!;

  const why = explainBar(options(), { instrument: samsung, date: entry.date });

  assert.deepEqual(why.orders, [entry]);
  assert.equal(why.lines.length, 2);
  assert.ok(why.lines.every((line) => run.decisionLog.includes(line)));
  const value = (name: string) => why.values.find((one) => one.name === name)!.value;
  assert.ok(value('ma_short') > value('ma_long'), 'the cross that it bought on');
  assert.ok(why.readings.some(({ question, answer }) => question === 'position(005930)' && answer === 'none'));
  assert.ok(why.readings.some(({ question }) => question === 'cash'));
  const filled = explainBar(options(), { instrument: samsung, date: run.result.trades[0]!.date });
  assert.deepEqual(filled.trades, [run.result.trades[0]]);
});

test('explainBar() says of an order that was refused both numbers of the rule', () => {
  const limits = { ...starter, priceMinimum: won(100_000) };
  const entry = runBacktest(options({ limits })).result.orders[0]!;

  const why = explainBar(options({ limits }), { instrument: samsung, date: entry.date });

  assert.deepEqual(why.orders[0]!.denials, [{ code: 'price-minimum', actual: entry.price, limit: 100_000 }]);
});

test('explainBar() says of a bar without a decision what the strategy saw, and of no bar that there is none', () => {
  const quiet = explainBar(options(), { instrument: samsung, date: 20240109 });
  const warmUp = explainBar(options(), { instrument: samsung, date: 20240105 });
  const sunday = explainBar(options(), { instrument: samsung, date: 20240107 });

  assert.deepEqual([quiet.lines, quiet.orders, quiet.bar?.date], [[], [], 20240109]);
  assert.ok(quiet.values.every((one) => Number.isFinite(one.value)));
  assert.equal(warmUp.isWarmUp, true);
  assert.deepEqual([sunday.bar, sunday.lines, sunday.readings], [null, [], []]);
});
