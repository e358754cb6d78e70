import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { runBacktest } from '#backtest/engine.ts';
import { explainBar, type ExplainedBar } from '#backtest/explain.ts';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import type { BarSeries } from '#domain/bar.ts';
import { SnowballError } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { loadStrategy } from './load-strategy.ts';
import { shutDoors } from './shut-doors.ts';

/**
 * One backtest of one strategy file inside its sandbox: it says what it is, takes one line with bars and options, and
 * answers with the result. Engine and strategy share this process, so a strategy could lie about its own result; it can
 * reach nothing else.
 */
type Job = Omit<BacktestOptions, 'strategy' | 'series' | 'sha256' | 'onProgress' | 'basePrice'> & {
  readonly series: readonly (Omit<BarSeries, ColumnName> & Record<ColumnName, readonly number[]>)[];
  /** The one bar that is asked about, in the place of the result. */
  readonly why?: ExplainedBar;
};
type ColumnName = 'date' | 'startsAtMs' | 'open' | 'high' | 'low' | 'close' | 'volume';

shutDoors();
process.on('uncaughtException', failed);

try {
  const strategy = await loadStrategy();
  const { name, interval, instruments } = strategy;
  say({ kind: 'ready', name, interval, symbols: instruments.map(symbolOf), grade: '' });
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    // The command line of the same build made it of typed values.
    const { why, ...job } = JSON.parse(line) as Job;
    const options: BacktestOptions = {
      ...job,
      strategy,
      series: job.series.map(asColumns),
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      onProgress: (fraction) => say({ kind: 'progress', fraction }),
    };
    if (why === undefined) say({ kind: 'done', result: runBacktest(options).result });
    else say({ kind: 'explained', explanation: explainBar(options, why) });
    break;
  }
} catch (error) {
  failed(error);
}

function asColumns(series: Job['series'][number]): BarSeries {
  const { date, startsAtMs, open, high, low, close, volume } = series;
  return {
    ...series,
    date: Int32Array.from(date),
    startsAtMs: Float64Array.from(startsAtMs),
    open: Float64Array.from(open),
    high: Float64Array.from(high),
    low: Float64Array.from(low),
    close: Float64Array.from(close),
    volume: Float64Array.from(volume),
  };
}

function failed(error: unknown): void {
  const code = error instanceof SnowballError ? error.code : null;
  say({ kind: 'failed', code, message: sentenceOf(error).slice(0, 2_000) });
  process.exitCode = 1;
}

/** With the place in the strategy's own file, where the stack names one. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SnowballError) return error.message;
  const [, line] = /\/strategy\.ts:(\d+:\d+)/.exec(error.stack ?? '') ?? [];
  return `${error.name}: ${error.message}${line === undefined ? '' : ` (strategy.ts:${line})`}`;
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
