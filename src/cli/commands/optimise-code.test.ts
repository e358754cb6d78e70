import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { eventRun } from '#backtest/sweep/event-run.ts';
import { readPromotions } from '#backtest/validation/promotion-file.ts';
import { SnowballError } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { strategy as firstStrategy } from '../../../examples/first-strategy/strategy.ts';
import { loadBars } from '../bars/backtest-bars.ts';
import { runSearch, type SearchOptions } from '../sweep/run-search.ts';
import type { ValidationFile } from '../validation/validation-file.ts';
import { strategyPromoteCommand } from './strategy-promote.ts';
import { validateCommand } from './validate.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-code-'));
const bars = join(folder, 'bars');
const own = join(folder, 'own');
const file = join(own, 'strategy.ts');
const example = fileURLToPath(new URL('../../../examples/first-strategy/strategy.ts', import.meta.url));
const symbols = ['005930', '000660'];
const temporary = join(folder, 'tmp');

before(() => {
  Object.assign(process.env, { SNOWBALL_HOME: join(folder, 'home'), SNOWBALL_LANGUAGE: 'en', TMPDIR: temporary });
  for (const each of [bars, own, temporary]) mkdirSync(each);
  copyFileSync(example, file);
  for (const [index, symbol] of symbols.entries())
    writeFileSync(join(bars, `${symbol}.csv`), csvOf(symbol, index * 20));
});
after(() => {
  process.exitCode = 0;
  rmSync(folder, { recursive: true });
});

function csvOf(symbol: string, phase: number): string {
  const { date, open, high, low, close, volume } = handSeries(symbol, 20_210_104, waveBars(300, phase));
  const lines = [...date].map((day, row) => {
    const text = String(day);
    const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
    return [iso, open[row], high[row], low[row], close[row], volume[row]].join(',');
  });
  return `일자,시가,고가,저가,종가,거래량\n${lines.join('\n')}\n`;
}

async function found(strategy: string, grid: readonly string[], change: Partial<SearchOptions> = {}) {
  const plain = { bars, cash: '10000000', profile: 'starter', seed: '3', objective: 'sharpe', workers: '1' };
  const { result } = await runSearch(strategy, { ...plain, grid, ...change });
  return result;
}

async function refusal(strategy: string, grid: readonly string[], change: Partial<SearchOptions> = {}) {
  try {
    await found(strategy, grid, change);
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return `${error.code}: ${error.message}`;
  }
  return 'none';
}

describe('snowball optimise of code and recipes', () => {
  test('goes on after kill -9 of a search in sandboxes, which leaves none of them behind', async () => {
    const kept = join(folder, 'killed');
    const entry = join(folder, 'optimise.mjs');
    const command = new URL('optimise.ts', import.meta.url).href;
    writeFileSync(
      entry,
      `import { optimiseCommand } from '${command}';\nawait optimiseCommand().parseAsync(process.argv);\n`,
    );
    const grid = ['short=2..11', 'long=15..25:5'];
    const words = [own, '--bars', bars, '--workers', '1', '--resume', kept, ...grid.flatMap((one) => ['--grid', one])];
    const watcher = watch(folder);
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
    while (!existsSync(kept) || runsIn(kept) < 3) await once(watcher, 'change');
    watcher.close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = runsIn(kept);

    const resumed = await found(own, grid, { resume: kept });

    assert.ok(before >= 3 && before < 30, `${before} runs were done`);
    assert.deepEqual([runsIn(kept), resumed.isComplete, resumed.runs.event], [30, true, 30]);
    const { series } = await loadBars(symbols, bars);
    const instruments = symbols.map((symbol) => listingOf(symbol)!);
    const account = { from: resumed.from, to: resumed.to, initialCash: won(10_000_000), limits: starter };
    for (const { parameters, figures } of resumed.combinations) {
      const strategy = firstStrategy.tuned({ values: parameters });
      assert.deepEqual(figures, [
        { symbol: '005930+000660', ...eventRun(account, { series, instruments, strategy }).figures },
      ]);
    }
    while (readdirSync(temporary).length > 0) await new Promise(setImmediate);
  });

  test('chooses what to try, over one account, with settings that are the same in all', async () => {
    const bayes = await found(own, ['short=2..12', 'long=15..40:5'], { bayes: '6', set: ['rsiMax=60'] });
    const recipe = await found('recipe:volatility-breakout', ['k=0.3..0.9:0.2'], {
      symbols: symbols.join(','),
      set: ['trend=7'],
      random: '3',
    });

    assert.equal(bayes.combinations.length, 6);
    assert.deepEqual(
      bayes.combinations[0]!.figures.map(({ symbol }) => symbol),
      ['005930+000660'],
    );
    assert.ok(bayes.combinations.every(({ parameters }) => parameters['rsiMax'] === 60));
    assert.equal(recipe.combinations.length, 3);
    assert.ok(recipe.combinations.every(({ parameters }) => parameters['trend'] === 7));
  });

  test('asks in one sentence for what a strategy does not declare', async () => {
    const plain = join(folder, 'plain.ts');
    const bare = join(folder, 'bare.ts');
    const head = `import { defineStrategy } from '#strategy/define-strategy.ts';\n`;
    const made = `defineStrategy({ name: 'own', instruments: ['005930'], interval: '1d', onBar: () => undefined })`;
    writeFileSync(plain, `${head}export const strategy = ${made};\n`);
    writeFileSync(
      bare,
      `${head}import { tunable } from '#strategy/tunable-strategy.ts';
export const strategy = tunable({ params: { days: 5 }, make: () => ${made} });\n`,
    );

    assert.match(await refusal(plain, ['days=1..3']), /cli\.option: .*declares no parameters.*tunable/);
    assert.match(
      await refusal(bare, ['days']),
      /cli\.option: .*days=first\.\.last:step, because the strategy states no range/,
    );
    assert.match(await refusal(bare, ['day=1..3']), /cli\.option: .*one of days/);
    assert.match(
      await refusal(bare, ['days=1..3'], { symbols: '000660' }),
      /cli\.option: .*what the file declares: 005930/,
    );
    assert.match(await refusal('recipe:none', ['days=1..3']), /cli\.recipe/);
    assert.match(
      await refusal('recipe:ladder', ['rungz=1..3'], { symbols: '005930' }),
      /--grid "rungz".*Did you mean "rungs"/,
    );
    const [whole] = [await found('recipe:volatility-breakout', ['trend'], { symbols: '005930', random: '2' })];
    assert.equal(whole.combinations.length, 2);
  });
});

