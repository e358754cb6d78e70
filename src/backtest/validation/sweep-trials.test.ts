import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { Random } from '#domain/random.ts';
import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import type { FillModel } from '../desk/fill-model.ts';
import { runBacktest } from '../engine.ts';
import type { BacktestResult } from '../result.ts';
import { roundTripsOf } from '../metrics/round-trips.ts';

import { sweepTrials } from './sweep-trials.ts';
import type { DaySpan, Trial } from './trial.ts';
import { walkForward } from './walk-forward.ts';

const config: TradingConfig = {
  maShort: 3,
  maLong: 8,
  rsiPeriod: 5,
  rsiOversold: 30,
  rsiOverbought: 70,
  bbPeriod: 8,
  bbStd: 2,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 5,
  positionSize: 0.2,
};
const trials: readonly Trial[] = [2, 3, 4].map((maShort, place) => ({
  parameters: { ma_short: maShort },
  places: [place],
}));
const cash = won(10_000_000);

/** `days` sessions of waves and noise from 2015-01-05 on, the first `later` of them left out. */
function seriesOf(symbol: '005930' | '000660', later: number): BarSeries {
  const random = new Random(Number(symbol));
  const rows: number[][] = [];
  let [date, close] = [plainDate(20150105), 50_000];
  for (let day = 0; day < 260; day += 1) {
    const open = close;
    close = Math.round((50_000 + 4_000 * Math.sin(day / 6) + 2_000 * (random.next() - 0.5)) / 50) * 50;
    rows.push([dateNumber(date), open, Math.max(open, close) + 100, Math.min(open, close) - 100, close, 1_000_000]);
    date = nextTradingDay(date);
  }
  const kept = rows.slice(later);
  const column = (place: number) => kept.map((row) => row[place]!);
  return {
    instrument: `KRX:${symbol}`,
    interval: '1d',
    startsAtMs: Float64Array.from(column(0), (day) => plainDate(day).toZonedDateTime('Asia/Seoul').epochMilliseconds),
    date: Int32Array.from(column(0)),
    open: Float64Array.from(column(1)),
    high: Float64Array.from(column(2)),
    low: Float64Array.from(column(3)),
    close: Float64Array.from(column(4)),
    volume: Float64Array.from(column(5)),
  };
}

const both = [seriesOf('005930', 0), seriesOf('000660', 100)];
const instruments = [listingOf('005930')!, listingOf('000660')!];
const made = sweepTrials({
  subject: { kind: 'tutorial', name: 'mine', config },
  series: both,
  instruments,
  initialCash: cash,
  limits: starter,
});

/** One trial on one instrument by the engine itself. */
function byEngine(trial: Trial, series: BarSeries, span: DaySpan, fills: Partial<FillModel> = {}): BacktestResult {
  const { instrument } = series;
  return runBacktest({
    strategy: tutorialStrategy({
      name: 'mine',
      config: { ...config, maShort: trial.parameters['ma_short']! },
      instruments: [instrument],
      interval: series.interval,
    }),
    series: [series],
    instruments,
    ...span,
    initialCash: cash,
    limits: starter,
    fills,
    sha256: () => '',
  }).result;
}

test('sweepTrials() adds up, to the won, what the engine gives each instrument, listed later or not', async () => {
  const span = { from: both[0]!.date[40]!, to: both[0]!.date[259]! };

  const records = await made.runTrials(trials, span);

  assert.equal(records.length, trials.length);
  for (const [place, record] of records.entries()) {
    const [first, second] = both.map((series) => byEngine(trials[place]!, series, span).equity);
    const late = new Map(second!.map(({ date, value }) => [date, value]));
    assert.deepEqual(
      [...record!.dates],
      first!.map(({ date }) => date),
    );
    assert.deepEqual(
      [...record!.values],
      first!.map(({ date, value }) => value + (late.get(date) ?? cash)),
    );
    assert.equal(record!.initialCash, 2 * cash);
  }
  assert.ok(new Set(records.map((record) => record!.values.at(-1))).size > 1, 'the trials differ');
});

test('sweepTrials() keeps the cash of an instrument that is not yet listed in the span', async () => {
  const span = { from: both[0]!.date[20]!, to: both[0]!.date[80]! };

  const [record] = await made.runTrials([trials[0]!], span);

  const alone = byEngine(trials[0]!, both[0]!, span).equity.map(({ value }) => value + cash);
  assert.deepEqual([...record!.values], alone);
});

