import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SnowballError } from '#domain/errors.ts';
import { daysOnly } from '../bar-reading.ts';
import { readCsvBars } from './csv-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-csv-'));
after(() => rmSync(folder, { recursive: true }));

const sharedData = fileURLToPath(new URL('../../../../shared/data/krx-daily/005930.csv', import.meta.url));
/** Weekdays are open, except the first of a month. */
const calendar = (date: number) => {
  const day = new Date(Date.UTC(Math.trunc(date / 10_000), (Math.trunc(date / 100) % 100) - 1, date % 100)).getUTCDay();
  return day === 0 || day === 6 || date % 100 === 1 ? 'closed' : 'open';
};
const head = 'date,open,high,low,close,volume';
const good = '20231220,100,110,90,105,1000';
const cp949 = (...bytes: number[]) => Buffer.from(bytes);

let files = 0;
function read(content: string | Buffer, name = '005930.csv') {
  files += 1;
  const own = mkdtempSync(join(folder, `case-${files}-`));
  writeFileSync(join(own, name), content);
  return readCsvBars(join(own, name), calendar);
}

const readable: readonly (readonly [name: string, content: string | Buffer])[] = [
  ['English head', `${head}\n${good}\n`],
  ['English head in other letters', `Date,Open,High,Low,Close,Volume\n${good}\n`],
  ['Korean head', `일자,시가,고가,저가,종가,거래량\n${good}\n`],
  ['another Korean head', `날짜,시가,고가,저가,현재가,거래량\n${good}\n`],
  [
    'columns in another order, with some we do not know',
    `일자,종가,대비,시가,고가,저가,거래량\n20231220,105,-3,100,110,90,1000\n`,
  ],
  ['units in the head', `일자,시가(원),고가(원),저가(원),종가(원),거래량(주)\n${good}\n`],
  ['no head', `${good}\n`],
  ['no line feed at the end', `${head}\n${good}`],
  ['a byte order mark', `\uFEFF${head}\n${good}\n`],
  ['CRLF', `${head}\r\n${good}\r\n`],
  ['blank lines', `${head}\n\n${good}\n\n`],
  ['quotes', '"date","open","high","low","close","volume"\n"20231220","100","110","90","105","1000"\n'],
  ['tabs', `${head}\n${good}\n`.replaceAll(',', '\t')],
  ['semicolons', `${head}\n${good}\n`.replaceAll(',', ';')],
  ['days with dashes', `${head}\n2023-12-20,100,110,90,105,1000\n`],
  ['days with dots', `${head}\n2023.12.20,100,110,90,105,1000\n`],
  ['days with slashes', `${head}\n2023/12/20,100,110,90,105,1000\n`],
  ['days with midnight behind', `${head}\n2023-12-20 00:00:00,100,110,90,105,1000\n`],
  ['days with midnight in Seoul behind', `${head}\n2023-12-20 00:00:00+09:00,100,110,90,105,1000\n`],
  ['whole numbers written as floats', `${head}\n20231220,100.0,110.0,90.0,105.0,1000.0\n`],
  ['quoted thousands separators', `${head}\n20231220,100,"110",90,105,"1,000"\n`],
  ['days in a column without a name, as pandas writes its index', `,open,high,low,close,volume\n${good}\n`],
  ['a code column', `${head},code\n${good},005930\n`],
  ['a code with an A before it', `${head},종목코드\n${good},A005930\n`],
  ['a code without its zeros', `${head},ticker\n${good},5930\n`],
  [
    'CP949',
    Buffer.concat([
      cp949(0xc0, 0xcf, 0xc0, 0xda, 0x2c, 0xbd, 0xc3, 0xb0, 0xa1, 0x2c, 0xb0, 0xed, 0xb0, 0xa1, 0x2c),
      cp949(0xc0, 0xfa, 0xb0, 0xa1, 0x2c, 0xc1, 0xbe, 0xb0, 0xa1, 0x2c, 0xb0, 0xc5, 0xb7, 0xa1, 0xb7, 0xae, 0x0a),
      Buffer.from(`${good}\n`),
    ]),
  ],
];

