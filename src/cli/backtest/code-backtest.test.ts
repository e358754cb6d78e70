import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { SnowballError } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { firstStrategy } from '../../../examples/first-strategy/strategy.ts';
import { backtestOf } from '../../../tests/support/hand-made-backtest.ts';
import { backtestOfFile, explainFile, type CodeBacktestJob } from './code-backtest.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-code-'));
const series = ['005930', '000660'].map((symbol, index) => handSeries(symbol, 20_230_102, waveBars(150, index * 20)));
const range = { from: 20_230_220, to: 20_231_229 };

/** Where sandboxes are made: whoever starts processes hands its environment down. */
const temporary = mkdtempSync(join(folder, 'tmp-'));
process.env['TMPDIR'] = temporary;

after(() => rmSync(folder, { recursive: true }));

function aJob(symbols: readonly string[]): CodeBacktestJob {
  return {
    series: series.filter((one) => symbols.includes(one.instrument.slice(4))),
    instruments: symbols.map((symbol) => listingOf(symbol)!),
    ...range,
    initialCash: won(10_000_000),
    limits: starter,
  };
}

function run(file: string) {
  const prepare = ({ symbols }: { readonly symbols: readonly string[] }): CodeBacktestJob => aJob(symbols);
  return backtestOfFile(file, { prepare, onProgress: () => undefined });
}

/** A strategy file whose first decided bar does `what`. */
function fileThat(what: string): string {
  const file = join(mkdtempSync(join(folder, 'own-')), 'strategy.ts');
  writeFileSync(
    file,
    `import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({
  name: 'own', instruments: ['005930'], interval: '1d', warmUpBars: 1,
  onBar(context, bar) {
    if (bar.isWarmUp) return;
    ${what}
  },
});\n`,
  );
  return file;
}

describe('backtestOfFile()', () => {
  test('backtestOfFile() gives the result that the engine gives outside of the sandbox, and leaves nothing behind', async () => {
    const found = await run(fileURLToPath(new URL('../../../examples/first-strategy/strategy.ts', import.meta.url)));

    const wanted = backtestOf(firstStrategy(), series, range).result;
    assert.ok(wanted.trades.length > 4);
    assert.deepEqual(found, JSON.parse(JSON.stringify(wanted)));
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('T12 backtestOfFile() lets a strategy read and write no file, start no process or thread, send no signal and make no code of text', async () => {
    const file = fileThat('');
    writeFileSync(
      file,
      `const found = [];
const attempt = async (name, what) => {
  try { found.push(name + ' escaped: ' + String(await what())); } catch (error) { found.push(name + ' refused'); }
};
await attempt('read', async () => (await import('node:fs')).readFileSync('/etc/hostname'));
await attempt('write', async () => (await import('node:fs')).writeFileSync('${temporary}/probe', 'x'));
await attempt('spawn', async () => {
  const { error } = (await import('node:child_process')).spawnSync('/bin/true');
  if (error) throw error;
});
await attempt('signal', () => process.kill(process.ppid, 0));
await attempt('code', () => new Function('return 1')());
await attempt('worker', async () => new (await import('node:worker_threads')).Worker('1', { eval: true }));
throw new Error(found.join(', '));`,
    );

    await assert.rejects(run(file), {
      code: 'backtest.strategy-failed',
      message: /Error: read refused, write refused, spawn refused, signal refused, code refused, worker refused/,
    });
  });

  test('backtestOfFile() tells what the strategy threw, and where in its file', async () => {
    await assert.rejects(run(fileThat('context.shares(null.length);')), (error: unknown) => {
      assert.ok(error instanceof SnowballError);
      assert.match(error.message, /TypeError: .*null.* \(strategy\.ts:6:\d+\)/);
      return error.code === 'backtest.strategy-failed';
    });
  });

  test('backtestOfFile() says in one sentence what is wrong with a result that a strategy has bent', async () => {
    const file = fileThat("context.submit({ instrument: bar.instrument, side: 'buy', quantity: 1, price: 1000 });");

    await assert.rejects(run(file), (error: unknown) => {
      assert.ok(error instanceof SnowballError, String(error));
      assert.match(error.message, /in its result orders\.0\.reason is wrong/);
      assert.doesNotMatch(error.message, /\n/);
      return error.code === 'backtest.strategy-failed';
    });
  });

  test('backtestOfFile() hands on the code of what the engine refuses', async () => {
    const file = fileThat('');
    const empty = {
      prepare: () => ({ ...aJob(['005930']), from: 20_300_101, to: 20_300_201 }),
      onProgress: () => undefined,
    };

    await assert.rejects(backtestOfFile(file, empty), { code: 'backtest.no-bars' });
  });
});

test('explainFile() tells what a strategy file saw at one bar, as the engine tells it outside of the sandbox', async () => {
  const file = fileURLToPath(new URL('../../../examples/first-strategy/strategy.ts', import.meta.url));
  const { result } = backtestOf(firstStrategy(), series, range);
  const { symbol, date } = result.orders.find(({ side }) => side === 'buy')!;

  const told = await explainFile(file, {
    prepare: ({ symbols }) => ({ ...aJob(symbols), why: { instrument: instrumentId(symbol), date } }),
    onProgress: () => undefined,
  });

  assert.equal(told.bar?.date, date);
  assert.deepEqual(
    told.orders,
    result.orders.filter((order) => order.symbol === symbol && order.date === date),
  );
  assert.deepEqual(
    told.values.map(({ name }) => name),
    ['sma(5)', 'sma(20)', 'rsi(14)'],
  );
  assert.ok(told.values.every(({ value }) => Number.isFinite(value)));
  assert.ok(told.readings.length > 0);
});
