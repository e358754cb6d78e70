import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { runBacktest } from '#backtest/engine.ts';
import { explainBar, type ExplainedBar } from '#backtest/explain.ts';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { TunableUse } from '#strategy/tunable-strategy.ts';
import { asColumns, type PlainSeries } from './job-columns.ts';
import { loadStrategy, paramsOf, strategyFor } from './load-strategy.ts';
import { shutDoors } from './shut-doors.ts';
import { tellFailure, tellNews } from './tell-news.ts';
import { watchUnrepeatable } from './watch-unrepeatable.ts';

/**
 * One backtest of one strategy file inside its sandbox: it takes one line with what to make the strategy with, says what
 * it is, takes one line with bars and options, and answers with the result. Engine and strategy share this process, so a
 * strategy could lie about its own result; it can reach nothing else.
 */
type Job = Omit<BacktestOptions, 'strategy' | 'series' | 'sha256' | 'onProgress' | 'basePrice'> & {
  readonly series: readonly PlainSeries[];
  /** The one bar that is asked about, in the place of the result. */
  readonly why?: ExplainedBar;
};

shutDoors();
const unrepeatable = watchUnrepeatable();
process.on('uncaughtException', (error) => tellFailure(error));
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]();

try {
  // The command line of the same build made both lines of typed values.
  const use = JSON.parse((await lines.next()).value ?? '') as TunableUse;
  const exported = await loadStrategy();
  const strategy = strategyFor(exported, use);
  const { name, interval, instruments } = strategy;
  tellNews({
    kind: 'ready',
    name,
    interval,
    symbols: instruments.map(symbolOf),
    params: paramsOf(exported),
    grade: '',
  });
  const line = await lines.next();
  if (line.done !== true) {
    const { why, ...job } = JSON.parse(line.value) as Job;
    const options: BacktestOptions = {
      ...job,
      strategy,
      series: job.series.map(asColumns),
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      onProgress: (fraction) => tellNews({ kind: 'progress', fraction }),
    };
    const news =
      why === undefined
        ? { kind: 'done', result: runBacktest(options).result }
        : { kind: 'explained', explanation: explainBar(options, why) };
    tellNews({ ...news, unrepeatable: unrepeatable() });
  }
} catch (error) {
  tellFailure(error);
}
