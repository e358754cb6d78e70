import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, test } from 'node:test';
import { handSeries, waveBars } from '#backtest/hand-bars.ts';
import { eventRun } from '#backtest/sweep/event-run.ts';
import type { Combination } from '#backtest/sweep/sweep.ts';
import { SnowballError } from '#domain/errors.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { listingOf } from '#markets/listings.ts';
import { strategy as firstStrategy } from '../../../examples/first-strategy/strategy.ts';
import { backtestOfFile } from '../backtest/code-backtest.ts';
import { sandboxCrew } from './sandbox-crew.ts';
import type { SweepAccount, SweepJob } from './sweep-crew.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-code-sweep-'));
/** Where sandboxes are made: whoever starts processes hands its environment down. */
const temporary = mkdtempSync(join(folder, 'tmp-'));
process.env['TMPDIR'] = temporary;
process.env['SNOWBALL_LANGUAGE'] = 'en';
after(() => rmSync(folder, { recursive: true }));

const symbols = ['005930', '000660'];
const span = { from: 20_230_220, to: 20_231_229 };
const account: SweepAccount = {
  subject: { kind: 'code', name: 'first-strategy', sha256: '0'.repeat(64) },
  series: symbols.map((symbol, index) => handSeries(symbol, 20_230_102, waveBars(150, index * 20))),
  instruments: symbols.map((symbol) => listingOf(symbol)!),
  initialCash: won(10_000_000),
  limits: starter,
};
const firstFile = fileURLToPath(new URL('../../../examples/first-strategy/strategy.ts', import.meta.url));
const combinations: readonly Combination[] = [
  { short: 3, long: 15 },
  { short: 5, long: 20 },
  { short: 20, long: 10 },
  { short: 4, long: 9, weight: 0.05 },
];

async function sweep(file: string, job: Partial<SweepJob> & Pick<SweepJob, 'combinations'>, workers = 1) {
  const crew = sandboxCrew(account, { file, use: { values: {} } }, workers);
  try {
    return await crew.run({ ...span, keep: 'figures', ...job });
  } finally {
    await crew.close();
  }
}

/** A tunable strategy file: `outside` stands beside it, `onBar` within, where `lookback` is a number from 2 to 99. */
function fileOf(outside: string, onBar: string): string {
  const file = join(mkdtempSync(join(folder, 'own-')), 'strategy.ts');
  writeFileSync(
    file,
    `import { whole } from '#indicators/params.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import { tunable } from '#strategy/tunable-strategy.ts';
${outside}
export const strategy = tunable({
  params: { lookback: whole(5, 2, 99) },
  make: ({ lookback }) => defineStrategy({
    name: 'own', instruments: ['005930', '000660'], interval: '1d', warmUpBars: 1,
    onBar(context, bar) {
      if (bar.isWarmUp) return;
      ${onBar}
    },
  }),
});\n`,
  );
  return file;
}

const buyOften = `if (bar.date % every === 0) context.buy(bar.instrument, 1, 'now'); else if (context.shares(bar.instrument) > 3) context.sell(bar.instrument, 2, 'now');`;
const lookbacks = Array.from({ length: 4 }, (_, index) => ({ lookback: index + 2 }));