function runsIn(path: string): number {
  return readFileSync(path, 'utf8').match(/\[\d+,\d,/g)?.length ?? 0;
}

describe('snowball validate and strategy promote of code and recipes', () => {
  const plan = ['--walk-forward', 'rolling:120,60,5', '--monte-carlo', '50', '--workers', '1'];

  async function validated(strategy: string, ...options: readonly string[]): Promise<string> {
    const result = join(folder, `${strategy.replaceAll(/\W/g, '-')}.json`);
    await validateCommand().parseAsync([strategy, '--bars', bars, ...plan, ...options, '--json', result], {
      from: 'user',
    });
    return result;
  }

  async function promote(strategy: string, ...options: readonly string[]): Promise<void> {
    process.exitCode = 0;
    await strategyPromoteCommand().parseAsync([strategy, ...options, '--json'], { from: 'user' });
  }

  test('promote judges a strategy file by its validation once it holds the optimum, and refuses any other change', async () => {
    const evidence = await validated(
      own,
      '--grid',
      'short=3..5',
      '--grid',
      'long=15,25',
      '--html',
      join(folder, 'code.html'),
    );
    const { validation, strategy } = JSON.parse(readFileSync(evidence, 'utf8')) as ValidationFile;
    const { short, long } = validation.optimum.parameters;
    assert.ok(validation.walkForward.folds.length >= 2 && strategy.name === 'first-strategy');
    assert.match(readFileSync(join(folder, 'code.html'), 'utf8'), /^<!doctype html>/i);

    const text = readFileSync(example, 'utf8');
    writeFileSync(file, text.replace('short: 5', 'short: 2'));
    const wrong = promote(own, '--from', evidence, '--reason', 'watching it for a week');
    await assert.rejects(wrong, { code: 'strategy.promotion', message: /short is 2, the optimum/ });

    const set = text.replace('short: 5', `short: ${short}`).replace('long: 20', `long: ${long}`);
    writeFileSync(file, set.replace('held > 0 && gap < 0', 'held > 0 && gap < 1'));
    const changed = promote(own, '--from', evidence, '--reason', 'watching it for a week');
    await assert.rejects(changed, { code: 'strategy.promotion', message: /differs from what was validated/ });

    writeFileSync(file, set);
    await promote(own, '--from', evidence, '--reason', 'watching it for a week');
    const read = readPromotions(readFileSync(join(own, 'promotion.json'), 'utf8'));
    assert.ok(read.kind === 'read');
    assert.deepEqual(
      read.decisions.map((decision) => [decision.file, decision.parameters]),
      [['strategy.ts', validation.optimum.parameters]],
    );
  });

  test('promote judges a recipe by its settings and writes beside snowball.yaml', async () => {
    const recipe = 'recipe:volatility-breakout';
    const evidence = await validated(
      recipe,
      '--symbols',
      symbols.join(','),
      '--grid',
      'k=0.3..0.5:0.1',
      '--set',
      'trend=7',
    );
    const { validation } = JSON.parse(readFileSync(evidence, 'utf8')) as ValidationFile;
    const config = ['--config', join(own, 'snowball.yaml')];
    rmSync(join(own, 'promotion.json'), { force: true });

    const wrong = promote(recipe, '--from', evidence, ...config, '--set', 'k=1.5', '--set', 'trend=7');
    await assert.rejects(wrong, { code: 'strategy.promotion', message: /k is 1\.5, the optimum/ });
    const { k } = validation.optimum.parameters;
    await promote(recipe, '--from', evidence, ...config, '--set', `k=${k}`, '--set', 'trend=7');

    const read = readPromotions(readFileSync(join(own, 'promotion.json'), 'utf8'));
    assert.ok(read.kind === 'read');
    assert.deepEqual(
      read.decisions.map((decision) => decision.file),
      [recipe],
    );
  });
});
