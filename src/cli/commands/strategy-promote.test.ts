import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { readPromotions, type PromotionDecision } from '#backtest/validation/promotion-file.ts';
import { promotionThresholds } from '#backtest/validation/promotion-thresholds.ts';
import { SnowballError } from '#domain/errors.ts';
import type { ValidationFile } from '../validation/validation-file.ts';
import { strategyPromoteCommand } from './strategy-promote.ts';
import { validateCommand } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-promote-'));
const strategy = join(folder, 'mine');
const bars = join(folder, '005930.csv');
const result = join(folder, 'validation.json');
const tutorial = join(import.meta.dirname, '../../../examples/tutorial/trading_config.yaml');
let validated: ValidationFile;

/** Three years of daily bars in waves, weekdays from December 2010 on. */
function waves(): string {
  const lines = ['일자,시가,고가,저가,종가,거래량'];
  let open = 20_000;
  for (let day = 0; day < 1_100; day += 1) {
    const date = new Date(Date.UTC(2010, 11, 1 + day));
    if (date.getUTCDay() === 0 || date.getUTCDay() === 6) continue;
    const close = 20_000 + Math.round(3_000 * Math.sin(day / 11) + 900 * Math.sin(day / 2.3));
    const prices = [open, Math.max(open, close) + 60, Math.min(open, close) - 60, close].join(',');
    lines.push(`${date.toISOString().slice(0, 10)},${prices},100000`);
    open = close;
  }
  return `${lines.join('\n')}\n`;
}

function writeStrategy(values: Readonly<Record<string, number>> = {}): void {
  let text = readFileSync(tutorial, 'utf8');
  for (const [name, value] of Object.entries(values))
    text = text.replace(new RegExp(`${name}: .*`), `${name}: ${value}`);
  writeFileSync(join(strategy, 'trading_config.yaml'), text);
}

before(async () => {
  process.env['SNOWBALL_LANGUAGE'] = 'en';
  mkdirSync(strategy);
  writeStrategy();
  writeFileSync(join(strategy, 'target_stocks.txt'), '005930\n');
  writeFileSync(bars, waves());
  const grid = ['--grid', 'ma_short=3..5', '--grid', 'ma_long=10..20:5', '--walk-forward', 'rolling:250,100,5'];
  await validateCommand().parseAsync(
    [strategy, '--bars', bars, ...grid, '--monte-carlo', '100', '--workers', '2', '--json', result],
    {
      from: 'user',
    },
  );
  validated = JSON.parse(readFileSync(result, 'utf8')) as ValidationFile;
});

beforeEach(() => {
  writeStrategy(validated.validation.optimum.parameters);
  rmSync(join(strategy, 'promotion.json'), { force: true });
});

