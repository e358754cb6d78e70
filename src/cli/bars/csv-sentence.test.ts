import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { daysOnly } from '#store/bar-reading.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';
import { CsvProblem } from '#store/csv/csv-problem.ts';
import { krxCalendar } from './backtest-bars.ts';
import { koreanOfCsv } from './csv-sentence.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-csv-sentence-'));
after(() => rmSync(folder, { recursive: true }));

const head = 'date,open,high,low,close,volume';
const good = '20240102,50000,50500,49500,50100,1000';

/** What a Korean terminal says of a file with these lines. */
function saidOf(...lines: readonly string[]): string {
  const file = join(folder, '005930.csv');
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  try {
    readCsvBars(file, krxCalendar, daysOnly);
  } catch (error) {
    if (error instanceof CsvProblem) return koreanOfCsv(error);
    throw error;
  }
  throw new Error('the file was read');
}

const cases: readonly (readonly [lines: readonly string[], says: string])[] = [
  [
    [head, good, '20240230,50000,50500,49500,50100,1000'],
    '"005930.csv" 3번째 줄, "date" 열: "20240230"은 읽을 수 없는 값이에요. 날짜는 2023-12-22, 2023.12.22, 2023/12/22, 20231222처럼 적어 주세요.',
  ],
  [
    [head, '20240102,50000.37,50500,49500,50100,1000', '20240103,1원,50500,49500,50100,1000'],
    '"005930.csv" 2번째 줄, "open" 열: "50000.37"은 읽을 수 없는 값이에요. 가격은 소수점, 단위, 부호 없이 원 단위 정수로 적어 주세요. 문제가 있는 줄이 1개 더 있어요.',
  ],
  [
    [head, '20240102,50000,50500,49500,50100,'],
    '"005930.csv" 2번째 줄, "volume" 열: 칸의 값을 읽을 수 없어요. 거래량은 단위 없이 정수로 적어 주세요.',
  ],
  [
    [head, '20240102,50000,49000,49500,50100,1000'],
    '"005930.csv" 2번째 줄: 고가·저가가 시가·종가와 맞지 않아요. 이 줄을 고치거나, 열 이름이 값과 맞는지 확인해 주세요.',
  ],
  [
    [head, '20240102,50,000,50500,49500,50100,1000'],
    '"005930.csv" 2번째 줄: 칸이 7개인데 첫 줄은 6개예요. 53,000 같은 쉼표를 빼고 다시 내려받아 주세요.',
  ],
  [
    [head.replace(',volume', ''), '20240102,50000,50500,49500,50100'],
    '"005930.csv" 1번째 줄: 필요한 열이 없거나 두 번 있거나, 다른 종류의 파일이에요. 있어야 하는 열: "volume", "거래량". 첫 줄의 열 이름을 확인해 주세요.',
  ],
  [[head], '"005930.csv": 봉이 하나도 없는 파일이에요. 다시 내려받아 주세요.'],
  [
    [head, good, good.replace('50100', '50200')],
    '"005930.csv" 3번째 줄, "close" 열: 같은 날짜나 종목이 두 번 있어요. 잘못된 것을 지워 주세요.',
  ],
];

for (const [lines, says] of cases) {
  test(`koreanOfCsv() says where, what and how to mend it: ${says}`, () => {
    assert.equal(saidOf(...lines), says);
  });
}
