import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SnowballError } from '#domain/errors.ts';
import type { OptimiseResult } from '../sweep/optimise-result.ts';
import { runSearch, type SearchOptions } from '../sweep/run-search.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-optimise-'));
const strategy = join(folder, 'tutorial');
const bars = join(folder, '005930.csv');
/** The one command without all others, which take a second to load. */
const entry = join(folder, 'optimise.mjs');
const small = ['ma_short=3..6', 'ma_long=8..20:4'];
/** Enough combinations for a signal to come before the last. */
const large = ['ma_short=3..42', 'ma_long=50..149'];
const combinations = 40 * 100;

before(() => {
  Object.assign(process.env, { SNOWBALL_HOME: join(folder, 'home'), SNOWBALL_LANGUAGE: 'en' });
  cpSync(fileURLToPath(new URL('../../../examples/tutorial', import.meta.url)), strategy, { recursive: true });
  writeFileSync(bars, waves());
  const command = new URL('optimise.ts', import.meta.url).href;
  writeFileSync(
    entry,
    `import { optimiseCommand } from '${command}';\nawait optimiseCommand().parseAsync(process.argv);\n`,
  );
});
after(() => rmSync(folder, { recursive: true }));

/** Four years of weekdays in waves. */
function waves(): string {
  const lines = ['일자,시가,고가,저가,종가,거래량,종목명'];
  let open = 20_000;
  for (let day = 0; day < 1_460; day += 1) {
    const date = new Date(Date.UTC(2016, 0, 4 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + Math.round(3_000 * Math.sin(day / 31) + 900 * Math.sin(day / 5.3));
    const prices = [open, Math.max(open, close) + 60, Math.min(open, close) - 60, close].join(',');
    lines.push(`${date.toISOString().slice(0, 10)},${prices},100000,삼성전자`);
    open = close;
  }
  return `${lines.join('\n')}\n`;
}

async function found(grid: readonly string[], change: Partial<SearchOptions> = {}): Promise<OptimiseResult> {
  const plain = { bars, symbols: '005930', cash: '10000000', profile: 'starter', seed: '3', objective: 'sharpe' };
  const { result } = await runSearch(strategy, { ...plain, workers: '1', grid, ...change });
  return result;
}

/** The command in a process of its own that writes to `file`; comes back once it has. */
async function started(file: string, ...rest: readonly string[]): Promise<ChildProcess> {
  const words = [strategy, '--bars', bars, '--symbols', '005930', '--workers', '1', '--resume', file, ...rest];
  const grid = large.flatMap((one) => ['--grid', one]);
  const watcher = watch(folder);
  const child = spawn(process.execPath, [entry, ...words, ...grid], { stdio: ['ignore', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    while (!existsSync(file) || runsIn(file) === 0) {
      const [first] = (await Promise.race([once(watcher, 'change'), exit])) as readonly unknown[];
      assert.ok(typeof first === 'string', 'the search ended before it wrote anything');
    }
  } finally {
    watcher.close();
  }
  return child;
}

function runsIn(file: string): number {
  return readFileSync(file, 'utf8').match(/\[\d+,\d,/g)?.length ?? 0;
}

describe('snowball optimise', () => {
  test('goes on after kill -9 and comes to what an undisturbed search does', async () => {
    const file = join(folder, 'killed');
    const child = await started(file);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = runsIn(file);
    const text = readFileSync(file, 'utf8');
    // What a power cut may leave of the last line.
    appendFileSync(file, '0badc0de {"symbol":"005930","rows":[[1,2,');

    const resumed = await found(large, { resume: file });

    assert.ok(before > 0 && before < combinations, `${before} runs were done`);
    assert.ok(readFileSync(file, 'utf8').startsWith(text.slice(0, text.lastIndexOf('\n') + 1)));
    assert.equal(runsIn(file), combinations);
    assert.ok(resumed.isComplete);
    assert.deepEqual(resumed, await found(large));
  });

  test('tells what is done when it is stopped by Ctrl-C', async () => {
    const file = join(folder, 'stopped');
    const out = join(folder, 'stopped.json');
    const child = await started(file, '--json', out);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];

    const result = JSON.parse(readFileSync(out, 'utf8')) as OptimiseResult;
    assert.equal(code, 130);
    assert.ok(!result.isComplete && result.combinations.length > 0 && result.combinations.length < combinations);
    assert.equal(result.combinations.length, runsIn(file));
  });

  test('optimise --json without a file prints the result alone', async () => {
    const grid = small.flatMap((one) => ['--grid', one]);
    const words = [strategy, '--bars', bars, '--symbols', '005930', '--workers', '1', ...grid, '--json'];
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    child.stdout.on('data', (part: Buffer) => (printed += part.toString()));
    await once(child, 'close');

    const result = JSON.parse(printed) as OptimiseResult;
    assert.ok(result.isComplete);
    assert.equal(result.combinations.length, 16);
  });

  test('refuses a file of another search, and grids that make no strategy', async () => {
    const file = join(folder, 'other');
    await found(small, { resume: file });

    assert.equal(await refusal(large, { resume: file }), 'optimise.other-sweep');
    assert.equal(await refusal(['no_such=1..3']), 'cli.option');
    assert.equal(await refusal(['ma_short=300..310']), 'optimise.no-combination');
    assert.equal(await refusal([]), 'cli.option');
    assert.equal(await refusal(small, { random: '3', bayes: '3' }), 'cli.option');
    assert.equal(await refusal(small, { objective: 'luck' }), 'cli.option');
    assert.equal(await refusal(small, { workers: '0' }), 'cli.option');
  });

  test('draws from the grid at random, or chooses what to try, by the seed alone', async () => {
    const random = await found(small, { random: '5' });
    const bayes = await found(large, { bayes: '20' });

    assert.equal(random.combinations.length, 5);
    assert.equal(bayes.combinations.length, 20);
    assert.deepEqual(await found(large, { bayes: '20' }), bayes);
    assert.deepEqual(bayes.runs, { sparse: 20, fused: 0, event: 0, refused: 0 });
  });
});

async function refusal(grid: readonly string[], change: Partial<SearchOptions> = {}): Promise<string> {
  try {
    await found(grid, change);
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return error.code;
  }
  return 'none';
}
