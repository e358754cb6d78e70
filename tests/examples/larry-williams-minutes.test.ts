import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { larryWilliams } from '../../examples/larry-williams/strategy.ts';
import { backtestOf } from '../support/hand-made-backtest.ts';

type Minute = readonly [day: number, time: string, price: number];

/** Day one ranges over 400; day two opens at 10,000, so that its trigger is 10,200; day three opens at 10,300. */
const minutes: readonly Minute[] = [
  [20_230_102, '10:00', 10_000],
  [20_230_102, '10:01', 10_200],
  [20_230_102, '10:02', 9_800],
  [20_230_103, '09:00', 10_000],
  [20_230_103, '09:01', 10_190],
  [20_230_103, '09:02', 10_210],
  [20_230_103, '09:03', 10_250],
  [20_230_103, '09:04', 10_240],
  [20_230_104, '09:00', 10_300],
  [20_230_104, '09:01', 10_290],
  [20_230_104, '09:02', 10_280],
];

test('larry-williams on minute bars buys after the minute that passed the trigger, and sells after the first of the next day', () => {
  const settings = { interval: '1m', symbols: ['069500'], k: 0.5, weight: 0.05 } as const;

  const { result } = backtestOf(larryWilliams(settings), [minuteSeries()], { from: 20_230_103 });

  assert.deepEqual(
    result.trades.map(({ date, side, price }) => [date, side, price]),
    [
      [20_230_103, 'buy', 10_250],
      [20_230_104, 'sell', 10_290],
    ],
  );
});

function minuteSeries(): BarSeries {
  const prices = Float64Array.from(minutes, ([, , price]) => price);
  const startsAtMs = Float64Array.from(
    minutes,
    ([day, time]) => seoulInstant(plainDate(day), Temporal.PlainTime.from(time)).epochMilliseconds,
  );
  return {
    instrument: instrumentId('069500'),
    interval: '1m',
    date: Int32Array.from(minutes, ([day]) => day),
    startsAtMs,
    open: prices,
    high: prices,
    low: prices,
    close: prices,
    volume: new Float64Array(minutes.length).fill(1_000_000),
  };
}
