import { basename } from 'node:path';
import type { ActionKind, CorporateAction } from '../corporate-action.ts';
import { readDay, readWhole } from './csv-cells.ts';
import { csvProblem, shownCell, type CsvPlace } from './csv-problem.ts';
import { splitRecords, type CsvRecord } from './csv-records.ts';
import { smallCsvText } from './small-csv-text.ts';

type Column = 'code' | 'from' | 'kind' | 'knownOn' | 'before' | 'after' | 'dividend' | 'withdrawn';

const names: Readonly<Record<Column, readonly string[]>> = {
  code: ['code', '종목코드', '단축코드', 'symbol', 'ticker'],
  from: ['from', '적용일', '권리락일', '배당락일', 'exdate'],
  kind: ['kind', '구분', 'type'],
  knownOn: ['knownon', '공시일', 'announced'],
  before: ['before', '이전주식', '전'],
  after: ['after', '이후주식', '후'],
  dividend: ['dividend', '배당금', '주당배당금'],
  withdrawn: ['withdrawn', '철회'],
};
const required = ['code', 'from', 'kind', 'knownOn'] as const;
const kinds: Readonly<Record<string, ActionKind>> = {
  split: 'split',
  분할: 'split',
  병합: 'split',
  무상증자: 'split',
  dividend: 'dividend',
  배당: 'dividend',
  현금배당: 'dividend',
};
const sizeMax = 16 * 1024 * 1024;

/**
 * Corporate actions of a CSV file: `code,from,kind,known_on,before,after,dividend,withdrawn`, in English or Korean, the
 * last four where they apply. As strict as the import of bars.
 *
 * @throws {FixConfiguration} with file, line and column: `data.csv-missing`, `data.csv-encoding`, `data.csv-columns`,
 *   `data.csv-symbol`, `data.csv-row`, `data.csv-cell`, `data.csv-duplicate`, `data.csv-empty`
 */
export function readActionsCsv(path: string): readonly CorporateAction[] {
  const file = basename(path);
  const [head, ...records] = splitRecords(
    smallCsvText(path, file, { bytesMax: sizeMax, fix: 'Split the file by year.' }),
    file,
  );
  if (head === undefined || records.length === 0) {
    throw csvProblem('data.csv-empty', { file }, 'found no rows, wanted corporate actions', 'Fill the file in.');
  }
  const places = columnsOf(head, file);
  const actions = records.map((record) => actionOf({ file, places, record }));
  refuseRepeats(actions, records, file);
  return actions;
}

function columnsOf(head: CsvRecord, file: string): Readonly<Record<Column, number>> {
  const labels = head.cells.map((label) => label.toLowerCase().replaceAll(/\(.*?\)|[\s_'"]/g, ''));
  const place = (column: Column): number => labels.findIndex((label) => names[column].includes(label));
  const missing = required.filter((column) => place(column) === -1);
  if (missing.length > 0) {
    const wanted = missing.map((column) => `"${names[column].slice(0, 2).join('" or "')}"`).join(', ');
    const text = `found the columns ${shownCell(head.cells.join(', '))}, wanted also ${wanted}`;
    throw csvProblem('data.csv-columns', { file, line: head.line }, text, 'Name the columns in the first line.');
  }
  return {
    code: place('code'),
    from: place('from'),
    kind: place('kind'),
    knownOn: place('knownOn'),
    before: place('before'),
    after: place('after'),
    dividend: place('dividend'),
    withdrawn: place('withdrawn'),
  };
}

interface ActionRow {
  readonly file: string;
  readonly places: Readonly<Record<Column, number>>;
  readonly record: CsvRecord;
}

function actionOf(row: ActionRow): CorporateAction {
  const kind = kinds[cellOf(row, 'kind').toLowerCase()];
  if (kind === undefined) throw wrongCell(row, 'kind', '"split" (분할) or "dividend" (배당)');
  const symbol = cellOf(row, 'code').toUpperCase();
  if (!/^[0-9][0-9A-Z]{5}$/.test(symbol))
    throw wrongCell(row, 'code', 'six characters such as "005930"', 'data.csv-symbol');
  const isWithdrawn = /^(1|true|y|yes|철회)$/i.test(cellOf(row, 'withdrawn'));
  const days = { from: dayIn(row, 'from'), knownOn: dayIn(row, 'knownOn') };
  const terms = { sharesBefore: 1, sharesAfter: 1, dividend: 0 };
  if (kind === 'dividend') return { symbol, kind, ...days, ...terms, dividend: countIn(row, 'dividend'), isWithdrawn };
  return { symbol, kind, ...days, ...terms, ...splitOf(row), isWithdrawn };
}

/** Up to a million on each side: no split of the market comes near, and factors stay exact. */
function splitOf(row: ActionRow): { readonly sharesBefore: number; readonly sharesAfter: number } {
  const [sharesBefore, sharesAfter] = [countIn(row, 'before'), countIn(row, 'after')];
  if (sharesBefore > 1_000_000) throw wrongCell(row, 'before', 'at most 1000000 shares');
  if (sharesAfter > 1_000_000) throw wrongCell(row, 'after', 'at most 1000000 shares');
  return { sharesBefore, sharesAfter };
}

function dayIn(row: ActionRow, column: Column): number {
  return readDay(cellOf(row, column), placeOf(row, column));
}

function countIn(row: ActionRow, column: Column): number {
  const count = readWhole(cellOf(row, column), placeOf(row, column), 'a whole number above 0');
  if (count > 0) return count;
  throw wrongCell(row, column, 'a whole number above 0');
}

function wrongCell(
  row: ActionRow,
  column: Column,
  wanted: string,
  code: 'data.csv-cell' | 'data.csv-symbol' = 'data.csv-cell',
): Error {
  const text = `found ${shownCell(cellOf(row, column))}, wanted ${wanted}`;
  return csvProblem(code, placeOf(row, column), text, 'Correct the cell.');
}

function cellOf({ places, record }: ActionRow, column: Column): string {
  return record.cells[places[column]] ?? '';
}

function placeOf({ file, record }: ActionRow, column: Column): CsvPlace {
  return { file, line: record.line, column: names[column][0] ?? column };
}

function refuseRepeats(actions: readonly CorporateAction[], records: readonly CsvRecord[], file: string): void {
  const seen = new Set<string>();
  for (const [index, { symbol, from, kind }] of actions.entries()) {
    const key = `${symbol} ${from} ${kind}`;
    if (seen.has(key)) {
      const line = records[index]?.line ?? 0;
      const text = `found the ${kind} of ${symbol} on ${from} twice, wanted each once`;
      throw csvProblem('data.csv-duplicate', { file, line }, text, 'Add up what happens on one day, or delete a row.');
    }
    seen.add(key);
  }
}
