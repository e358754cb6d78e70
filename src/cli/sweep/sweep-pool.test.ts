import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSweep } from '#backtest/sweep/run-sweep.ts';
import type { SweepOptions, SweepRun } from '#backtest/sweep/sweep.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { listingOf } from '#markets/listings.ts';
import type { SweepJob } from './sweep-crew.ts';
import { threadCrew } from './sweep-pool.ts';
import { sweepUnits } from './sweep-work.ts';
import { tutorialConfig } from '../../../tests/support/tutorial-config.ts';

const options: Omit<SweepOptions, 'keep'> = {
  subject: { kind: 'tutorial', name: 'tutorial', config: tutorialConfig },
  series: [wavesOf('005930', 17), wavesOf('000660', 23)],
  instruments: [listingOf('005930')!, listingOf('000660')!],
  combinations: Array.from({ length: 40 }, (_, index) => ({ ma_short: 2 + (index % 8) * 2, ma_long: 6 + index })),
  from: 0,
  to: 99_999_999,
  initialCash: won(10_000_000),
  limits: limitProfiles.starter,
};

test('threadCrew() gives what runSweep() gives, in its order, whatever the number of workers', async () => {
  const expected = runSweep({ ...options, keep: 'figures' });
  const told: number[] = [];

  const one = await sweepInWorkers({ options, workers: 1, done: [], onRuns: (runs) => told.push(runs.length) });
  const three = await sweepInWorkers({ options, workers: 3, done: expected.slice(0, 30), onRuns: () => undefined });

  assert.deepEqual(one, expected);
  assert.deepEqual(three, expected);
  assert.equal(
    told.reduce((sum, count) => sum + count, 0),
    80,
  );
  assert.ok(expected.some((run) => run.kind === 'refused') && expected.some((run) => run.kind === 'run'));
});

test('threadCrew() runs nothing once it is stopped, and hands on why bars cannot be used', async () => {
  const cancel = new AbortController();
  cancel.abort();
  const common = { workers: 1, done: [], onRuns: () => undefined };

  assert.deepEqual(await sweepInWorkers({ ...common, options, signal: cancel.signal }), []);
  await assert.rejects(sweepInWorkers({ ...common, options: { ...options, from: 2030_01_01 } }), (error) => {
    return error instanceof FixConfiguration && error.code === 'backtest.no-bars';
  });
});

test('sweepUnits() covers every combination of every series once', () => {
  for (const [series, combinations, workers] of [
    [1, 7, 2],
    [3, 1_000, 2],
    [100, 5, 4],
  ] as const) {
    const seen = new Set<number>();
    for (const unit of sweepUnits(series, combinations, workers)) {
      for (let each = unit.from; each < unit.to; each += 1) {
        const place = unit.portfolio * combinations + each;
        assert.ok(!seen.has(place));
        seen.add(place);
      }
    }
    assert.equal(seen.size, series * combinations);
  }
});

/** A year and a half in waves of `length` days. */
function wavesOf(symbol: string, length: number): BarSeries {
  const dates: number[] = [];
  for (let day = Temporal.PlainDate.from('2017-01-02'); dates.length < 400; day = day.add({ days: 1 })) {
    if (day.dayOfWeek < 6) dates.push(day.year * 10_000 + day.month * 100 + day.day);
  }
  const close = Float64Array.from(
    dates,
    (_, row) => 20_000 + Math.round(3_000 * Math.sin(row / length) + 900 * Math.sin(row / 2)),
  );
  const open = close.map((price, row) => close[row - 1] ?? price);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(dates),
    startsAtMs: Float64Array.from(dates, (_, row) => row * 86_400_000),
    open,
    high: close.map((price, row) => Math.max(price, open[row]!) + 60),
    low: close.map((price, row) => Math.min(price, open[row]!) - 60),
    close,
    volume: new Float64Array(dates.length).fill(100_000),
  };
}

/** One sweep in threads that end with it. */
async function sweepInWorkers(
  sweep: Omit<SweepJob, 'combinations' | 'from' | 'to' | 'keep'> & {
    readonly options: Omit<SweepOptions, 'keep' | 'onRun'>;
    readonly workers: number;
  },
): Promise<readonly SweepRun[]> {
  const { options, workers, ...rest } = sweep;
  const { combinations, from, to, ...account } = options;
  const crew = threadCrew(account, workers);
  try {
    return await crew.run({ combinations, from, to, keep: 'figures', ...rest });
  } finally {
    await crew.close();
  }
}
