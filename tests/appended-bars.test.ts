import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import type { BacktestOutcome } from '#backtest/result.ts';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { Random } from '#domain/random.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';
import { standard } from '#guard/limits.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipes } from '#strategy/recipes/recipes.ts';
import { anyProgram } from '#strategy/rules/fixtures/any-program.ts';
import { sensibleProgram } from '#strategy/rules/fixtures/sensible-program.ts';
import { presets } from '#strategy/rules/presets/presets.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { etfRebalance } from '../examples/etf-rebalance/strategy.ts';
import { firstStrategy } from '../examples/first-strategy/strategy.ts';
import { larryWilliams } from '../examples/larry-williams/strategy.ts';
import { pairs } from '../examples/pairs/strategy.ts';
import { backtestOf } from './support/hand-made-backtest.ts';

type Make = () => Strategy | Promise<Strategy>;

const minutesPerDay = 64;
const samsung = '005930';
const config = {
  maShort: 3,
  maLong: 8,
  rsiPeriod: 5,
  rsiOversold: 40,
  rsiOverbought: 70,
  bbPeriod: 8,
  bbStd: 1.5,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 5,
  positionSize: 0.08,
};

/** Strategies of every kind; each value is for one run. */
const strategies: readonly (readonly [name: string, make: Make])[] = [
  ['pairs', () => pairs({ first: samsung, second: '000660', lookback: 20, enter: 1, leave: 0.2, weight: 0.09 })],
  ['first-strategy', () => firstStrategy()],
  ['etf-rebalance', () => etfRebalance()],
  ['larry-williams, day bars', () => larryWilliams()],
  ['larry-williams, minutes', () => larryWilliams({ interval: '1m', symbols: ['069500'], k: 0.3, weight: 0.08 })],
  ['volatility-breakout', () => freshBreakout()],
  ...(['1d', '1m'] as const).map(
    (interval) =>
      [
        `tutorial, ${interval}`,
        () => tutorialStrategy({ name: 'tutorial', config, instruments: ids, interval }),
      ] as const,
  ),
  ...recipes.map(
    (recipe) =>
      [
        `recipe ${recipe.id}`,
        () => {
          const read = readRecipeSettings(recipe, {});
          assert.ok(read.kind === 'settings');
          return recipe.build({ name: recipe.id, symbols: recipe.symbols }, read.values, read.texts);
        },
      ] as const,
  ),
  ...presets.flatMap(({ id, program }) =>
    (['1d', '1m'] as const).map(
      (interval) => [`preset ${id}, ${interval}`, () => ofProgram(program, interval)] as const,
    ),
  ),
];
const ids = [instrumentId(samsung), instrumentId('000660')];

let copies = 0;

/** Its file remembers what it saw: each run takes the file anew, as each start of the sandbox does. */
async function freshBreakout(): Promise<Strategy> {
  const file = `../examples/volatility-breakout/strategy.ts?copy=${(copies += 1)}`;
  const loaded: unknown = await import(file);
  return (loaded as { strategy: Strategy }).strategy;
}

function ofProgram(program: RuleProgram, interval: BarInterval): Strategy {
  const resolved = resolveProgram(program);
  assert.ok(resolved.kind === 'rules');
  return ruleStrategy({ name: 'rules', rules: resolved.rules, program, instruments: ids, interval });
}

/** Two futures of one past: the bars before `cut` are the same. */
interface Fork {
  readonly seed: number;
  readonly otherSeed: number;
  /** From 0, sixty bars before the last, to 1, the last bar alone. */
  readonly cut: number;
  /** How far a bar may go, in ticks of 50 won. */
  readonly swing: number;
}

const fork: fc.Arbitrary<Fork> = fc.record({
  seed: fc.nat(1_000_000),
  otherSeed: fc.nat(1_000_000),
  cut: fc.double({ min: 0, max: 1, noNaN: true }),
  swing: fc.constantFrom(8, 30),
});

