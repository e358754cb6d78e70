import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SnowballError } from '#domain/errors.ts';
import { backtestCommand } from './backtest.ts';
import { dataCommand } from './data.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-backtest-'));
const strategy = join(folder, 'mine');
const bars = join(folder, '005930.csv');
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

before(() => {
  process.env['SNOWBALL_HOME'] = join(folder, 'home');
  process.env['SNOWBALL_LANGUAGE'] = 'en';
  const tutorial = fileURLToPath(new URL('../../../examples/tutorial/trading_config.yaml', import.meta.url));
  writeFolder(strategy, readFileSync(tutorial, 'utf8'), '005930 # 삼성전자\n');
  writeFileSync(bars, waves());
});
after(() => rmSync(folder, { recursive: true }));

function writeFolder(path: string, config: string, targets: string): string {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'trading_config.yaml'), config);
  writeFileSync(join(path, 'target_stocks.txt'), targets);
  return path;
}

/** A year of daily bars in waves, weekdays from December 2010 on. */
function waves(): string {
  const lines = ['일자,시가,고가,저가,종가,거래량,종목명'];
  let open = 20_000;
  for (let day = 0; day < 340; day += 1) {
    const date = new Date(Date.UTC(2010, 11, 1 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + Math.round(3_000 * Math.sin(day / 11) + 900 * Math.sin(day / 2.3));
    const prices = [open, Math.max(open, close) + 60, Math.min(open, close) - 60, close].join(',');
    lines.push(`${date.toISOString().slice(0, 10)},${prices},100000,삼성전자`);
    open = close;
  }
  return `${lines.join('\n')}\n`;
}

/** Runs the whole program in a process of its own, as a person does. */
function snowball(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function refusal(run: () => Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  let found: unknown;
  try {
    await run();
  } catch (error) {
    found = error;
  }
  assert.ok(found instanceof SnowballError, `expected a refusal, got ${String(found)}`);
  assert.doesNotMatch(found.message, /\n/);
  return { code: found.code, message: found.message };
}

describe('snowball backtest', () => {
  test('snowball backtest prints a table, a plot and the trades, and writes JSON and a report', () => {
    const [json, html] = [join(folder, 'out.json'), join(folder, 'report.html')];

    const run = snowball('backtest', strategy, '--bars', bars, '--from', '2011-01-10', '--json', json, '--html', html);

    assert.equal(run.status, 0, run.stderr);
    assert.match(run.stdout, /return after costs +[+−]\d/);
    assert.match(run.stdout, /[\u2801-\u28FF]/);
    assert.match(run.stdout, /the last \d+ of \d+ fills/);
    assert.match(run.stdout, /(?:Golden cross|Dead cross|Stop loss|Take profit)$/m);
    const result: unknown = JSON.parse(readFileSync(json, 'utf8'));
    assert.ok(typeof result === 'object' && result !== null && 'trades' in result && Array.isArray(result.trades));
    assert.ok(result.trades.length >= 4);
    assert.match(readFileSync(html, 'utf8'), /^<!doctype html>/);
  });

  test('snowball backtest --json - prints nothing but JSON, the same twice, also from the store', () => {
    const fromFile = snowball('backtest', strategy, '--bars', bars, '--from', '2011-01-10', '--json', '-');
    const bare = snowball('backtest', strategy, '--bars', bars, '--from', '2011.01.10', '--json');
    const stored = snowball('data', 'import', bars, '--json');
    const fromStore = snowball('backtest', strategy, '--from', '2011-01-10', '--json', '-');

    assert.equal(stored.status, 0, stored.stderr);
    assert.doesNotThrow(() => JSON.parse(fromFile.stdout));
    assert.equal(fromStore.stdout, fromFile.stdout);
    assert.equal(bare.stdout, fromFile.stdout);
  });

  test('snowball ends with one sentence, exit code 1 and no stack for what cannot be run', () => {
    const run = snowball('backtest', strategy, '--bars', join(folder, 'nowhere.csv'));

    assert.equal(run.status, 1);
    assert.match(run.stderr, /nowhere\.csv": found nothing there.*Check the path\. \[data\.csv-missing\]\n$/);
    assert.doesNotMatch(run.stderr, /\n {4}at /);
  });

  const wrong: readonly (readonly [name: string, args: readonly string[], code: string, says: RegExp])[] = [
    ['a wrong day', ['--from', '2011-13-40'], 'cli.option', /--from "2011-13-40": wanted a day such as 2010-01-04/],
    [
      'cash with odd commas',
      ['--cash', '10,00,000'],
      'cli.option',
      /--cash "10,00,000": wanted whole won from 1 to 1,000/,
    ],
    ['an unknown profile', ['--profile', 'brave'], 'cli.option', /--profile "brave": wanted starter \| standard/],
    ['a setting that is no number', ['--set', 'rsi_period=ten'], 'cli.option', /--set "rsi_period=ten"/],
    ['an unknown setting', ['--set', 'rsi_perido=10'], 'cli.option', /--set "rsi_perido".*Did you mean "rsi_period"/],
    ['a symbol that is none', ['--symbols', 'samsung'], 'cli.option', /--symbols "samsung".*data instruments NAME/],
    ['a symbol without bars', ['--symbols', '000660'], 'backtest.no-bars', /No daily bars of 000660/],
    [
      'a range without bars',
      ['--from', '20200101', '--to', '20201231'],
      'backtest.no-bars',
      /no bar from 2020\.01\.01 on: the bars end on 2011\.11\.04/,
    ],
    ['a range before all bars', ['--to', '19990101'], 'backtest.no-bars', /no bar until 1999\.01\.01: the bars begin/],
    [
      'a range that ends before it begins',
      ['--from', '20110601', '--to', '20110101'],
      'backtest.range',
      /wanted the end/,
    ],
    ['a folder in the place of a file', ['--html', folder], 'cli.write', /it is a folder, wanted a file in it/],
    ['a file that cannot be written', ['--json', '/nowhere/at/all.json'], 'cli.write', /Cannot write "\/nowhere/],
  ];
  for (const [name, args, code, says] of wrong) {
    test(`backtestCommand() refuses ${name} in one sentence`, async () => {
      const found = await refusal(() =>
        backtestCommand().parseAsync([strategy, '--bars', bars, ...args], { from: 'user' }),
      );

      assert.equal(found.code, code);
      assert.match(found.message, says);
    });
  }

  test('backtestCommand() refuses a folder without files, broken YAML and a wrong code with the place', async () => {
    const broken = writeFolder(join(folder, 'broken'), 'strategy: { ma_short: 5\n', '005930\n');
    const valid = readFileSync(join(strategy, 'trading_config.yaml'), 'utf8');
    const codes = writeFolder(join(folder, 'codes'), valid, '005930\n12345\n');
    const run = (path: string) => refusal(() => backtestCommand().parseAsync([path, '--bars', bars], { from: 'user' }));

    assert.equal((await run(join(folder, 'none'))).code, 'strategy.folder');
    assert.match((await run(broken)).message, /trading_config\.yaml:\d+:\d+: This is not valid YAML/);
    assert.match((await run(codes)).message, /target_stocks\.txt:2: "12345" is not a listing code/);
  });
});

describe('snowball data', () => {
  test('snowball data import leaves the store as it was when one file of a folder is wrong', async () => {
    const mixed = join(folder, 'mixed');
    mkdirSync(mixed);
    writeFileSync(join(mixed, '000660.csv'), waves());
    writeFileSync(join(mixed, '035420.csv'), 'date,open,high,low,close,volume\n20231220,"1,00",1,1,1,1\n');
    const store = join(folder, 'home', 'store', 'bars.sqlite');
    const before = existsSync(store) ? readFileSync(store) : null;

    const found = await refusal(() => dataCommand().parseAsync(['import', mixed], { from: 'user' }));

    assert.equal(found.code, 'data.csv-cell');
    assert.deepEqual(existsSync(store) ? readFileSync(store) : null, before);
  });

  test('dataCommand() refuses to export what the store does not hold', async () => {
    const found = await refusal(() => dataCommand().parseAsync(['export', '999999'], { from: 'user' }));

    assert.equal(found.code, 'data.no-bars');
  });
});
