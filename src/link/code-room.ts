import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BarSeries } from '#domain/bar.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { codeBacktestNews, type CodeBacktestNews, type CodeBacktestRequest } from './code-backtest.ts';
import { say } from './language.ts';

const entry = join(import.meta.dirname, '..', 'runner', 'code-backtest-command.ts');

/** A strategy file in a sandboxed process, as this one speaks with it. */
export interface CodeRoom {
  readonly send: (message: object) => void;
  /** Null when it ended without another word. @throws {ZodError} when it says what nobody agreed on */
  readonly next: () => Promise<CodeBacktestNews | null>;
  /** Resolves when the process and its sandbox are gone; safe to call twice. */
  readonly close: () => Promise<void>;
}

/** Starts the runner's room for a strategy file, which this process may never load. */
export function openCodeRoom(request: CodeBacktestRequest): CodeRoom {
  // In a group of its own, or Ctrl-C would end it before whoever asked has kept what it said.
  const child = spawn(process.execPath, [entry], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  // A broken pipe means that it is gone; its lines end then.
  child.stdin.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  send(request);
  return {
    send,
    next: async () => {
      const line = await lines.next();
      return line.done === true ? null : codeBacktestNews.parse(JSON.parse(line.value));
    },
    close: () => {
      // It takes its sandbox away before it ends.
      child.stdin.end();
      child.stdout.resume();
      return gone;
    },
  };
}

/** A series as a line of JSON carries it. */
export function plainColumns(series: BarSeries): object {
  const { date, startsAtMs, open, high, low, close, volume } = series;
  const columns = { date, startsAtMs, open, high, low, close, volume };
  return { ...series, ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]])) };
}

/** What to throw when a room answers with anything but what was asked for. @param news null when it ended without a word */
export function roomFailure(file: string, news: CodeBacktestNews | null): FixConfiguration {
  const silent = { code: null, message: 'its process ended without a result' };
  const strange = { code: null, message: 'its process answered what was not asked' };
  const { code, message } = news === null ? silent : news.kind === 'failed' ? news : strange;
  if (code !== null) return new FixConfiguration(code, message);
  return new FixConfiguration(
    'backtest.strategy-failed',
    say(
      `"${file}" 전략이 멈췄어요: ${message}`,
      `Cannot backtest "${file}": ${message}, wanted a strategy that runs to its end`,
    ),
  );
}
