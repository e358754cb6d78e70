import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { backtest, bars, folder, resultOf, written } from '../../../tests/support/backtest-command.ts';
import { readPromotionSource } from '../strategy/promotion-source.ts';
import type { OptimiseResult } from '../sweep/optimise-result.ts';
import type { ValidationFile } from '../validation/validation-file.ts';
import { optimiseCommand } from './optimise.ts';
import { validateCommand } from './validate.ts';

const commands = { optimise: optimiseCommand, validate: validateCommand };
const grid = ['--grid', 'fast=3,5', '--grid', 'slow=8,12'];
const fills = ['--slippage', 'ticks:1', '--volume-cap', '0.01%'];
/** What the terminal says of them. */
const line = /\nfills: slippage 1 tick · volume cap 0\.01%\n/;
const walk = ['--walk-forward', 'rolling:60,30,2', '--monte-carlo', '50'];

/** What a command over the bars of these tests printed. */
function run(name: keyof typeof commands, ...args: readonly string[]): Promise<string> {
  const words = ['preset:sma_crossover', '--symbols', '005930', '--bars', bars, '--workers', '1', ...grid, ...args];
  return written(() => commands[name]().parseAsync(words, { from: 'user' }));
}

async function refusalOf(ran: Promise<string>): Promise<string> {
  try {
    await ran;
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return `${error.code}: ${error.message}`;
  }
  return assert.fail('expected a refusal');
}

/** A setting of the grid as `snowball backtest` takes it. */
function setOf(parameters: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

describe('snowball optimise and validate with chosen fills', () => {
  test('optimise gives each combination what snowball backtest gives with the same options, by the engine, and says so', async () => {
    const [json, runs] = [join(folder, 'search.json'), join(folder, 'search.runs')];

    const told = await run('optimise', ...fills, '--json', json, '--resume', runs);

    const chosen = JSON.parse(readFileSync(json, 'utf8')) as OptimiseResult;
    assert.deepEqual(chosen.runs, { sparse: 0, fused: 0, event: 4, refused: 0 });
    for (const { parameters, figures } of chosen.combinations) {
      const result = await resultOf(...setOf(parameters), ...fills);
      const { finalValue, fees, tax, roundTrips, trades, orders } = figures[0]!;
      const { metrics } = result;
      assert.deepEqual(
        [finalValue, fees, tax, roundTrips, trades, orders],
        [metrics.finalValue, metrics.fees, metrics.tax, metrics.roundTrips, result.trades.length, result.orders.length],
      );
      assert.deepEqual(chosen.fills, result.fills);
      assert.notEqual(finalValue, (await resultOf(...setOf(parameters))).metrics.finalValue);
    }
    assert.match(told, line);
    assert.match(await backtest(...fills), line);
    assert.match(await refusalOf(run('optimise', '--resume', runs)), /^optimise\.other-sweep: .* fills or bars/);
  });

  test('validate judges the optimum by them, and its file, report and terminal say which they were', async () => {
    const [json, html] = [join(folder, 'validation.json'), join(folder, 'validation.html')];

    const told = await run('validate', ...walk, ...fills, '--json', json, '--html', html);

    const file = JSON.parse(readFileSync(json, 'utf8')) as ValidationFile;
    const { parameters, totalReturn, roundTrips } = file.validation.optimum;
    const result = await resultOf(...setOf(parameters), ...fills);
    assert.deepEqual(file.fills, result.fills);
    assert.ok(Math.abs(totalReturn - result.metrics.totalReturn) < 1e-12);
    assert.equal(roundTrips, result.metrics.roundTrips);
    assert.match(told, line);
    assert.match(readFileSync(html, 'utf8'), /at most 0\.01% of its volume.*fill 1 tick worse/s);
    assert.deepEqual(readPromotionSource(json).parameters, parameters);
  });

  test('optimise without them leaves its result and its words as they were, on the fast path', async () => {
    const json = join(folder, 'plain.json');

    const told = await run('optimise', '--json', json);

    const { fills: none, runs } = JSON.parse(readFileSync(json, 'utf8')) as OptimiseResult;
    assert.deepEqual([none, runs.sparse], [undefined, 4]);
    assert.doesNotMatch(told, /fills:/);
  });
});

const wrong: readonly (readonly string[])[] = [
  ['--slippage', 'ticks'],
  ['--slippage', 'spread:10,101%'],
  ['--slippage', 'impact:1e308'],
  ['--volume-cap', '0%'],
  ['--lots', 'ten'],
];
for (const args of wrong) {
  test(`optimiseCommand() and validateCommand() refuse ${args.join(' ')} as backtestCommand() does, in both languages`, async () => {
    for (const language of ['ko', 'en']) {
      process.env['SNOWBALL_LANGUAGE'] = language;
      const expected = await refusalOf(backtest(...args));

      assert.equal(await refusalOf(run('optimise', ...args)), expected);
      assert.equal(await refusalOf(run('validate', ...walk, ...args)), expected);
      assert.match(expected, /^cli\.option: /);
    }
  });
}
