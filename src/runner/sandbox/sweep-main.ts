import { createInterface } from 'node:readline';
import { eventRun, type EventRun } from '#backtest/sweep/event-run.ts';
import { packRun } from '#backtest/sweep/packed-runs.ts';
import type { SweepOptions } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { CodeSweepUnit } from '#link/code-backtest.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { TunableUse } from '#strategy/tunable-strategy.ts';
import { asColumns, type PlainSeries } from './job-columns.ts';
import { loadStrategy, paramsOf, strategyFor } from './load-strategy.ts';
import { shutDoors } from './shut-doors.ts';
import { failureSentence, tellFailure, tellNews } from './tell-news.ts';
import { watchUnrepeatable } from './watch-unrepeatable.ts';

/**
 * The runs of a sweep of one strategy file inside its sandbox: as `backtest-main.ts`, but after the line with the bars it
 * takes one unit after the other. The file is loaded once and its strategy made anew for each run; whether runs all the
 * same reach into each other is looked for with a second copy of the file.
 */
type Account = Omit<SweepOptions, 'subject' | 'combinations' | 'from' | 'to' | 'keep' | 'series'> & {
  readonly series: readonly PlainSeries[];
};

/** The second run is the first that a run before it can have touched. After that, one in so many is looked at. */
const firstLook = 2;
const runsBetweenLooks = 16;

shutDoors();
const unrepeatable = watchUnrepeatable();
// What a file would keep on the global object outlives its copies: adding to it throws.
Object.preventExtensions(globalThis);
process.on('uncaughtException', (error) => tellFailure(error));
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]();

try {
  // The command line of the same build made all lines of typed values.
  const use = JSON.parse((await lines.next()).value ?? '') as TunableUse;
  const exported = await loadStrategy();
  const { name, interval, instruments } = strategyFor(exported, use);
  tellNews({
    kind: 'ready',
    name,
    interval,
    symbols: instruments.map(symbolOf),
    params: paramsOf(exported),
    grade: '',
  });
  const account = await lines.next();
  if (account.done !== true) await runUnits(exported, use, JSON.parse(account.value) as Account);
} catch (error) {
  tellFailure(error);
}

async function runUnits(exported: Strategy, use: TunableUse, plain: Account): Promise<void> {
  const account = { ...plain, series: plain.series.map(asColumns) };
  const symbol = account.series.map(({ instrument }) => symbolOf(instrument)).join('+');
  let count = 0;
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    const { runs, from, to, keep } = JSON.parse(line.value) as CodeSweepUnit;
    for (const { combination, values } of runs) {
      const made = madeOf(exported, { ...use, values: { ...use.values, ...values } });
      if (typeof made === 'string') {
        const row = packRun({ kind: 'refused', symbol, combination, reason: made });
        tellNews({ kind: 'ran', row, equity: null, trades: null });
        continue;
      }
      const run = runOf({ ...account, from, to }, made, values);
      count += 1;
      if (count % runsBetweenLooks === firstLook) {
        const copy = strategyFor(await loadStrategy(count), { ...use, values: { ...use.values, ...values } });
        compare(run, runOf({ ...account, from, to }, copy, values), values);
      }
      const { figures } = run;
      const row = packRun({ kind: 'run', symbol, combination, path: 'event', figures, equity: null, trades: null });
      const equity = keep === 'figures' ? null : [...run.equity];
      tellNews({ kind: 'ran', row, equity, trades: keep === 'trades' ? run.trades : null });
    }
    tellNews({ kind: 'rested', unrepeatable: unrepeatable() });
  }
}

/** A strategy, or why these values make none. */
function madeOf(exported: Strategy, use: TunableUse): Strategy | string {
  try {
    return strategyFor(exported, use);
  } catch (error) {
    return failureSentence(error).slice(0, 300);
  }
}

type RunAccount = Omit<Account, 'series'> & Pick<SweepOptions, 'series' | 'from' | 'to'>;

/** With the values in what is thrown: which of a thousand runs failed is what its author asks first. */
function runOf(account: RunAccount, strategy: Strategy, values: Readonly<Record<string, number>>): EventRun {
  const { series, instruments } = account;
  try {
    return eventRun(account, { series, instruments, strategy });
  } catch (error) {
    if (error instanceof Error && !('code' in error)) error.message += ` (${JSON.stringify(values)})`;
    throw error;
  }
}

function compare(run: EventRun, copy: EventRun, values: Readonly<Record<string, number>>): void {
  if (JSON.stringify(plainOf(run)) === JSON.stringify(plainOf(copy))) return;
  throw new FixConfiguration(
    'optimise.strategy-state',
    `Cannot sweep this strategy: ${JSON.stringify(values)} gave ${run.figures.finalValue} won after other runs and ${copy.figures.finalValue} won alone, wanted the same; make what a run remembers inside make() of tunable(), and use neither chance nor the clock`,
  );
}

function plainOf({ figures, equity, trades }: EventRun): object {
  return { figures, equity: [...equity], trades };
}
