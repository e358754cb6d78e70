import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import type { BacktestResult } from '#backtest/result.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import type { UnrepeatableUse } from '#link/unrepeatable.ts';
import { listingOf } from '#markets/listings.ts';
import { backtestOfFile } from './code-backtest.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-unrepeatable-'));
const bars = waveBars(60, 0);
after(() => rmSync(folder, { recursive: true }));

interface Heard {
  readonly uses: readonly UnrepeatableUse[];
  readonly result: BacktestResult;
}

/** Backtests a file as the command line does, over sixty days of what it declares. */
async function heardOf(file: string): Promise<Heard> {
  const uses: UnrepeatableUse[] = [];
  const result = await backtestOfFile(file, {
    prepare: ({ symbols, interval }) => ({
      series: symbols.map((symbol) => ({ ...handSeries(symbol, 20_230_102, bars), interval })),
      instruments: symbols.map((symbol) => listingOf(symbol)!),
      from: 20_230_102,
      to: 20_231_229,
      initialCash: won(10_000_000),
      limits: starter,
    }),
    onProgress: () => undefined,
    onUnrepeatable: (found) => void uses.push(...found),
  });
  return { uses, result };
}

/** A strategy file with `before` in its first lines, and `inside` on the second line of its callback, line 6 of the file. */
function fileThat(inside: string, before = ''): string {
  const file = join(mkdtempSync(join(folder, 'own-')), 'strategy.ts');
  const lines = [
    `import { defineStrategy } from '#strategy/define-strategy.ts'; ${before}`,
    'export const strategy = defineStrategy({',
    `  name: 'own', instruments: ['005930'], interval: '1d', warmUpBars: 1,`,
    '  onBar(context, bar) {',
    '    if (bar.isWarmUp) return;',
    `    ${inside}`,
    '  },',
    '});',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** What is asked for each name. */
const questions: Readonly<Record<string, string>> = {
  'Math.random': 'Math.random()',
  'crypto.getRandomValues': 'crypto.getRandomValues(new Uint8Array(1))',
  'crypto.randomUUID': 'crypto.randomUUID()',
  'crypto.randomBytes': 'randomBytes(1)',
  'crypto.randomFill': 'nodeCrypto.randomFillSync(new Uint8Array(1))',
  'crypto.randomInt': 'randomInt(3)',
  'Date.now': 'Date.now()',
  'new Date()': 'new Date()',
  'performance.now': 'performance.now()',
  'process.hrtime': 'process.hrtime.bigint()',
  'Temporal.Now': 'Temporal.Now.instant()',
};

describe('backtestOfFile() of a file that asks chance or the clock', () => {
  test('backtestOfFile() tells each name once, and the line that asked first', async () => {
    const file = fileThat(
      `${Object.values(questions).join('; ')}; Math.random();`,
      `import nodeCrypto, { randomBytes, randomInt } from 'node:crypto';`,
    );

    const { uses } = await heardOf(file);

    assert.deepEqual(
      uses,
      Object.keys(questions).map((name) => ({ name, line: 6 })),
    );
  });

  test('backtestOfFile() tells nothing of dates that are made of something, of seeded chance, and of the timers of an example', async () => {
    const file = fileThat(
      `const day = new Date(bar.startsAtMs); new Date(2023, 1); Date.UTC(2023, 1); Date.parse('2023-01-02'); Math.max(1, 2);
      if (new Random(bar.date).chance(0.5)) context.log(bar.instrument, day.toISOString());`,
      `import { Random } from '#domain/random.ts';`,
    );
    const example = join(import.meta.dirname, '..', '..', '..', 'examples', 'etf-rebalance', 'strategy.ts');

    const heard = await Promise.all([file, example].map(heardOf));

    assert.deepEqual(
      heard.map(({ uses }) => uses),
      [[], []],
    );
  });

  test('chance and the clock give a strategy what they give without being watched', async () => {
    const file = fileThat(
      '',
      `class Day extends Date { own() { return this.getTime(); } }
const wrong = Object.entries({
  now: Math.abs(Date.now() - performance.timeOrigin - performance.now()) < 5_000,
  present: Math.abs(new Date().getTime() - Date.now()) < 5_000,
  text: Date().length > 20 && Date.length === 7 && Date.name === 'Date' && Math.random.name === 'random',
  kind: new Date() instanceof Date && new Date(0).constructor === Date && structuredClone(new Date(5)) instanceof Date,
  subclass: new Day(7).own() === 7 && new Day() instanceof Day && new Day() instanceof Date,
  made: new Date(7).getTime() === 7 && new Date(2020, 0, 2).getDate() === 2 && JSON.stringify(new Date(0)).length === 26,
  temporal: new Date(0).toTemporalInstant().epochMilliseconds === 0 && Temporal.Now.instant().epochMilliseconds > 1e12,
  chance: new Set(Array.from({ length: 99 }, Math.random)).size === 99,
  bytes: crypto.getRandomValues(new Uint8Array(9)).length === 9 && crypto.randomUUID().length === 36,
  hrtime: process.hrtime().length === 2 && typeof process.hrtime.bigint() === 'bigint',
}).filter(([, holds]) => !holds).map(([name]) => name);
if (wrong.length > 0) throw new Error('wrong: ' + wrong);
Math.random = () => 0.5;
Date.now = () => 5;
if (Math.random() !== 0.5 || Date.now() !== 5) throw new Error('wrong: own versions');`,
    );

    const { uses } = await heardOf(file);

    assert.ok(uses.some(({ name, line }) => name === 'Math.random' && line !== null));
  });

  test('T12 a strategy that bends the stack, or names what nobody agreed on, deceives nobody but its author', async () => {
    const bent = fileThat(
      'Math.random();',
      `Error.prepareStackTrace = () => { Math.random(); return { toString: () => '/strategy.ts:1' }; };`,
    );
    const invented = fileThat(
      '',
      `const use = { name: 'your savings', line: 1 };
process.stdout.write(JSON.stringify({ kind: 'done', result: {}, unrepeatable: [use] }) + '\\n');`,
    );

    const heard = await Promise.allSettled([bent, invented].map(heardOf));

    assert.deepEqual(heard[0]?.status === 'fulfilled' && heard[0].value.uses, [{ name: 'Math.random', line: null }]);
    assert.match(String(heard[1]?.status === 'rejected' && heard[1].reason), /전략이 약속에 없는 말을 했어요/);
  });
});