after(() => {
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

async function promote(from: string, ...options: readonly string[]): Promise<PromotionDecision> {
  process.exitCode = 0;
  await strategyPromoteCommand().parseAsync([strategy, '--from', from, ...options], { from: 'user' });
  const read = readPromotions(readFileSync(join(strategy, 'promotion.json'), 'utf8'));
  assert.ok(read.kind === 'read');
  return read.decisions.at(-1)!;
}

/** The validation with every line of the gate as it should be. */
function passing(): string {
  const file = join(folder, 'passing.json');
  const lines = promotionThresholds.map(({ id, limit }) => ({ id, value: limit, passed: false }));
  const validation = { ...validated.validation, gate: { passed: false, lines } };
  writeFileSync(file, JSON.stringify({ ...validated, validation }));
  return file;
}

const isRefused = (code: string, found: RegExp) => (error: unknown) =>
  error instanceof SnowballError && error.code === code && found.test(error.message);

test('validate writes what was asked and what was found', async () => {
  const { validation } = validated;
  assert.deepEqual([validated.kind, validated.symbols, validation.trials], ['validation', ['005930'], 9]);
  assert.ok(validation.walkForward.folds.length >= 3 && validation.monteCarlo.days !== null);
  assert.ok(validation.overfit !== null && validation.heatMap !== null);
});

test('validate gives the same bytes with one worker as with two', async () => {
  const again = join(folder, 'again.json');
  const grid = ['--grid', 'ma_short=3..5', '--grid', 'ma_long=10..20:5', '--walk-forward', 'rolling:250,100,5'];
  const rest = ['--monte-carlo', '100', '--workers', '1', '--json', again];
  writeStrategy();

  await validateCommand().parseAsync([strategy, '--bars', bars, ...grid, ...rest], { from: 'user' });

  assert.equal(readFileSync(again, 'utf8'), readFileSync(result, 'utf8'));
});

test('promote records a refusal with each failed line and ends with 1', async () => {
  const { verdict, lines } = await promote(result);

  const failed = lines.filter((line) => !line.passed).map(({ id }) => id);
  const wanted = validated.validation.gate.lines.filter((line) => !line.passed).map(({ id }) => id);
  assert.ok(failed.length > 0);
  assert.deepEqual([verdict, failed], ['refused', wanted]);
  assert.equal(process.exitCode, 1);
});

test('promote takes a stated reason instead, keeps it, and ends with 0', async () => {
  await promote(result);
  const { verdict, reason } = await promote(result, '--reason', '  one share at a time, to watch the orders ');

  assert.deepEqual([verdict, reason], ['allowed-with-reason', 'one share at a time, to watch the orders']);
  assert.equal(process.exitCode, 0);
  for (const text of ['because', ' '.repeat(20), 'x'.repeat(501), 'two lines\nof a reason']) {
    await assert.rejects(promote(result, '--reason', text), isRefused('cli.option', /--reason/));
  }
});

test('promote lets through what passes by its numbers, whatever the file says of itself, and keeps no reason then', async () => {
  const { verdict, reason } = await promote(passing(), '--reason', 'not needed at all');

  assert.deepEqual([verdict, reason, process.exitCode], ['allowed', '', 0]);
});

test('promote refuses a file that lacks the optimum, and one that is another strategy', async () => {
  const { parameters } = validated.validation.optimum;
  writeStrategy({ ...parameters, ma_short: 6 });
  await assert.rejects(promote(result), isRefused('strategy.promotion', /ma_short is 6, the optimum/));

  writeStrategy({ ...parameters, stop_loss: 0.04 });
  await assert.rejects(promote(passing()), isRefused('strategy.promotion', /differs from what was validated/));
});

test('INV-11 promote counts what a search does not show as not measured', async () => {
  const search = join(folder, 'search.json');
  const { parameters } = validated.validation.optimum;
  const combinations = [{ parameters, score: 1, figures: [{ roundTrips: 50 }] }];
  writeFileSync(search, JSON.stringify({ strategy: 'mine', combinations }));

  const { verdict, lines } = await promote(search);

  assert.equal(verdict, 'refused');
  const passed = lines.filter((line) => line.passed).map(({ id }) => id);
  assert.deepEqual(passed, ['round-trips']);
  assert.equal(lines.find(({ id }) => id === 'overfit-probability')?.value, null);
});

test('promote refuses what is no result, and adds nothing to decisions that it cannot read', async () => {
  const other = join(folder, 'other.json');
  for (const text of ['', '[]', '{"kind":"validation"}', '{"combinations":[]}']) {
    writeFileSync(other, text);
    await assert.rejects(promote(other), isRefused('strategy.evidence', /other\.json/));
  }
  await assert.rejects(promote(join(folder, 'absent.json')), isRefused('strategy.evidence', /absent/));

  const path = join(strategy, 'promotion.json');
  writeFileSync(path, '{"format":9}');
  await assert.rejects(promote(result), isRefused('strategy.promotion', /cannot be read/));
  assert.equal(readFileSync(path, 'utf8'), '{"format":9}');
});