describe('appending future bars never changes a past decision', () => {
  for (const [name, make] of strategies) {
    test(`parity: bars that come later change no decision of ${name}`, async () => {
      let lines = 0;
      await fc.assert(
        fc.asyncProperty(fork, async (world) => {
          lines += await checkFork(world, make);
        }),
        { numRuns: 2, examples: [[{ seed: 7, otherSeed: 8, cut: 0.9, swing: 30 }]] },
      );
      assert.ok(lines > 0, `${name} decided nothing`);
    });
  }

  for (const interval of ['1d', '1m'] as const) {
    test(`parity: bars that come later change no decision of any program of rules, ${interval}`, async () => {
      let lines = 0;
      const programs = fc.oneof(
        sensibleProgram.map(({ program }) => program),
        anyProgram({ params: true, trees: true, wide: true }),
      );
      await fc.assert(
        fc.asyncProperty(programs, fork, async (program, world) => {
          lines += await checkFork(world, () => ofProgram(program, interval));
        }),
        { numRuns: 12 },
      );
      assert.ok(lines > 10, `only ${lines} lines were compared`);
    });
  }
});

/** @returns how many lines of the past were compared */
async function checkFork({ seed, otherSeed, cut, swing }: Fork, make: Make): Promise<number> {
  const [strategy, again, other] = [await make(), await make(), await make()];
  // As much as it remembers, and as many bars again to decide upon as fit into a short test.
  const rows = strategy.warmUpBars + 110;
  const at = rows - 1 - Math.floor(60 * (1 - cut));
  const past = { seed, otherSeed: null, rows: at, at, swing };
  const [short, long, elsewhere] = [
    runOver(strategy, past),
    runOver(again, { ...past, rows }),
    runOver(other, { ...past, rows, otherSeed }),
  ];
  assert.deepEqual(long.decisionLog.slice(0, short.decisionLog.length), short.decisionLog);
  assert.deepEqual(elsewhere.decisionLog.slice(0, short.decisionLog.length), short.decisionLog);
  assert.deepEqual(long.result.trades.slice(0, short.result.trades.length), short.result.trades);
  return short.decisionLog.length;
}

interface Walk {
  readonly seed: number;
  /** Of the bars from `at` on; null when they go on as they began. */
  readonly otherSeed: number | null;
  readonly rows: number;
  readonly at: number;
  readonly swing: number;
}

function runOver(strategy: Strategy, walk: Walk): BacktestOutcome {
  const series = strategy.instruments.map((_, index) => seriesOf(strategy, index, walk));
  return backtestOf(strategy, series, { limits: standard });
}

/** A walk with gaps, wide bars and bars without volume; on minutes of whole sessions' mornings, or on days. */
function seriesOf(
  { instruments, interval }: Strategy,
  index: number,
  { seed, otherSeed, rows, at, swing }: Walk,
): BarSeries {
  let random = new Random(seed + index * 977);
  const columns = { open: [], high: [], low: [], close: [], volume: [] } as Record<string, number[]>;
  let close = 20_000 + 1_000 * index;
  for (let row = 0; row < rows; row += 1) {
    if (row === at && otherSeed !== null) random = new Random(otherSeed + index * 977);
    const step = (most: number): number => (random.below(2 * most + 1) - most) * 50;
    const open = Math.min(49_000, Math.max(10_000, close + step(2)));
    close = Math.min(49_000, Math.max(10_000, open + step(swing)));
    columns['open']?.push(open);
    columns['high']?.push(Math.max(open, close) + random.below(4) * 50);
    columns['low']?.push(Math.min(open, close) - random.below(4) * 50);
    columns['close']?.push(close);
    columns['volume']?.push(random.chance(0.03) ? 0 : 100_000);
  }
  const column = (name: string): Float64Array => Float64Array.from(columns[name] ?? []);
  const [open, high, low, volume] = [column('open'), column('high'), column('low'), column('volume')];
  return {
    instrument: instruments[index]!,
    interval,
    ...timesOf(interval, rows),
    open,
    high,
    low,
    close: column('close'),
    volume,
  };
}

function timesOf(interval: BarInterval, rows: number): Pick<BarSeries, 'date' | 'startsAtMs'> {
  const perDay = interval === '1d' ? 1 : minutesPerDay;
  const opening = Temporal.PlainTime.from(interval === '1d' ? '00:00' : '09:00');
  const days: Temporal.PlainDate[] = [];
  for (let day = plainDate(20_240_102); days.length * perDay < rows; day = nextTradingDay(day)) days.push(day);
  const dayOf = (row: number): Temporal.PlainDate => days[Math.floor(row / perDay)]!;
  return {
    date: Int32Array.from({ length: rows }, (_, row) => dateNumber(dayOf(row))),
    startsAtMs: Float64Array.from(
      { length: rows },
      (_, row) => seoulInstant(dayOf(row), opening).epochMilliseconds + (row % perDay) * 60_000,
    ),
  };
}