const refused: readonly (readonly [name: string, content: string | Buffer, code: string, says: RegExp])[] = [
  [
    'quoted digits in groups of two',
    `${head}\n20231220,"1,10",110,90,105,1000\n`,
    'data.csv-cell',
    /line 2, column "open".*"1,10".*Thousands separators stand between groups of three/,
  ],
  [
    'bare thousands separators',
    `${head}\n20231220,1,100,1,110,1,090,1,105,1,000\n`,
    'data.csv-row',
    /line 2: found 11 cells, wanted 6.*Thousands separators/,
  ],
  ['a negative price', `${head}\n20231220,-100,110,90,105,1000\n`, 'data.csv-cell', /column "open".*"-100".*sign/],
  ['a negative volume', `${head}\n20231220,100,110,90,105,-1\n`, 'data.csv-cell', /column "volume".*"-1"/],
  ['a price of zero', `${head}\n20231220,100,110,0,105,1000\n`, 'data.csv-cell', /column "low": found a price of 0/],
  ['a fraction', `${head}\n20231220,100.5,110,90,105,1000\n`, 'data.csv-cell', /"100.5".*whole won/],
  ['a high below the low', `${head}\n20231220,100,90,110,105,1000\n`, 'data.csv-row', /high 90, low 110/],
  ['a close above the high', `${head}\n20231220,100,110,90,111,1000\n`, 'data.csv-row', /close 111/],
  ['an open below the low', `${head}\n20231220,89,110,90,105,1000\n`, 'data.csv-row', /open 89/],
  [
    'a day twice with other numbers',
    `${head}\n${good}\n20231220,100,110,90,106,1000\n`,
    'data.csv-duplicate',
    /line 3, column "close": found 20231220 with 106, but line 2/,
  ],
  [
    'a day that does not exist',
    `${head}\n20230230,100,110,90,105,1000\n`,
    'data.csv-cell',
    /column "date".*"20230230"/,
  ],
  ['an ambiguous day', `${head}\n2023112,100,110,90,105,1000\n`, 'data.csv-cell', /"2023112"/],
  [
    'minute bars',
    `${head}\n2023-12-20 09:01,100,110,90,105,1000\n`,
    'data.csv-cell',
    /This is a minute.*--interval 1m/,
  ],
  ['weekly bars', `${head},interval\n${good},W\n`, 'data.csv-cell', /"W"/],
  ['a word for a number', `${head}\n20231220,100,110,90,N/A,1000\n`, 'data.csv-cell', /"N\/A"/],
  ['an empty cell', `${head}\n20231220,100,110,90,,1000\n`, 'data.csv-cell', /column "close": found ""/],
  ['a short row', `${head}\n20231220,100,110\n`, 'data.csv-row', /line 2: found 3 cells, wanted 6/],
  [
    'a missing column',
    'date,open,high,low,volume\n20231220,1,1,1,1\n',
    'data.csv-columns',
    /wanted also "close" or "종가"/,
  ],
  ['a code that is none', `${head},code\n${good},SAMSUNG\n`, 'data.csv-symbol', /"SAMSUNG"/],
  ['an open quote', `${head}\n20231220,"100,110,90,105,1000\n`, 'data.csv-row', /line 2: found a quote/],
  ['an empty file', '', 'data.csv-empty', /empty file/],
  ['a head alone', `${head}\n`, 'data.csv-empty', /head without rows/],
  ['UTF-16', Buffer.from(`\uFEFF${head}`, 'utf16le'), 'data.csv-encoding', /UTF-16/],
  ['a binary file', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'data.csv-encoding', /binary/],
  ['bytes of no encoding', Buffer.from([0xff, 0x41, 0xff]), 'data.csv-encoding', /neither UTF-8 nor CP949/],
];

