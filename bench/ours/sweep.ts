import { won } from '#domain/won.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { runSweep } from '#backtest/sweep/run-sweep.ts';
import type { SweepPath } from '#backtest/sweep/sweep.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { crossProgram, thousandCombinations } from './cross-program.ts';
import { madeUpMarket } from './market-series.ts';

/** `sweep.ts <path> <combinations> <symbols>`: one path of the sweep on one core, standard limits, fees and taxes. */
const path = sweepPath(process.argv[2]);
const combinations = Number(process.argv[3]);
const market = madeUpMarket(Number(process.argv[4]));

/** A common part that every path works outside of its clock, so that their sums are of the same runs. */
const common = figuresOf(16, 2);

await serveRounds(() => {
  const spent = timed(() => figuresOf(combinations, market.series.length));
  return { ...spent, checksum: common };
});

function figuresOf(count: number, symbols: number): Readonly<Record<string, number>> {
  const runs = runSweep({
    subject: { kind: 'program', name: 'cross', program: crossProgram },
    series: market.series.slice(0, symbols),
    instruments: market.instruments,
    combinations: thousandCombinations.slice(0, count),
    from: 0,
    to: 99_999_999,
    initialCash: won(10_000_000),
    limits: limitProfiles.standard,
    keep: 'figures',
    path,
  });
  const sums = { finalValue: 0, trades: 0, orders: 0, fees: 0, tax: 0, sharpe: 0, onThisPath: 0 };
  for (const run of runs) {
    if (run.kind === 'refused') throw new Error(`Combination ${run.combination} was refused: ${run.reason}`);
    sums.finalValue += run.figures.finalValue;
    sums.trades += run.figures.trades;
    sums.orders += run.figures.orders;
    sums.fees += run.figures.fees;
    sums.tax += run.figures.tax;
    sums.sharpe += run.figures.sharpe ?? 0;
    sums.onThisPath += run.path === path ? 1 : 0;
  }
  return sums;
}

function sweepPath(word: string | undefined): SweepPath {
  if (word === 'event' || word === 'fused' || word === 'sparse') return word;
  throw new Error(`Cannot run the path "${word}": wanted event, fused or sparse`);
}
