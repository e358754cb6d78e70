import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, mock } from 'node:test';
import type { BacktestResult } from '#backtest/result.ts';
import { SnowballError } from '#domain/errors.ts';
import { backtestCommand } from '#cli/commands/backtest.ts';

/** Where the files of these tests lie; it goes with the last of them. */
export const folder = mkdtempSync(join(tmpdir(), 'snowball-backtest-command-'));
/** Day bars of Samsung, taken unless a test names others. */
export const bars = aFile('005930.csv', dayBars());
process.env['SNOWBALL_HOME'] = join(folder, 'home');
beforeEach(() => (process.env['SNOWBALL_LANGUAGE'] = 'en'));
after(() => rmSync(folder, { recursive: true }));

/** Writes a file, and returns its path. */
export function aFile(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Waves on the ticks of their day, weekdays from December 2010 on. */
function dayBars(): string {
  const lines = ['date,open,high,low,close,volume,name'];
  let open = 20_000;
  for (let day = 0; day < 200; day += 1) {
    const date = new Date(Date.UTC(2010, 11, 1 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + 50 * Math.round(60 * Math.sin(day / 8));
    lines.push(
      `${date.toISOString().slice(0, 10)},${open},${Math.max(open, close) + 300},${Math.min(open, close) - 300},${close},100000,삼성전자`,
    );
    open = close;
  }
  return `${lines.join('\n')}\n`;
}

/** Three sessions of 2024, minute by minute, in waves of an hour and a half. */
export function minuteBars(): string {
  const lines = ['일자,시간,시가,고가,저가,종가,거래량'];
  let open = 50_000;
  for (const day of ['2024-01-03', '2024-01-04', '2024-01-05']) {
    for (let minute = 0; minute < 380; minute += 1) {
      const close = 50_000 + 100 * Math.round(4 * Math.sin(minute / 15));
      const clock = `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}${String(minute % 60).padStart(2, '0')}00`;
      lines.push(
        `${day},${clock},${open},${Math.max(open, close) + 100},${Math.min(open, close) - 100},${close},10000`,
      );
      open = close;
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Runs a command in this process and gives what it wrote to standard output; bytes are the test runner's own. */
export async function written(run: () => Promise<unknown>): Promise<string> {
  let text = '';
  const writers = (['stdout', 'stderr'] as const).map((name) => {
    const write = process[name].write.bind(process[name]);
    return mock.method(process[name], 'write', (part: string | Uint8Array) => {
      if (typeof part !== 'string') return write(part);
      if (name === 'stdout') text += part;
      return true;
    });
  });
  try {
    await run();
    return text;
  } finally {
    for (const writer of writers) writer.mock.restore();
  }
}

/** Runs `snowball backtest` of a preset in this process, and gives what it printed. */
export function backtest(...args: readonly string[]): Promise<string> {
  const own = args.includes('--bars') || args.includes('--adjusted') ? [] : ['--bars', bars];
  return written(() =>
    backtestCommand().parseAsync(['preset:sma_crossover', '--symbols', '005930', ...own, ...args], { from: 'user' }),
  );
}

/** The result as JSON. */
export async function resultOf(...args: readonly string[]): Promise<BacktestResult> {
  return JSON.parse(await backtest(...args, '--json', '-')) as BacktestResult;
}

/** The one sentence with which it refuses. */
export async function refusal(
  ...args: readonly string[]
): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await backtest(...args);
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    assert.doesNotMatch(error.message, /\n/);
    return { code: error.code, message: error.message };
  }
  return assert.fail('expected a refusal');
}