describe('readCsvBars()', () => {
  for (const [name, content] of readable) {
    test(`readCsvBars() reads ${name}`, () => {
      const { series } = read(content);

      assert.equal(series.length, 1);
      const bars = series[0]!.series;
      assert.equal(bars.instrument, 'KRX:005930');
      assert.deepEqual([...bars.date], [20231220]);
      assert.deepEqual(
        [bars.open[0], bars.high[0], bars.low[0], bars.close[0], bars.volume[0]],
        [100, 110, 90, 105, 1000],
      );
      assert.equal(bars.startsAtMs[0], Date.UTC(2023, 11, 19, 15));
    });
  }

  for (const [name, content, code, says] of refused) {
    test(`readCsvBars() refuses ${name} in one sentence with the fix`, () => {
      assert.throws(
        () => read(content),
        (error) =>
          error instanceof SnowballError &&
          error.code === code &&
          says.test(error.message) &&
          !error.message.includes('\n'),
      );
    });
  }

  test('readCsvBars() refuses a file whose code stands nowhere', () => {
    assert.throws(() => read(`${head}\n${good}\n`, 'samsung.csv'), /Name the file after the code/);
  });

  test('readCsvBars() takes the code from the name of the file', () => {
    assert.equal(read(`${head}\n${good}\n`, '삼성전자(005930)_일봉.csv').files[0]!.symbol, '005930');
    assert.equal(read(`${head}\n${good}\n`, 'A000660.csv').files[0]!.symbol, '000660');
  });

  test('readCsvBars() sorts rows, leaves identical repeats out, and says so', () => {
    const { series, files } = read(`${head}\n20231221,105,106,104,105,7\n${good}\n${good}\n`);

    assert.deepEqual([...series[0]!.series.date], [20231220, 20231221]);
    assert.deepEqual([files[0]!.wasUnsorted, files[0]!.duplicates, files[0]!.bars], [true, 1, 2]);
  });

  test('readCsvBars() fills open, high and low of a halted day with its close, and counts it', () => {
    const { series, files } = read(`${head}\n20231220,0,0,0,105,0\n`);

    assert.deepEqual(
      [series[0]!.series.open[0], series[0]!.series.low[0], files[0]!.haltFilled, files[0]!.haltedDays],
      [105, 105, 1, 1],
    );
  });

  test('readCsvBars() reports missing sessions and bars on closed days', () => {
    const { files } = read(`${head}\n20231214,1,1,1,1,1\n20231219,1,1,1,1,1\n20231223,1,1,1,1,1\n`);

    assert.deepEqual(files[0]!.gaps, [
      { from: 20231215, to: 20231218, sessions: 2, isKnown: false },
      { from: 20231220, to: 20231222, sessions: 3, isKnown: false },
    ]);
    assert.deepEqual(files[0]!.closedDays, [20231223]);
  });

  test('readCsvBars() splits a file of several codes and reads a folder by name', () => {
    const own = mkdtempSync(join(folder, 'folder-'));
    writeFileSync(join(own, 'b.csv'), `${head},code,name\n${good},005930,"삼성, 전자"\n${good},000660,하이닉스\n`);
    writeFileSync(join(own, 'a.csv'), `${head},code\n${good},069500\n`);
    writeFileSync(join(own, 'notes.md'), 'not bars');

    const { files, series } = readCsvBars(own, calendar);

    assert.deepEqual(
      files.map((file) => file.symbol),
      ['069500', '005930', '000660'],
    );
    assert.equal(series[1]!.name, '삼성, 전자');
  });

  test('readCsvBars() refuses a folder that holds one code twice, and one that holds nothing', () => {
    const twice = mkdtempSync(join(folder, 'twice-'));
    for (const name of ['005930.csv', 'A005930.csv']) writeFileSync(join(twice, name), `${head}\n${good}\n`);

    assert.throws(() => readCsvBars(twice, calendar), /each instrument in one file/);
    const outer = mkdtempSync(join(folder, 'empty-'));
    assert.throws(() => readCsvBars(outer, calendar), /without \.csv files.*Name the folder that holds the files/);
    mkdirSync(join(outer, 'daily'));
    writeFileSync(join(outer, 'daily', '005930.csv'), '');
    assert.throws(() => readCsvBars(outer, calendar), /Its folder "daily" has some: name that one/);
    assert.throws(() => readCsvBars(join(folder, 'nowhere'), calendar), /found nothing there/);
  });

  test('readCsvBars() reads 33 years of real bars and knows their holes', (context) => {
    if (!existsSync(sharedData)) {
      context.diagnostic('shared/data is not here: the real file was not read');
      return;
    }
    const { files } = readCsvBars(sharedData, () => 'unknown');

    assert.deepEqual(
      [files[0]!.bars, files[0]!.from, files[0]!.to, files[0]!.haltedDays],
      [8343, 19900911, 20231222, 3],
    );
  });
});

test('readCsvBars() for looking only takes files without a code or volumes, and fractions; for keeping it takes none', () => {
  const own = mkdtempSync(join(folder, 'looking-'));
  writeFileSync(join(own, 'index.csv'), 'date,open,high,low,close\n20231220,"2,600.5",2610.25,2590,2605\n');
  const path = join(own, 'index.csv');

  const [found] = readCsvBars(path, calendar, { ...daysOnly, looking: { symbol: '000000' } }).series;

  assert.ok(found !== undefined);
  const { instrument, open, high, volume } = found.series;
  assert.deepEqual([instrument, open[0], high[0], volume[0]], ['KRX:000000', 2_600.5, 2_610.25, 0]);
  assert.throws(() => readCsvBars(path, calendar), /wanted also "volume"/);
});
