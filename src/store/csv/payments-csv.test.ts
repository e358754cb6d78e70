import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FixConfiguration } from '#domain/errors.ts';
import { readDividendsCsv, readSplitsCsv } from './payments-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-payments-'));
after(() => rmSync(folder, { recursive: true }));

function aFile(text: string): string {
  const file = join(folder, 'rows.csv');
  writeFileSync(file, text);
  return file;
}

test('readDividendsCsv() and readSplitsCsv() read Korean and English heads in any order', () => {
  const dividends = readDividendsCsv(aFile('지급일,종목코드,배당락일,배당금\n2023-04-14,005930,2022.12.28,361\n'));
  const splits = readSplitsCsv(aFile('code,date,before,after\n005930,20180504,1,50\n'));

  assert.deepEqual(dividends, [{ symbol: '005930', exDate: 20_221_228, payDate: 20_230_414, perShare: 361 }]);
  assert.deepEqual(splits, [{ symbol: '005930', date: 20_180_504, from: 1, to: 50 }]);
});

const head = 'code,ex_date,pay_date,dividend';
const wrong: readonly (readonly [what: string, text: string, code: string, says: RegExp])[] = [
  ['a file without rows', `${head}\n`, 'data.csv-empty', /found no rows/],
  [
    'a missing pay day',
    'code,ex_date,dividend\n005930,20221228,361\n',
    'data.csv-columns',
    /wanted also "paydate" or "지급일"/,
  ],
  [
    'a file of corporate actions, whose rows may be withdrawn',
    `${head},withdrawn\n005930,20221228,20230414,361,1\n`,
    'data.csv-columns',
    /wanted none called "withdrawn"/,
  ],
  [
    'a pay day before the ex-day',
    `${head}\n005930,20221228,20221201,361\n`,
    'data.csv-cell',
    /"pay_date".*on or after/,
  ],
  ['a dividend of 0', `${head}\n005930,20221228,20230414,0\n`, 'data.csv-cell', /line 2, column "dividend": found "0"/],
  ['a fraction', `${head}\n005930,20221228,20230414,361.5\n`, 'data.csv-cell', /"361\.5"/],
  ['a code that is none', `${head}\nSEC,20221228,20230414,361\n`, 'data.csv-symbol', /"SEC"/],
  ['thousands separators', `${head}\n005930,20221228,20230414,1,361\n`, 'data.csv-row', /found 5 cells, wanted 4/],
  [
    'a day twice',
    `${head}\n005930,20221228,20230414,361\n005930,20221228,20230414,361\n`,
    'data.csv-duplicate',
    /line 3.*twice/,
  ],
];
for (const [what, text, code, says] of wrong) {
  test(`readDividendsCsv() refuses ${what} with the place`, () => {
    const file = aFile(text);

    assert.throws(
      () => readDividendsCsv(file),
      (error) => error instanceof FixConfiguration && error.code === code && says.test(error.message),
    );
  });
}

test('readSplitsCsv() refuses more than a million shares on a side, so that counts stay exact', () => {
  const file = aFile('code,date,before,after\n005930,20180504,1,1000001\n');

  assert.throws(() => readSplitsCsv(file), /column "after": found "1000001", wanted a whole number from 1 to 1000000/);
});
