import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { BacktestOptions } from '#backtest/backtest-options.ts';
import type { BacktestResult } from '#backtest/result.ts';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { codeBacktestNews, type CodeBacktestNews, type CodeBacktestRequest } from '#link/code-backtest.ts';
import { say } from '#link/language.ts';

const entry = join(import.meta.dirname, '..', 'runner', 'code-backtest-command.ts');

/** What a strategy file declares. */
export interface DeclaredStrategy {
  readonly name: string;
  readonly symbols: readonly string[];
  readonly interval: '1m' | '1d';
  /** How well it was shut in while it ran. */
  readonly grade: string;
}

/** The options of a backtest that are data: what a strategy file is run with. */
export type CodeBacktestJob = Omit<BacktestOptions, 'strategy' | 'sha256' | 'onProgress' | 'basePrice'>;

/**
 * Backtests a strategy file in a sandboxed process; this one never loads it. Its result is checked for its shape: a
 * strategy shares a process with the engine and could lie about itself, and about nothing else.
 *
 * @param options `prepare` is told what the file declares and returns bars and options for it
 * @throws {FixConfiguration} `backtest.strategy-failed` with what the strategy threw; the codes of `runBacktest`
 */
export async function backtestOfFile(
  file: string,
  options: {
    readonly prepare: (declared: DeclaredStrategy) => CodeBacktestJob;
    readonly onProgress: (fraction: number) => void;
  },
): Promise<BacktestResult> {
  const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A broken pipe means that it is gone; its lines end then.
  child.stdin.on('error', () => undefined);
  const tell = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  try {
    tell({ file: resolve(file) } satisfies CodeBacktestRequest);
    for await (const line of createInterface({ input: child.stdout })) {
      const news = codeBacktestNews.parse(JSON.parse(line));
      if (news.kind === 'done') return resultOf(news.result);
      if (news.kind === 'failed') throw failureOf(file, news);
      if (news.kind === 'progress') options.onProgress(news.fraction);
      else tell(asJson(options.prepare(news)));
    }
  } finally {
    // It takes its sandbox away before it ends.
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    await gone;
  }
  throw failureOf(file, { kind: 'failed', code: null, message: 'its process ended without a result' });
}

function asJson(job: CodeBacktestJob): object {
  return { ...job, series: job.series.map(plainColumns) };
}

function plainColumns(series: BarSeries): object {
  const { date, startsAtMs, open, high, low, close, volume } = series;
  const columns = { date, startsAtMs, open, high, low, close, volume };
  return { ...series, ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]])) };
}

const days = z.array(z.looseObject({ date: z.int(), value: z.number() }));
const rows = z.array(
  z.looseObject({ symbol: z.string(), side: z.enum(['buy', 'sell']), date: z.int(), reason: z.string() }),
);
const result = z.looseObject({
  strategy: z.string(),
  symbols: z.array(z.string()),
  from: z.int(),
  to: z.int(),
  initialCash: z.number(),
  metrics: z.looseObject({ finalValue: z.number(), totalReturn: z.number(), maximumDrawdown: z.number() }),
  equity: days,
  benchmark: days,
  trades: rows,
  orders: rows,
  decisionLogSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The engine of the same build made it; a strategy that forged it deceives its own author alone. */
function resultOf(found: unknown): BacktestResult {
  return result.parse(found) as unknown as BacktestResult;
}

function failureOf(file: string, { code, message }: Extract<CodeBacktestNews, { kind: 'failed' }>): FixConfiguration {
  if (code !== null) return new FixConfiguration(code, message);
  return new FixConfiguration(
    'backtest.strategy-failed',
    say(
      `"${file}" 전략이 멈췄어요: ${message}`,
      `Cannot backtest "${file}": ${message}, wanted a strategy that runs to its end`,
    ),
  );
}