describe('sandboxCrew()', () => {
  test('sandboxCrew() gives in any order, with any workers, twice over, what the engine and a backtest of the file give', async () => {
    const expected = combinations.map((values) => {
      if (values['short']! >= values['long']!) return null;
      const { series, instruments } = account;
      return eventRun({ ...account, ...span }, { series, instruments, strategy: firstStrategy.tuned({ values }) });
    });

    const twice = [...combinations, ...combinations.toReversed()];
    const [found, repeated, single] = await Promise.all([
      sweep(firstFile, { combinations, keep: 'trades' }, 2),
      sweep(firstFile, { combinations: twice, keep: 'trades' }),
      backtestOfFile(firstFile, {
        use: { values: combinations[0]!, symbols },
        prepare: () => ({ ...account, ...span }),
        onProgress: () => undefined,
      }),
    ]);

    assert.deepEqual(
      found.map((run) => (run.kind === 'run' ? run.figures : run.reason.replace(/ \(strategy.*/, ''))),
      expected.map((run) => (run === null ? 'RangeError: short is not below long' : run.figures)),
    );
    for (const [place, run] of found.entries()) {
      const [once, again] = [repeated[place]!, repeated[twice.length - 1 - place]!];
      assert.deepEqual(once, run);
      assert.deepEqual({ ...again, combination: place }, run);
      if (run.kind !== 'run') continue;
      assert.deepEqual([run.symbol, run.path], ['005930+000660', 'event']);
      assert.deepEqual([run.equity, run.trades], [expected[place]!.equity, expected[place]!.trades]);
    }
    assert.ok(new Set(expected.map((run) => run?.figures.finalValue)).size === 4, 'the combinations differ');
    assert.equal(found[0]!.kind === 'run' && found[0]!.figures.finalValue, single.metrics.finalValue);
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('sandboxCrew() fills the orders of a file as it is told to, to the won as the engine', async (t) => {
    const { series, instruments } = account;
    const chosen = { ...account, fills: { slippage: { kind: 'impact', bps: 200 }, volumeShareBps: 1 } } as const;
    const [values] = combinations;
    const crew = sandboxCrew(chosen, { file: firstFile, use: { values: {} } }, 1);
    t.after(() => crew.close());

    const [run] = await crew.run({ ...span, combinations: [values!], keep: 'trades' });

    const [expected, plain] = [chosen, account].map((one) =>
      eventRun({ ...one, ...span }, { series, instruments, strategy: firstStrategy.tuned({ values: values! }) }),
    );
    assert.ok(run?.kind === 'run');
    assert.deepEqual([run.figures, run.equity, run.trades], [expected!.figures, expected!.equity, expected!.trades]);
    assert.notEqual(run.figures.finalValue, plain!.figures.finalValue);
  });

  for (const [what, outside, inside] of [
    ['counts its bars outside of make()', 'let bars = 0;', `bars += 1; const every = (bars % 7) + lookback;`],
    [
      'keeps what one combination computed for the next',
      'const seen = new Map();',
      `if (!seen.has(bar.date)) seen.set(bar.date, lookback); const every = seen.get(bar.date);`,
    ],
    ['draws by chance', '', 'const every = lookback + Math.floor(Math.random() * 20);'],
  ] as const) {
    test(`sandboxCrew() finds a file out that ${what}, and refuses it`, async () => {
      await assert.rejects(sweep(fileOf(outside, `${inside} ${buyOften}`), { combinations: lookbacks }), (error) => {
        return error instanceof SnowballError && error.code === 'optimise.strategy-state';
      });
    });
  }

  test('sandboxCrew() tells once, when it is closed, that a file asked the clock, and goes on where that changes nothing', async (context) => {
    const told = context.mock.method(process.stderr, 'write', () => true);
    const file = fileOf('', `Date.now(); const every = lookback; ${buyOften}`);

    const runs = await sweep(file, { combinations: lookbacks }, 2);

    assert.equal(runs.length, lookbacks.length);
    const lines = told.mock.calls.map(({ arguments: [line] }) => line);
    assert.deepEqual(
      lines.filter((line) => String(line).includes('Date.now')),
      [
        'The strategy uses Date.now (line 11), so another run may give another result: use bar.startsAtMs or context.nowMs for time.\n',
      ],
    );
  });

  test('sandboxCrew() lets nothing be kept on the global object, and says which values failed', async () => {
    const global = fileOf('', 'globalThis.kept = lookback;');
    const thrown = fileOf('', `if (lookback === 3) throw new TypeError('no');`);

    await Promise.all([
      assert.rejects(sweep(global, { combinations: lookbacks }), /TypeError: .*not extensible.*strategy\.ts:\d+/),
      assert.rejects(sweep(thrown, { combinations: lookbacks }), {
        code: 'backtest.strategy-failed',
        message: /TypeError: no \({"lookback":3}\)/,
      }),
    ]);
    assert.deepEqual(readdirSync(temporary), []);
  });

  test('T12 sandboxCrew() shuts a strategy in as a backtest does', async () => {
    const file = fileOf(
      `const found: string[] = [];
const attempt = async (name: string, what: () => unknown) => {
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
await attempt('environment', () => { if (Object.keys(process.env).length === 0) throw new Error('none'); });
throw new Error(found.join(', '));`,
      '',
    );

    await assert.rejects(sweep(file, { combinations: lookbacks }), {
      code: 'backtest.strategy-failed',
      message:
        /Error: read refused, write refused, spawn refused, signal refused, code refused, worker refused, environment refused/,
    });
  });

  test('sandboxCrew() hands over what is done when it is stopped, and leaves no process behind', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 60 }, (_, index) => ({ short: 2 + (index % 5), long: 10 + index }));
    let told = 0;

    const runs = await sweep(firstFile, {
      combinations: many,
      signal: stop.signal,
      onRuns: (found) => {
        told += found.length;
        if (told === 3) stop.abort();
      },
    });

    assert.ok(runs.length >= 3 && runs.length < many.length, `${runs.length} runs`);
    assert.equal(runs.length, told);
    assert.deepEqual(readdirSync(temporary), []);
  });
});
