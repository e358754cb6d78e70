import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { recipes } from '#strategy/recipes/recipes.ts';
import { strategyTemplates } from '../strategy/strategy-templates.ts';
import { strategyNewCommand } from './strategy-new.ts';

process.env['SNOWBALL_LANGUAGE'] = 'en';
const root = join(import.meta.dirname, '..', '..', '..');
const main = join(root, 'src', 'cli', 'main.ts');
const made = Object.keys(strategyTemplates).map((template) => ({ template, name: `try-${process.pid}-${template}` }));

/** Runs the whole program in a process of its own, as a person does. */
function snowball(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** `strategy new` in this process. */
function makeNew(...args: readonly string[]): void {
  strategyNewCommand().parse(args, { from: 'user' });
}

after(() => {
  for (const { name } of made) rmSync(join(root, 'strategies', name), { recursive: true, force: true });
});

describe('snowball strategy', () => {
  test('strategy new makes folders of every template whose types and tests pass', () => {
    for (const { template, name } of made) makeNew(name, '--template', template);
    const folders = made.map(({ name }) => join(root, 'strategies', name));
    const tests = folders.map((folder) => join(folder, 'strategy.test.ts'));
    // One project for all of them: the compiler takes longer to start than to read four files.
    const project = join(folders[0]!, 'tsconfig.json');
    const options = JSON.parse(readFileSync(project, 'utf8'));
    writeFileSync(project, JSON.stringify({ ...options, include: ['../try-*/*.ts'] }));

    const types = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
      encoding: 'utf8',
    });
    const run = spawnSync(process.execPath, ['--test', ...tests], { env: { PATH: '' }, encoding: 'utf8' });

    assert.deepEqual([types.stdout, types.status], ['', 0]);
    assert.equal(run.status, 0, run.stdout);
    for (const { name } of made)
      assert.match(readFileSync(join(root, 'strategies', name, 'README.md'), 'utf8'), new RegExp(name));
  });

  test('strategy new makes a folder that backtest runs at once', () => {
    const [plain] = made;
    const folder = join(root, 'strategies', plain!.name);
    for (const [index, symbol] of ['005930', '000660'].entries())
      writeFileSync(join(folder, `${symbol}.csv`), csvOf(symbol, index * 20));

    const { status, stdout } = snowball('backtest', folder, '--bars', folder, '--json', '-');

    assert.equal(status, 0);
    const result = JSON.parse(stdout);
    assert.equal(result.strategy, plain!.name);
    assert.ok(result.trades.length > 0);
  });

  test('strategy new refuses a name that is taken, or no name', () => {
    assert.throws(() => makeNew(made[0]!.name), {
      code: 'cli.strategy-folder',
      message: /wanted a name that is not taken/,
    });
    assert.throws(() => makeNew('../out'), { code: 'cli.strategy-folder' });
    assert.equal(existsSync(join(root, 'out')), false);
  });

  test('strategy recipes tells every recipe with its risks and settings', () => {
    const { stdout } = snowball('strategy', 'recipes');

    assert.deepEqual(
      [...stdout.matchAll(/^recipe:(\S+)/gm)].map(([, id]) => id),
      recipes.map(({ id }) => id),
    );
    for (const { risks } of recipes) assert.ok(stdout.replaceAll('\n', ' ').includes(`Risks: ${risks.en}`));
    assert.match(stdout, /--set parts=40 {2}\(2 … 200\)/);
  });
});

function csvOf(symbol: string, phase: number): string {
  const { date, open, high, low, close, volume } = handSeries(symbol, 20_230_102, waveBars(150, phase));
  const rows = [...date].map((day, row) => [day, open[row], high[row], low[row], close[row], volume[row]].join(','));
  return ['date,open,high,low,close,volume', ...rows].join('\n');
}
