import { createHash } from 'node:crypto';
import { won } from '#domain/won.ts';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import { playBacktest, runBacktest } from '#backtest/engine.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { openBarStore } from '#store/bar-store.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { openLimits } from '../harness/open-limits.ts';
import { storeOfMarket } from '../harness/store-of-market.ts';
import { crossProgram } from './cross-program.ts';
import { madeUpInstruments } from './market-series.ts';

/**
 * `whole-market.ts <symbols> figures|reasons|every-bar`: one portfolio of so many instruments, ten positions at the most,
 * one core, over bars as the store hands them out; that loading has a row of its own. `figures`: trades, orders and
 * equity. `reasons`: the whole result with a line and its reason for each entry that found no room. `every-bar`: the same
 * result by the walk that shows every bar.
 */
const [symbols, manner] = process.argv.slice(2);
const store = openBarStore(storeOfMarket(Number(symbols)));
const instruments = madeUpInstruments(Number(symbols));
const ids = instruments.map(({ id }) => id);
const program = { ...crossProgram, sizing: { equityBps: 800, positionsMax: 10 } };
const resolved = resolveProgram(program);
if (resolved.kind === 'problem') throw new Error(`Cannot run the cross: ${resolved.problem.found}`);
const { rules } = resolved;
let loaded: { readonly memory?: SharedArrayBuffer } = {};

await serveRounds(() => {
  // Loaded anew for every round: what the engine knows of series that it has run before must not count.
  const { series, memory } = store.loadAll({ interval: '1d', from: 0, to: 99_999_999, ...loaded });
  loaded = { memory };
  return timed(() => {
    if (manner === 'figures') {
      const { trades, equity } = playBacktest(options(series));
      return { trades: trades.length, finalValue: equity.values.at(-1) ?? NaN };
    }
    const { result } = runBacktest({ ...options(series), showsEveryBar: manner === 'every-bar' });
    return { trades: result.trades.length, finalValue: result.metrics.finalValue };
  });
});

function options(series: BacktestOptions['series']): BacktestOptions {
  return {
    strategy: ruleStrategy({
      name: 'cross',
      rules,
      ...(manner === 'figures' ? {} : { program }),
      instruments: ids,
      interval: '1d',
    }),
    series,
    instruments,
    from: 0,
    to: 99_999_999,
    initialCash: won(10_000_000_000),
    limits: openLimits,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  };
}
