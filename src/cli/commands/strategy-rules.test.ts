import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, mock, test } from 'node:test';
import type { Command } from 'commander';
import { SnowballError } from '#domain/errors.ts';
import { textWidth } from '../terminal/text-width.ts';
import { backtestCommand } from './backtest.ts';
import { indicatorsCommand } from './indicators.ts';
import { strategyCommand } from './strategy.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-rules-'));
process.env['SNOWBALL_HOME'] = join(folder, 'home');
process.env['SNOWBALL_LANGUAGE'] = 'en';
const bars = join(folder, '005930.csv');
writeFileSync(bars, waves());
after(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, which is ten times faster than one of its own, and keeps what it writes. */
async function run(command: Command, ...args: readonly string[]): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const writers = (['stdout', 'stderr'] as const).map((name) => {
    const write = process[name].write.bind(process[name]);
    return mock.method(process[name], 'write', (text: string | Uint8Array) => {
      // Bytes are the test runner's own.
      if (typeof text !== 'string') return write(text);
      written[name] += text;
      return true;
    });
  });
  try {
    await command.parseAsync([...args], { from: 'user' });
    return { ...written, status: Number(process.exitCode ?? 0) };
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return { ...written, status: 1, stderr: `${written.stderr}${error.message} [${error.code}]` };
  } finally {
    process.exitCode = 0;
    for (const writer of writers) writer.mock.restore();
  }
}

function strategy(...args: readonly string[]): Promise<Ran> {
  return run(strategyCommand(), ...args);
}

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function aFile(entry: string): string {
  return `
version: "1.0"
metadata: { name: "Trial" }
strategy:
  id: trial
  params: { n: { default: 14, min: 5, max: 30 } }
  indicators: [{ id: rsi, alias: r, params: { period: $n } }]
  entry: { logic: AND, conditions: [${entry}] }
  exit: { logic: OR, conditions: [{ indicator: r, operator: greater_than, value: 60 }] }
`;
}