test('sweepTrials() tells the closed round trips of every instrument in the order of their ends', async () => {
  const span = { from: both[0]!.date[0]!, to: both[0]!.date[259]! };

  const profits = await made.closedProfits(trials[1]!, span);

  const trips = both.flatMap((series) => roundTripsOf(byEngine(trials[1]!, series, span).trades));
  assert.ok(trips.length > 10);
  assert.deepEqual(
    profits,
    trips.toSorted((a, b) => a.to - b.to).map(({ profit }) => profit),
  );
});

test('sweepTrials() answers null for parameters that make no strategy', async () => {
  const wrong: Trial = { parameters: { ma_short: 9 }, places: [3] };
  const [good, none] = await made.runTrials([trials[0]!, wrong], { from: both[0]!.date[0]!, to: both[0]!.date[99]! });

  assert.ok(good !== null);
  assert.equal(none, null);
});

const chosen: Partial<FillModel> = { slippage: { kind: 'ticks', ticks: 2 }, volumeShareBps: 1 };
for (const [fills, told] of [
  [{}, 'the ordinary fills'],
  [chosen, 'two ticks of slippage and a ten thousandth of the volume'],
] as const) {
  test(`walkForward() over the sweep is what the engine gives fold by fold, each from fresh cash, with ${told}`, async () => {
    const [series] = both;
    const { runTrials } = sweepTrials({
      subject: { kind: 'tutorial', name: 'mine', config },
      series: [series!],
      instruments,
      initialCash: cash,
      limits: starter,
      fills,
    });

    const walk = await walkForward({
      trials,
      runTrials,
      dates: series!.date,
      plan: { kind: 'rolling', inSampleDays: 100, outOfSampleDays: 50, purgeDays: 5 },
      objective: 'total-return',
    });

    assert.equal(walk.folds.length, 3);
    let value = 1;
    for (const { inSample, outOfSample, parameters, outOfSampleReturn } of walk.folds) {
      const learnt = trials.map((trial) => byEngine(trial, series!, inSample[0]!, fills).metrics.totalReturn);
      const best = trials[learnt.indexOf(Math.max(...learnt))]!;
      assert.deepEqual(parameters, best.parameters);
      const { totalReturn } = byEngine(best, series!, outOfSample, fills).metrics;
      assert.ok(Math.abs(outOfSampleReturn - totalReturn) < 1e-12);
      value *= 1 + totalReturn;
    }
    assert.ok(Math.abs(walk.equity.at(-1)!.value - value) < 1e-12);
    const [first] = walk.folds;
    const plain = byEngine({ parameters: first!.parameters, places: [] }, series!, first!.outOfSample).metrics;
    assert.equal(fills === chosen, Math.abs(first!.outOfSampleReturn - plain.totalReturn) > 1e-6);
  });
}

test('sweepTrials() over minutes has one value a day, the engine’s, and starts a span with the close of the day before it', async () => {
  const days = [20240103, 20240104, 20240105, 20240108, 20240109];
  const minutes = minutesOf(days);
  const over = sweepTrials({
    subject: { kind: 'tutorial', name: 'mine', config },
    series: [minutes],
    instruments,
    initialCash: cash,
    limits: starter,
  });

  const [whole, part] = [
    await over.runTrials(trials, { from: days[0]!, to: days[4]! }),
    await over.runTrials([trials[0]!], { from: days[2]!, to: days[3]! }),
  ];

  assert.deepEqual([...whole[0]!.dates], days);
  assert.deepEqual(
    [...whole[0]!.values],
    byEngine(trials[0]!, minutes, { from: days[0]!, to: days[4]! }).equity.map(({ value }) => value),
  );
  assert.deepEqual([...part[0]!.dates], days.slice(2, 4));
  assert.notEqual(
    part[0]!.values[0],
    cash,
    'orders pass the guard on the first day of a span that is not the first of all',
  );
});

/** Waves of 100 won, 100 minutes of each day. */
function minutesOf(days: readonly number[]): BarSeries {
  const places = days.flatMap((day) => Array.from({ length: 100 }, (_, minute) => ({ day, minute })));
  const close = Float64Array.from(
    places,
    ({ minute }, row) => 50_000 + 100 * Math.round(6 * Math.sin((row + minute) / 9)),
  );
  const open = close.map((value, row) => close[row - 1] ?? value);
  return {
    instrument: 'KRX:005930',
    interval: '1m',
    startsAtMs: Float64Array.from(
      places,
      ({ day, minute }) =>
        plainDate(day).toZonedDateTime({ timeZone: 'Asia/Seoul', plainTime: '09:00' }).epochMilliseconds +
        minute * 60_000,
    ),
    date: Int32Array.from(places, ({ day }) => day),
    open,
    high: close.map((value, row) => Math.max(value, open[row]!) + 100),
    low: close.map((value, row) => Math.min(value, open[row]!) - 100),
    close,
    volume: new Float64Array(close.length).fill(100_000),
  };
}
