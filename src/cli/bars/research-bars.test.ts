import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import type { BarSeries } from '#domain/bar.ts';
import { SnowballError } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { someSymbols, symbolsOf } from '../research/research-options.ts';
import { instrumentsOf, warnOfGaps } from './research-bars.ts';

beforeEach(() => (process.env['SNOWBALL_LANGUAGE'] = 'en'));

/** What a call tells on standard error. */
function told(call: () => void): string {
  const write = mock.method(process.stderr, 'write', () => true);
  try {
    call();
    return write.mock.calls.map(({ arguments: [text] }) => String(text)).join('');
  } finally {
    write.mock.restore();
  }
}

function barsUntil(symbol: string, lastDay: number): BarSeries {
  const numbers = (): Float64Array => new Float64Array([50_000, 50_000]);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.of(20210104, lastDay),
    startsAtMs: new Float64Array([1_609_718_400_000, 1_609_804_800_000]),
    open: numbers(),
    high: numbers(),
    low: numbers(),
    close: numbers(),
    volume: numbers(),
  };
}

const noBars = { series: [], names: new Map<string, string>(), files: [] };

test('instrumentsOf() tells of many unknown codes in one line, and of few one by one', () => {
  const hints = { targets: [], bars: noBars, listings: new Map() };
  const codes = Array.from({ length: 40 }, (_, place) => String(900_000 + 10 * place));

  const many = told(() => instrumentsOf(codes, hints));
  const few = told(() => instrumentsOf(codes.slice(0, 2), hints));

  assert.match(many, /^900000 and 39 more: not in our table of listings, .*--listing 900000=KOSDAQ, or =ETF\.\n$/);
  assert.match(few, /^900000: not in .*\n900010: not in .*\n$/);
});

test('warnOfGaps() tells whose bars end before the run does, and nothing where they end together', () => {
  const series = [barsUntil('123450', 20211025), barsUntil('123460', 20220812)];

  assert.match(
    told(() => warnOfGaps({ ...noBars, series }, 20210104, 20220812)),
    /^123450: its bars end on 2021\.10\.25, before the run does\. Shares held then cannot be sold/,
  );
  assert.equal(
    told(() => warnOfGaps({ ...noBars, series }, 20210104, 20211025)),
    '',
  );
});

test('someSymbols() says how to name a stock where neither the strategy nor the person did', () => {
  assert.deepEqual(someSymbols(['005930']), ['005930']);
  assert.throws(
    () => someSymbols([]),
    (error) => error instanceof SnowballError && error.code === 'cli.option' && /--symbols 005930/.test(error.message),
  );
});

test('symbolsOf() reads the letters of a code in either case', () => {
  assert.deepEqual(symbolsOf('0007c0, 005930,0007C0'), ['0007C0', '005930']);
});
