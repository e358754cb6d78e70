import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { BarSeries } from '#domain/bar.ts';
import { Random } from '#domain/random.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { presetById } from '#strategy/rules/presets/presets.ts';
import { areOrdinary, ordinaryFills, type FillModel, type Slippage } from '../desk/fill-model.ts';
import { runBacktest } from '../engine.ts';
import { madeUpBars } from '../fixtures/made-up-bars.ts';
import { handSeries, waveBars } from '../hand-bars.ts';
import { runSweep } from './run-sweep.ts';
import { resolveCombination } from './sweep-rules.ts';
import type { Combination, SweepOptions, SweepPath, SweepSubject } from './sweep.ts';

const crossing: SweepSubject = {
  kind: 'program',
  name: 'crossing',
  program: presetById('golden_cross')!.program,
};
const breakout: SweepSubject = { kind: 'recipe', name: 'volatility-breakout', texts: {} };
const crossings: readonly Combination[] = [
  { fast: 2, slow: 5 },
  { fast: 3, slow: 9, stop_loss: 0.02, position_size: 0.5 },
];

const slippage: fc.Arbitrary<Slippage> = fc.oneof(
  fc.record({ kind: fc.constant('ticks' as const), ticks: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant('bps' as const), bps: fc.integer({ min: 0, max: 200 }) }),
  fc.record({
    kind: fc.constant('spread' as const),
    spreadBps: fc.integer({ min: 0, max: 200 }),
    shareBps: fc.integer({ min: 1, max: 10_000 }),
  }),
  fc.record({ kind: fc.constant('impact' as const), bps: fc.integer({ min: 0, max: 1_000 }) }),
);
/** One or more of them, as `--slippage`, `--volume-cap` and `--lots` choose; never the ordinary ones alone. */
const fills: fc.Arbitrary<Partial<FillModel>> = fc
  .record(
    {
      slippage,
      volumeShareBps: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10_000 })),
      lots: fc.constant('market' as const),
      limitLock: fc.constant(false),
    },
    { requiredKeys: [] },
  )
  .filter((chosen) => !areOrdinary(chosen));

function optionsOf(subject: SweepSubject, series: readonly BarSeries[], change: Partial<SweepOptions>): SweepOptions {
  return {
    subject,
    series,
    instruments: series.map(({ instrument }) => listingOf(instrument.slice(4))!),
    combinations: crossings,
    from: series[0]!.date[0]!,
    to: 99_999_999,
    initialCash: won(10_000_000),
    limits: starter,
    keep: 'trades',
    ...change,
  };
}

/** What `snowball backtest --set …` gives with the same fills, in the figures that both have. */
function backtestOf(options: SweepOptions, values: Combination) {
  const resolved = resolveCombination(options.subject, values);
  assert.ok(resolved.kind === 'rules');
  const ids = options.series.map(({ instrument }) => instrument);
  const strategy = resolved.strategy(ids, options.series[0]!.interval);
  const { equity, trades, orders, metrics } = runBacktest({ ...options, strategy, sha256: () => '' }).result;
  return {
    equity: equity.map(({ value }) => value),
    trades: trades.map(({ symbol, side, date, price, quantity, fee, tax, profit }) => {
      return { symbol, side, date, price, quantity, fee, tax, profit };
    }),
    orders: orders.length,
    ...pick(metrics),
  };
}

function pick(from: Record<'finalValue' | 'roundTrips' | 'deniedOrders' | 'fees' | 'tax', number>) {
  const { finalValue, roundTrips, deniedOrders, fees, tax } = from;
  return { finalValue, roundTrips, deniedOrders, fees, tax };
}

function sweptOf(options: SweepOptions) {
  return runSweep(options).map((run) => {
    assert.ok(run.kind === 'run');
    const { figures, equity, trades } = run;
    return { path: run.path, run: { equity: [...equity!], trades, orders: figures.orders, ...pick(figures) } };
  });
}

describe('runSweep() with chosen fills', () => {
  test('runSweep() runs any fills but the ordinary ones by the engine, to the won as a backtest that is told the same', () => {
    let [runs, changed] = [0, 0];

    fc.assert(
      fc.property(
        fills,
        fc.integer({ min: 0, max: 1 << 30 }),
        fc.constantFrom<(SweepPath | undefined)[]>(undefined, 'sparse', 'fused', 'event'),
        (chosen, seed, path) => {
          const series = [madeUpBars(new Random(seed), 120)];
          const plain = optionsOf(crossing, series, { from: series[0]!.date[20]! });
          const options = { ...plain, fills: chosen, ...(path === undefined ? {} : { path }) };

          const swept = sweptOf(options);

          assert.deepEqual(
            swept.map((one) => one.path),
            ['event', 'event'],
          );
          assert.deepEqual(
            swept.map((one) => one.run),
            crossings.map((values) => backtestOf(options, values)),
          );
          const ordinary = sweptOf(plain);
          runs += swept.length;
          changed += swept.filter(({ run }, place) => run.finalValue !== ordinary[place]!.run.finalValue).length;
        },
      ),
      { numRuns: 40 },
    );

    assert.ok(changed > runs / 4, `${changed} of ${runs} runs came out differently for their fills`);
  });

  test('runSweep() takes the fast path where what was chosen are the ordinary fills, and gives what it gave', () => {
    const options = optionsOf(crossing, [handSeries('005930', 20_220_103, waveBars(120))], {});
    const named = { slippage: { kind: 'none' }, volumeShareBps: 1_000, lots: 'single' } as const;

    const swept = sweptOf({ ...options, fills: named });

    assert.deepEqual(
      swept.map(({ path }) => path),
      ['sparse', 'sparse'],
    );
    assert.deepEqual(swept, sweptOf(options));
    assert.ok(swept[0]!.run.trades!.length > 4);
    for (const key of Object.keys(ordinaryFills)) assert.equal(areOrdinary({ [key]: 'another' }), false, key);
  });

  test('runSweep() of a recipe over two instruments in one account fills as a backtest does', () => {
    const series = ['069500', '229200'].map((symbol, index) =>
      handSeries(symbol, 20_220_103, waveBars(200, index * 9)),
    );
    const combinations = [{ k: 0.4 }, { k: 0.6 }];
    const plain = optionsOf(breakout, series, { combinations, from: 20_220_401 });
    const options = { ...plain, fills: { slippage: { kind: 'bps', bps: 30 }, volumeShareBps: 1 } } as const;

    const swept = sweptOf(options);

    assert.deepEqual(
      swept.map(({ run }) => run),
      combinations.map((values) => backtestOf(options, values)),
    );
    assert.ok(
      swept.every(
        ({ run }, place) => run.trades!.length > 4 && run.finalValue !== sweptOf(plain)[place]!.run.finalValue,
      ),
    );
  });
});
