import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { encodeBars } from '#store/bar-columns.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-cli-data-'));
after(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly stdout: string;
  /** Of an error, its code and message, as the program shows them. */
  readonly stderr: string;
}

/** Takes several command lines, one after the other, in one process of its own: starting one costs more than its work. */
const script = `
  import { dataCommand } from ${JSON.stringify(new URL('data.ts', import.meta.url).href)};
  const ran = [];
  for (const words of JSON.parse(process.argv[1])) {
    const texts = { stdout: '', stderr: '' };
    const write = process.stdout.write;
    process.stdout.write = (text) => { texts.stdout += text; return true; };
    process.stderr.write = (text) => { texts.stderr += text; return true; };
    try {
      await dataCommand().exitOverride().parseAsync(words, { from: 'user' });
    } catch (error) {
      texts.stderr += error.message + ' [' + error.code + ']';
    }
    process.stdout.write = write;
    ran.push(texts);
  }
  process.stdout.write(JSON.stringify(ran));
  process.exitCode = 0;`;

function data(...lines: readonly (readonly string[])[]): readonly Ran[] {
  const env = { ...process.env, SNOWBALL_HOME: join(folder, 'home'), SNOWBALL_LANGUAGE: 'en' };
  const words = ['--input-type=module', '-e', script, JSON.stringify(lines)];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', env });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as readonly Ran[];
}

/** Weekdays of March and April 2024 but the tenth of April, an election, on which KRX was closed. */
const days = Array.from({ length: 60 }, (_, day) => new Date(Date.UTC(2024, 2, 4 + day)))
  .filter((day) => day.getUTCDay() % 6 !== 0)
  .map((day) => Number(day.toISOString().slice(0, 10).replaceAll('-', '')))
  .filter((day) => day !== 20240410 && day < 20240430);
const lastDay = days.at(-1)!;

/** Closes on a line of `step` won a day from 10,000 on. */
function csvOf(step: number, change: (row: number, close: number) => number = (_, close) => close): string {
  const rows = days.map((day, row) => {
    const close = change(row, 10_000 + step * row);
    return `${day},${close},${close},${close},${close},${1_000 + row}`;
  });
  return `date,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

mkdirSync(join(folder, 'csv'));
writeFileSync(join(folder, 'csv', '005930.csv'), csvOf(10));
writeFileSync(join(folder, 'csv', '000660.csv'), csvOf(-10));
// Split five for one on the last day: raw prices seem to fall.
writeFileSync(
  join(folder, 'csv', '035420.csv'),
  csvOf(10, (row, close) => (row === days.length - 1 ? close / 5 : close)),
);
writeFileSync(
  join(folder, 'actions.csv'),
  `code,from,kind,known_on,before,after\n035420,${lastDay},split,20240301,1,5\n`,
);

test('snowball data screen finds who fulfils an expression, on adjusted prices, and says why one is not found', () => {
  const above = 'close > sma(close, 5)';
  const [, onRaw, , found, why, wrong] = data(
    ['import', join(folder, 'csv')],
    ['screen', above, '--json'],
    ['adjust', 'import', join(folder, 'actions.csv')],
    ['screen', above, '--json'],
    ['screen', above, '--why', '000660'],
    ['screen', 'close >> 5'],
  );

  const average = (last: number, step: number) => last - 2 * step;
  const last = 10_000 + 10 * (days.length - 1);
  const samsung = { symbol: '005930', name: '', close: last, volume: 999 + days.length, values: [average(last, 10)] };
  const naver = { ...samsung, symbol: '035420', close: last / 5, values: [average(last / 5, 2)] };
  const counts = { date: lastDay, operands: ['sma(5)'], stored: 3, traded: 3 };
  assert.deepEqual(JSON.parse(onRaw!.stdout), { ...counts, hits: [samsung] });
  assert.deepEqual(JSON.parse(found!.stdout), { ...counts, hits: [samsung, naver] });
  assert.match(why!.stdout, /000660 is not found on .*\n {2}✗ all of\n {4}✗ close > sma\(5\) {3}\(9,\d+ · 9,\d+\)/);
  assert.match(wrong!.stderr, /character 8: .* \[data\.expression\]/);
});

test('snowball data export and import carry the whole store through Parquet, and adjusted prices into CSV', () => {
  const file = join(folder, 'all.parquet');

  const [, again, adjusted, asBefore, raw, onScreen, unknown] = data(
    ['export', 'all', '--out', file, '--columns', 'fdr'],
    ['import', file, '--json'],
    ['export', '035420', '--adjusted', '--columns', 'pykrx'],
    ['export', '035420', '--adjusted', '--adjustments', '0'],
    ['export', '035420'],
    ['export', 'all'],
    ['export', '123456'],
  );

  const stored = JSON.parse(again!.stdout) as readonly { readonly symbol: string; readonly equal: number }[];
  assert.deepEqual(
    stored.map(({ symbol, equal }) => [symbol, equal]),
    ['000660', '005930', '035420'].map((symbol) => [symbol, days.length]),
  );
  const [head, first] = adjusted!.stdout.split('\n');
  assert.equal(head, '날짜,시가,고가,저가,종가,거래량,티커,종목명');
  assert.equal(first, '2024-03-04,2000,2000,2000,2000,5000,035420,');
  assert.equal(asBefore!.stdout, raw!.stdout);
  assert.match(onScreen!.stderr, /\[data\.export\]/);
  assert.match(unknown!.stderr, /\[data\.no-bars\]/);
});

test('snowball data check draws the calendar of one instrument, and points at a split that nobody recorded', () => {
  const [all, one] = data(['check', '--json'], ['check', '035420']);

  const checks = JSON.parse(all!.stdout) as readonly { symbol: string; faultCounts: { 'beyond-limits': number } }[];
  assert.deepEqual(
    checks.map(({ symbol, faultCounts }) => [symbol, faultCounts['beyond-limits']]),
    [
      ['000660', 0],
      ['005930', 0],
      ['035420', 1],
    ],
  );
  assert.match(one!.stdout, /2024 {10,}█{8}/);
  assert.match(one!.stdout, /beyond the limits of its day/);
});

test('a store of the first layout is brought up to date by the first command, and told once', () => {
  const file = join(folder, 'home', 'store', 'bars.sqlite');
  const start = Date.UTC(2024, 2, 4) - 9 * 3_600_000;
  const one = Float64Array.of(100);
  const series = { instrument: 'KRX:069500', interval: '1d', date: Int32Array.of(20240304) } as const;
  const columns = { startsAtMs: Float64Array.of(start), open: one, high: one, low: one, close: one, volume: one };
  const database = new DatabaseSync(file);
  database.exec(
    'CREATE TABLE bars (symbol TEXT NOT NULL, interval TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL, count INTEGER NOT NULL, columns BLOB NOT NULL, PRIMARY KEY (symbol, interval)) STRICT, WITHOUT ROWID',
  );
  const blob = encodeBars({ ...series, ...columns });
  database.prepare("INSERT INTO bars VALUES ('069500', '1d', '', 'old', 20240304, 20240304, 1, ?)").run(blob);
  database.close();

  const [first, second] = data(['list'], ['list']);

  assert.match(first!.stderr, /new format: 1 series, no bar lost/);
  assert.match(first!.stdout, /069500/);
  assert.equal(second!.stderr, '');
});