/** Two hundred daily bars in waves. */
function waves(): string {
  const lines = ['일자,시가,고가,저가,종가,거래량,종목명'];
  for (let day = 0; day < 300; day += 1) {
    const date = new Date(Date.UTC(2011, 0, 3 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + Math.round(3_000 * Math.sin(day / 11));
    lines.push(`${date.toISOString().slice(0, 10)},${close},${close + 50},${close - 50},${close},100000,삼성전자`);
  }
  return `${lines.join('\n')}\n`;
}

describe('snowball strategy, over files of rules', () => {
  test('lint says what a strategy does, what can never be, and how often its rules held; it fails on errors', async () => {
    const good = await strategy(
      'lint',
      write('good.kis.yaml', aFile('{ indicator: r, operator: lt, value: 40 }')),
      '--bars',
      bars,
      '--symbols',
      '005930',
      '--json',
    );
    const bad = await strategy('lint', write('bad.kis.yaml', aFile('{ indicator: r, operator: gt, value: 100 }')));

    assert.equal(good.status, 0, good.stderr);
    const told: unknown = JSON.parse(good.stdout);
    assert.match(JSON.stringify(told), /"symbol":"005930","evidence":\{"bars":\d+,"entries":[1-9]/);
    assert.equal(bad.status, 1);
    assert.match(bad.stdout, /error \[never\].*This strategy can never buy/);
  });

  test('export writes what the other program reads, import reads it, backtest runs it with another parameter', async () => {
    const file = write('mine.kis.yaml', aFile('{ indicator: r, operator: lt, value: 45 }'));
    const out = join(folder, 'for-s.kis.yaml');

    const exported = await strategy('export', file, '--dialect', 's', '--out', out);
    const shown = await strategy('show', out, '--dialect', 's');
    const tested = await run(
      backtestCommand(),
      file,
      '--bars',
      bars,
      '--symbols',
      '005930',
      '--set',
      'n=5',
      '--json',
      '-',
    );

    assert.equal(exported.status, 0, exported.stderr);
    assert.match(readFileSync(out, 'utf8'), /period: 14[\s\S]*compare_to: 45/);
    assert.match(shown.stdout, /Buys when Relative strength index\(14\) is below 45\./);
    assert.equal(tested.status, 0, tested.stderr);
    assert.match(tested.stdout, /매수 조건: RSI\(5\) [\d.]+(?:이|가) 45보다 낮아요/);
  });

  test('backtest says that rules with beta need an index, and takes one with --benchmark, as a code or a file', async () => {
    const rules = aFile('{ indicator: r, operator: lt, value: 2 }').replace('id: rsi, alias: r', 'id: beta, alias: r');
    const file = write('beta.kis.yaml', rules);
    const args = [file, '--bars', bars, '--symbols', '005930', '--json', '-'];
    const ordered = ({ stdout }: Ran) => (JSON.parse(stdout) as { readonly orders: readonly unknown[] }).orders.length;

    const without = await run(backtestCommand(), ...args);
    const [byCode, byFile] = [
      await run(backtestCommand(), ...args, '--benchmark', '005930'),
      await run(backtestCommand(), ...args, '--benchmark', bars),
    ];
    const vain = await run(backtestCommand(), 'preset:momentum', ...args.slice(1), '--benchmark', '005930');
    const minutes = await run(backtestCommand(), ...args, '--benchmark', '005930', '--interval', '1m');
    const recipe = await run(backtestCommand(), 'recipe:ladder', ...args.slice(1), '--benchmark', '005930');

    assert.equal(ordered(without), 0);
    assert.match(without.stderr, /can never buy: Beta\(14\) is computed against an index.*--benchmark 069500/);
    assert.ok(ordered(byCode) > 0);
    assert.doesNotMatch(byCode.stderr, /never buy/);
    assert.equal(byFile.stdout, byCode.stdout);
    for (const refused of [vain, recipe])
      assert.match(refused.stderr, /--benchmark: it is for rules with beta or alpha/);
    assert.match(minutes.stderr, /\[(?:cli\.option|backtest\.no-bars)\]/);
  });

  test('backtest takes a stop by --set as a search does, as a fraction; a misspelt setting or preset is told with the right one', async () => {
    const file = write('stop.kis.yaml', aFile('{ indicator: r, operator: lt, value: 45 }'));
    const args = ['--bars', bars, '--symbols', '005930', '--json', '-'];

    const [plain, stopped] = [
      await run(backtestCommand(), file, ...args),
      await run(backtestCommand(), file, ...args, '--set', 'stop_loss=0.01'),
    ];
    const percent = await run(backtestCommand(), file, ...args, '--set', 'stop_loss=5');
    const misspelt = await run(backtestCommand(), 'preset:momentum', ...args, '--set', 'lookbak=20');
    const preset = await run(backtestCommand(), 'preset:golden_cros', ...args);

    assert.match(stopped.stdout, /손절/);
    assert.doesNotMatch(plain.stdout, /손절/);
    assert.match(percent.stderr, /--set "stop_loss=5": wanted a fraction such as 0\.03/);
    assert.match(misspelt.stderr, /--set "lookbak".*Did you mean "lookback"\?/);
    assert.match(preset.stderr, /"golden_cros".*Did you mean "golden_cross"\?/);
  });

  test('export refuses what a dialect has no words for; an unknown preset names the known ones', async () => {
    const refused = await strategy('export', 'preset:week52_high', '--dialect', 'b');
    const unknown = await run(backtestCommand(), 'preset:nothing', '--symbols', '005930');

    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /value of an earlier bar.*\[strategy\.export\]/);
    assert.match(unknown.stderr, /sma_crossover.*\[strategy\.preset\]/);
  });
});

test('snowball indicators prints one value a bar, null before the indicator is ready', async () => {
  const printed = await run(indicatorsCommand(), bars, '--id', 'sma', '--params', 'period=3', '--json');

  assert.equal(printed.status, 0, printed.stderr);
  const [first]: readonly { series: readonly { date: number; value: number | null }[] }[] = JSON.parse(printed.stdout);
  assert.deepEqual(
    first?.series.slice(0, 2).map(({ value }) => value),
    [null, null],
  );
  assert.equal(first?.series[2]?.date, 20_110_105);
  assert.match((await run(indicatorsCommand(), bars, '--id', 'rsy')).stderr, /rsi/);
});

test('snowball indicators takes a file without a listing code and volumes, and gives no value to what needs volumes', async () => {
  const rows = ['2600.5,2610,2590,2600', '2600,2620,2595,2610', '2610,2615,2600,2605'];
  const index = write(
    'kospi.csv',
    `,open,high,low,close\n${rows.map((row, day) => `2024-01-0${day + 2},${row}`).join('\n')}\n`,
  );
  const seriesOf = async (id: string, ...params: readonly string[]): Promise<readonly unknown[]> => {
    const printed = await run(indicatorsCommand(), index, '--id', id, ...params, '--json');
    assert.equal(printed.status, 0, printed.stderr);
    const [first]: readonly { symbol: string; series: readonly { value: number | null }[] }[] = JSON.parse(
      printed.stdout,
    );
    assert.equal(first?.symbol, 'kospi');
    return first.series.map(({ value }) => value);
  };

  assert.deepEqual(await seriesOf('sma', '--params', 'period=2'), [null, 2_605, 2_607.5]);
  assert.deepEqual((await seriesOf('beta', '--params', 'period=2', '--benchmark', index)).at(-1), 1);
  assert.match((await run(indicatorsCommand(), index, '--id', 'beta')).stderr, /--benchmark kospi\.csv/);
  assert.deepEqual(await seriesOf('obv'), [null, null, null]);
  assert.deepEqual(await seriesOf('engulfing'), [null, null, 0]);
});

test('snowball indicators --list shows every indicator and pattern within 80 columns, and as data', async () => {
  const [shown, data] = [await run(indicatorsCommand(), '--list'), await run(indicatorsCommand(), '--list', '--json')];

  const kinds = (JSON.parse(data.stdout) as readonly { readonly kind: string }[]).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === 'indicator').length, 80);
  assert.equal(kinds.filter((kind) => kind === 'candlestick').length, 57);
  assert.match(shown.stdout, /^macd +fast=12,slow=26,signal=9 → value,signal,histogram$/m);
  assert.ok(shown.stdout.split('\n').every((line) => textWidth(line) <= 80));
});

test('snowball strategy presets shows what may be set of each', async () => {
  assert.match((await strategy('presets')).stdout, /^sma_crossover +Moving-average crossover +fast=5 slow=20$/m);
});
