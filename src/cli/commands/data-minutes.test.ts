import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { csvLines } from '#store/csv/csv-export.ts';
import { madeMinutes } from '#store/fixtures/made-minutes.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-minutes-'));
after(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly stdout: string;
  /** Of an error, its code and message, as the program shows them. */
  readonly stderr: string;
}

/** Takes several command lines, one after the other, in one process of its own: starting one costs more than its work. */
const script = `
  import { dataCommand } from ${JSON.stringify(new URL('data.ts', import.meta.url).href)};
  import { backtestCommand } from ${JSON.stringify(new URL('backtest.ts', import.meta.url).href)};
  import { validateCommand } from ${JSON.stringify(new URL('validate.ts', import.meta.url).href)};
  const commands = { data: dataCommand, backtest: backtestCommand, validate: validateCommand };
  const ran = [];
  for (const [command, ...words] of JSON.parse(process.argv[2])) {
    const texts = { stdout: '', stderr: '' };
    const write = process.stdout.write;
    process.stdout.write = (text) => { texts.stdout += text; return true; };
    process.stderr.write = (text) => { texts.stderr += text; return true; };
    try {
      await commands[command]().exitOverride().parseAsync(words, { from: 'user' });
    } catch (error) {
      texts.stderr += error.message + ' [' + error.code + ']';
    }
    process.stdout.write = write;
    ran.push(texts);
  }
  process.stdout.write(JSON.stringify(ran));
  process.exitCode = 0;`;

function run(...lines: readonly (readonly string[])[]): readonly Ran[] {
  const env = { ...process.env, SNOWBALL_HOME: join(folder, 'home'), SNOWBALL_LANGUAGE: 'en' };
  // A file, because worker threads cannot begin from words of the command line.
  const entry = join(folder, 'run.mjs');
  writeFileSync(entry, script);
  const words = [entry, JSON.stringify(lines)];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', env });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as readonly Ran[];
}

const series = madeMinutes('KRX:005930', { days: [20240103, 20240104, 20240105] });
const starts = csvLines(series, '삼성전자', 'krx');
/** The same bars as a home trading system has them that stamps the end of a minute and puts the newest first. */
const ends = [
  starts[0],
  ...starts
    .slice(1)
    .map((line) =>
      line.replace(/,(\d\d):(\d\d),/, (clock, hour: string, minute: string) => {
        const end = Number(hour) * 60 + Number(minute) + 1;
        if (clock === ',15:30,') return ',153000,';
        return `,${String(Math.floor(end / 60)).padStart(2, '0')}${String(end % 60).padStart(2, '0')}00,`;
      }),
    )
    .toReversed(),
].join('');

mkdirSync(join(folder, 'csv'));
writeFileSync(join(folder, 'csv', '005930.csv'), ends);
const [parquet, out] = [join(folder, 'all.parquet'), join(folder, 'out.csv')];

test('snowball data takes minutes in as a home trading system wrote them, says how their times were read, and gives them back to the bit', () => {
  const [brought, list, exported, , again, only] = run(
    ['data', 'import', join(folder, 'csv')],
    ['data', 'list'],
    ['data', 'export', '005930', '--interval', '1m', '--columns', 'krx', '--out', out],
    ['data', 'export', 'all', '--interval', '1m', '--out', parquet],
    ['data', 'import', parquet, '--json'],
    ['data', 'export', '005930'],
  );

  assert.match(
    brought!.stdout,
    /005930: times are the ends of their minutes .* moved one minute back; --stamp start if not/,
  );
  assert.match(list!.stdout, /005930 +삼성전자 +minutes +2024\.01\.03 +2024\.01\.05 +1,143/);
  assert.equal(exported!.stderr, '');
  assert.equal(readFileSync(out, 'utf8'), starts.join(''));
  const [report] = JSON.parse(again!.stdout) as [{ equal: number; changed: number; interval: string; stamp: unknown }];
  assert.deepEqual([report.equal, report.changed, report.interval], [1_143, 0, '1m']);
  assert.deepEqual(report.stamp, { kind: 'start', why: 'detected' });
  assert.match(only!.stderr, /no daily bars of "005930".*\[data\.no-bars\]/);
});

test('snowball data check finds an unfinished day among minutes and draws it', () => {
  const cut = starts.filter((line) => !/^2024\/01\/04,(?:13|14):/.test(line));
  writeFileSync(join(folder, '000660.csv'), cut.join('').replaceAll('005930', '000660'));

  const [, all, one] = run(
    ['data', 'import', join(folder, '000660.csv')],
    ['data', 'check', '--interval', '1m', '--json'],
    ['data', 'check', '000660'],
  );

  const checks = JSON.parse(all!.stdout) as readonly { symbol: string; missingMinutes: number; holes: unknown }[];
  assert.deepEqual(
    checks.map(({ symbol, missingMinutes, holes }) => [symbol, missingMinutes, holes]),
    [
      ['000660', 120, [{ date: 20240104, from: 780, to: 900 }]],
      ['005930', 0, []],
    ],
  );
  assert.match(one!.stdout, /2024\.01\.04 █{24}·{12}██ −120/);
  assert.match(one!.stdout, /2024\.01\.04 {2}13:00–15:00 {2}120 min/);
});

