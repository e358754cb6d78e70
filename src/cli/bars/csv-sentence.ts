import { withParticle } from '#strategy/korean-particle.ts';
import type { CsvProblem, CsvProblemCode } from '#store/csv/csv-problem.ts';

/** What a person at a Korean terminal is told of a file that cannot be read: where, what, and how to mend it. */
export function koreanOfCsv({ code, place, text, moreRows }: CsvProblem): string {
  const line = place.line === undefined ? '' : ` ${place.line}번째 줄`;
  const column = place.column === undefined ? '' : `, "${place.column}" 열`;
  const more = moreRows === 0 ? '' : ` 문제가 있는 줄이 ${moreRows}개 더 있어요.`;
  return `"${place.file}"${line}${column}: ${sentences[code](text)}${more}`;
}

/** By code, of the English "found …, wanted …". */
const sentences: Readonly<Record<CsvProblemCode, (text: string) => string>> = {
  'data.csv-missing': (text) =>
    text.includes('folder without')
      ? '폴더에 CSV 파일이 없어요. 파일이 든 폴더를 적어 주세요.'
      : '여기에 CSV나 Parquet 파일이 없어요. 경로를 확인해 주세요.',
  'data.csv-encoding': () => '글자를 읽을 수 없는 파일이에요. 엑셀에서 "CSV UTF-8"로 저장해 주세요.',
  'data.csv-columns': columnsSentence,
  'data.csv-symbol': () => '어느 종목인지 알 수 없어요. 파일 이름을 005930.csv처럼 짓거나 "종목코드" 열을 넣어 주세요.',
  'data.csv-row': rowSentence,
  'data.csv-cell': cellSentence,
  'data.csv-duplicate': () => '같은 날짜나 종목이 두 번 있어요. 잘못된 것을 지워 주세요.',
  'data.csv-interval': () =>
    '일봉인지 1분봉인지 알 수 없거나 3분봉·5분봉이에요. --interval 1d나 --interval 1m으로 알려 주거나, 1분봉으로 내려받아 주세요.',
  'data.csv-stamp': () => '시각이 봉의 시작인지 끝인지 알 수 없어요. --stamp start나 --stamp end로 알려 주세요.',
  'data.csv-empty': () => '봉이 하나도 없는 파일이에요. 다시 내려받아 주세요.',
  'data.parquet': () => '읽을 수 없는 Parquet 파일이에요. 다시 저장하거나, 너무 크면 나눠 주세요.',
};

function columnsSentence(text: string): string {
  const names = [...text.replace(/^.*wanted/, '').matchAll(/"[^"]+"/g)].map(([name]) => name);
  const missing = names.length === 0 ? '' : ` 있어야 하는 열: ${names.join(', ')}.`;
  return `필요한 열이 없거나 두 번 있거나, 다른 종류의 파일이에요.${missing} 첫 줄의 열 이름을 확인해 주세요.`;
}

function rowSentence(text: string): string {
  if (text.startsWith('found open')) {
    return '고가·저가가 시가·종가와 맞지 않아요. 이 줄을 고치거나, 열 이름이 값과 맞는지 확인해 주세요.';
  }
  const [, found, wanted] = /^found (\d+) cells, wanted (\d+)/.exec(text) ?? [];
  if (found !== undefined && wanted !== undefined) {
    return `칸이 ${found}개인데 첫 줄은 ${wanted}개예요. 53,000 같은 쉼표를 빼고 다시 내려받아 주세요.`;
  }
  return '따옴표가 맞지 않거나 파일이 너무 커요. 다시 내려받거나 나눠 주세요.';
}

const cellFixes: readonly (readonly [wanted: string, fix: string])[] = [
  ['trading day', '날짜는 2023-12-22, 2023.12.22, 2023/12/22, 20231222처럼 적어 주세요.'],
  ['minute bar', '시각은 2026-11-20 09:01이나 20261120과 090100처럼 적어 주세요.'],
  ['price above 0', '거래가 없던 날이면 줄을 지우거나, 종가만 두고 시가·고가·저가·거래량을 0으로 적어 주세요.'],
  ['price in whole won', '가격은 소수점, 단위, 부호 없이 원 단위 정수로 적어 주세요.'],
  ['number of shares', '거래량은 단위 없이 정수로 적어 주세요.'],
];

function cellSentence(text: string): string {
  const [, cell] = /^found (?:bars of interval )?("[^"]*")/.exec(text) ?? [];
  const found =
    cell === undefined || cell === '""'
      ? '칸의 값을 읽을 수 없어요.'
      : `${withParticle(cell, 'topic')} 읽을 수 없는 값이에요.`;
  const fix = cellFixes.find(([wanted]) => text.includes(wanted))?.[1];
  return `${found} ${fix ?? '이 칸을 고쳐 주세요.'}`;
}
