import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { runBacktest } from '#backtest/engine.ts';
import { won } from '#domain/won.ts';
import type { BacktestJob } from '#link/runner-api.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { openBarStore } from '#store/bar-store.ts';
import { strategy as firstStrategy } from '../../../examples/first-strategy/strategy.ts';
import { BacktestJobs } from './backtest-jobs.ts';
import { backtestChoices, backtestSubject, type BacktestSubject } from './backtest-subject.ts';
import { readInstallation } from '../plans/installation.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'snowball-subject-'));
const temporary = mkdtempSync(join(folder, 'tmp-'));
process.env['TMPDIR'] = temporary;
process.env['SNOWBALL_LANGUAGE'] = 'en';
const symbols = ['005930', '000660'];
const series = symbols.map((symbol, index) => handSeries(symbol, 20_230_102, waveBars(150, index * 20)));
const storeFile = join(folder, 'bars.sqlite');
const span = { from: 20_230_220, to: 20_231_229 };

before(() => {
  const store = openBarStore(storeFile);
  store.importSeries(
    series.map((one) => ({ series: one, name: one.instrument })),
    { source: 'test' },
  );
  store.close();
});
after(() => rmSync(folder, { recursive: true }));

/** An installation whose one file has these strategies. */
function installation(lines: string) {
  const config = join(mkdtempSync(join(folder, 'house-')), 'config.yaml');
  writeFileSync(config, `strategies:\n${lines}`);
  return { ...readInstallation(config), root };
}

const house =
  installation(`  - { name: pair, kind: code, interval: 1d, file: examples/first-strategy/strategy.ts, symbols: ['005930', '000660'] }
  - { name: crossed, kind: preset, preset: sma_crossover, symbols: ['005930'], settings: { fast: 3 } }
  - { name: steps, kind: recipe, recipe: ladder, symbols: ['005930'] }
`);

/** The last word of a job on `subject`. */
async function ended(subject: BacktestSubject, asked: readonly string[] = symbols) {
  const over = Promise.withResolvers<BacktestJob>();
  const jobs = new BacktestJobs((job) => {
    if (job.state !== 'running') over.resolve(job);
  });
  const rest = { strategy: 'mine', names: {}, ...span, cash: 10_000_000, storeFiles: [storeFile] };
  const { jobId } = jobs.start({ ...rest, subject, symbols: asked, isSynthetic: false, language: 'en' });
  const job = await over.promise;
  return job.state === 'done' ? { job, ...jobs.result(jobId) } : { job, result: null, html: '' };
}

describe('backtestSubject()', () => {
  test('backtestChoices() names the strategies of the house and everything that comes with it', () => {
    const choices = backtestChoices(house);

    assert.deepEqual(choices.slice(0, 3), [
      { name: 'pair', kind: 'code', title: '', symbols },
      { name: 'crossed', kind: 'rules', title: '', symbols: ['005930'] },
      { name: 'steps', kind: 'rules', title: '', symbols: ['005930'] },
    ]);
    assert.ok(choices.some(({ name, title }) => name === 'recipe:averaging' && title !== ''));
    assert.ok(choices.filter(({ kind }) => kind === 'preset').length >= 10);
    for (const { name } of choices) assert.ok(backtestSubject(name, {}, house).subject.kind !== undefined);
  });

  test('backtestSubject() takes no path, no unknown name, and no value that a recipe refuses', () => {
    for (const name of ['examples/pairs/strategy.ts', '/etc/passwd', 'recipe:none', 'preset:none', 'recipe:', '']) {
      assert.throws(() => backtestSubject(name, {}, house), { code: 'runner.unknown-strategy' });
    }
    assert.throws(() => backtestSubject('recipe:ladder', { rungs: -1 }, house), { code: 'runner.backtest-values' });
    assert.throws(() => backtestSubject('steps', { no_such: 1 }, house), { code: 'runner.backtest-values' });
  });

  test('T12 BacktestJobs runs a strategy file in its sandbox, with other values too, as the engine does', async () => {
    const { subject } = backtestSubject('pair', { short: 3, long: 15 }, house);

    const { result } = await ended(subject);

    const wanted = runBacktest({
      strategy: firstStrategy.tuned({ values: { short: 3, long: 15 } }),
      series,
      instruments: symbols.map((symbol) => listingOf(symbol)!),
      ...span,
      initialCash: won(10_000_000),
      limits: starter,
      sha256: () => '',
    }).result;
    assert.ok(wanted.trades.length > 4);
    assert.deepEqual(result?.trades, wanted.trades);
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('BacktestJobs says in one sentence what a strategy file refuses', async () => {
    const value = await ended(backtestSubject('pair', { short: 50, long: 20 }, house).subject);
    const file = join(folder, 'fixed.ts');
    writeFileSync(
      file,
      `import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({ name: 'fixed', instruments: ['069500'], interval: '1d' });\n`,
    );
    const other = await ended({ kind: 'code', file, values: {} });

    assert.match(value.job.error, /short is not below long/);
    assert.match(other.job.error, /it trades what its file declares, 069500/);
  });

  test('BacktestJobs says in the report, and not in the result, that a strategy file asked chance or the clock', async () => {
    const file = join(folder, 'coin.ts');
    writeFileSync(
      file,
      `import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({
  name: 'coin', instruments: ['005930', '000660'], interval: '1d', warmUpBars: 1,
  onBar: (context, bar) => context.log(bar.instrument, String(Math.random())),
});\n`,
    );

    const { job, result, html } = await ended({ kind: 'code', file, values: {} });

    assert.equal(job.state, 'done', job.error);
    assert.match(html, /<li><b>The strategy uses Math\.random \(line 4\), so another run may give another result: /);
    assert.ok(result !== null && !Object.hasOwn(result, 'unrepeatable'));
  });

  test('BacktestJobs runs recipes and presets, and ends a cancelled sandbox with its thread', async () => {
    const [recipe, preset] = await Promise.all([
      ended(backtestSubject('recipe:ladder', {}, house).subject, ['005930']),
      ended(backtestSubject('crossed', { slow: 9 }, house).subject, ['005930']),
    ]);
    assert.ok(recipe.result!.orders.length > 0 && preset.result!.trades.length > 0);

    const endless = join(folder, 'endless.ts');
    writeFileSync(endless, 'for (;;);\n');
    const jobs = new BacktestJobs(() => undefined);
    const rest = { strategy: 'mine', names: {}, ...span, cash: 1, storeFiles: [storeFile], symbols } as const;
    const subject = { kind: 'code', file: endless, values: {} } as const;
    const { jobId } = jobs.start({ ...rest, subject, isSynthetic: false, language: 'en' });
    while (readdirSync(temporary).length === 0) await new Promise(setImmediate);
    await jobs.cancel(jobId);
    while (readdirSync(temporary).length > 0) await new Promise(setImmediate);
    assert.equal(jobs.view(jobId).state, 'cancelled');
  });
});