test('snowball backtest runs minutes of the store as those of a folder, and says in one sentence that only the others are there', () => {
  const args = ['backtest', 'preset:golden_cross', '--symbols', '005930', '--profile', 'standard', '--json', '-'];
  const [stored, csv, wrongDays, wrongCsv, adjusted] = run(
    [...args, '--interval', '1m'],
    [...args, '--interval', '1m', '--bars', join(folder, 'csv')],
    args,
    [...args, '--bars', join(folder, 'csv')],
    [...args, '--interval', '1m', '--adjusted'],
  );

  const { trades } = JSON.parse(stored!.stdout) as { readonly trades: readonly unknown[] };
  assert.ok(trades.length > 2);
  assert.equal(csv!.stdout, stored!.stdout);
  assert.match(csv!.stderr, /^005930: times are the ends of their minutes/);
  for (const refused of [wrongDays!, wrongCsv!]) {
    assert.match(refused.stderr, /Day bars are wanted, but .* has only minute bars of 005930: add --interval 1m/);
  }
  assert.equal((JSON.parse(adjusted!.stdout) as { readonly trades: readonly unknown[] }).trades.length, trades.length);
});

test('snowball validate walks over sessions of minutes, and says in one sentence what is too short or knows days alone', () => {
  const args = ['validate', 'preset:golden_cross', '--bars', join(folder, 'csv'), '--symbols', '005930'];
  const grid = ['--grid', 'fast=3,4', '--workers', '1', '--monte-carlo', '10'];
  const [walked, short, recipe] = run(
    [...args, ...grid, '--interval', '1m', '--walk-forward', 'rolling:1,1,0', '--json', '-'],
    [...args, ...grid, '--interval', '1m'],
    ['validate', 'recipe:ladder', '--grid', 'rungs=3,4', '--interval', '1m'],
  );

  const { interval, validation } = JSON.parse(walked!.stdout) as {
    readonly interval: string;
    readonly validation: {
      readonly days: number;
      readonly walkForward: { readonly folds: readonly { readonly outOfSample: object }[] };
    };
  };
  assert.deepEqual([interval, validation.days], ['1m', 3]);
  assert.deepEqual(
    validation.walkForward.folds.map(({ outOfSample }) => outOfSample),
    [
      { from: 20240104, to: 20240104 },
      { from: 20240105, to: 20240105 },
    ],
  );
  assert.match(short!.stderr, /Cannot validate: a record of 3 days, wanted at least \d+; shorten .*\[validate\.days\]/);
  assert.match(recipe!.stderr, /--interval "1m": wanted what this strategy decides on, 1d/);
});

test('snowball data screen at a minute knows what was over by then: later minutes, however wild, change nothing', () => {
  const wild = starts.map((line) =>
    /^2024\/01\/05,(?:1[0-5]):/.test(line) ? line.replace(/(,\d+){4}(?=,)/, ',99900,99900,99900,99900') : line,
  );
  writeFileSync(join(folder, '005930.csv'), wild.join(''));
  const expression = 'rsi(14) < 101 and close > sma(close, 20) * 0.5';
  const screen = ['data', 'screen', expression, '--date'];
  const [, before, why, , after, later, early, closed] = run(
    ['data', 'import', join(folder, 'csv')],
    [...screen, '2024-01-05T10:00', '--json'],
    [...screen, '2024-01-05T10:00', '--why', '005930'],
    ['data', 'import', join(folder, '005930.csv')],
    [...screen, '2024-01-05T10:00', '--json'],
    [...screen, '2024-01-05T10:01', '--json'],
    [...screen, '2024-01-05T09:00'],
    [...screen, '2024-01-06T10:00'],
  );

  const read = (ran: Ran | undefined) => JSON.parse(ran!.stdout) as { readonly hits: readonly object[] };
  assert.partialDeepStrictEqual(read(before), {
    date: 20240105,
    time: '10:00',
    hits: [{}, { symbol: '005930', bar: '09:59' }],
  });
  assert.equal(after!.stdout, before!.stdout);
  assert.partialDeepStrictEqual(read(later).hits[1], { bar: '10:00', close: 99_900 });
  assert.match(why!.stdout, /005930 is found on 2024\.01\.05 10:00/);
  assert.match(early!.stdout, /0 of 0 instruments that traded by 2024\.01\.05 09:00/);
  assert.match(closed!.stdout, /KRX was closed on that day/);
});
