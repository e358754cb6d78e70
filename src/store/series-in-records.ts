import type { BarInterval } from '#domain/bar.ts';
import type { BarReading, StampFound } from './bar-reading.ts';
import { stampEvidence, stampOf, startsOfEnds } from './minutes/bar-stamps.ts';
import { findColumns, type CsvHead } from './csv/csv-columns.ts';
import { csvProblem } from './csv/csv-problem.ts';
import type { CsvRecord } from './csv/csv-records.ts';
import { readRows, type CsvRow } from './csv/csv-rows.ts';
import { seriesOfRows, type CsvSeries } from './csv/csv-series.ts';
import type { TextEncoding } from './csv/decode-text.ts';
import { intervalOfRows, rowsLookedAt } from './minutes/detect-interval.ts';

/** How a file was written. */
export type FileForm = TextEncoding | 'Parquet';

/** One instrument of one file. */
export interface FoundSeries {
  readonly file: string;
  readonly encoding: FileForm;
  readonly symbol: string;
  /** Of minute bars only. */
  readonly stamp?: StampFound;
  readonly found: CsvSeries;
}

export interface FileRecords {
  /** Its name without the folder. */
  readonly file: string;
  readonly encoding: FileForm;
  /** A head and rows, all cells as text. */
  readonly records: Iterable<CsvRecord>;
  /** About how many there are, for progress. */
  readonly rowsExpected: number;
}

const rowsBetweenReports = 20_000;
/** Bars that all stand a multiple of minutes apart are bars of that length: chance does not do it so often. */
const rowsOfProof = 30;

/** The instruments of one file, every cell checked. @throws {FixConfiguration} the codes of `readCsvBars` */
export function seriesInRecords(source: FileRecords, reading: BarReading): readonly FoundSeries[] {
  const { file, encoding } = source;
  const records = source.records[Symbol.iterator]();
  const [first, ...others] = take(records, rowsLookedAt);
  if (first === undefined) {
    throw csvProblem('data.csv-empty', { file }, 'found an empty file, wanted bars', 'Export the file again.');
  }
  const head = findColumns([first, ...others], file, reading.looking);
  const looked = head.headRecords === 1 ? others : [first, ...others];
  const interval = intervalFor(reading, head, looked, file);
  const rows = readRows(told(looked, records, source.rowsExpected, reading), {
    head,
    file,
    interval,
    symbolOfFile: symbolInName(file) ?? reading.looking?.symbol ?? null,
    isLooking: reading.looking !== undefined,
    width: first.cells.length,
  });
  if (interval === '1d') return seriesOf(rows, { file, encoding }, interval);
  refuseLongerBars(rows, file);
  const stamp = stampFor(reading, rows, file);
  const started = stamp.kind === 'start' ? rows : startsOfEnds(rows, reading.sessions);
  refuseMidnight(started, file);
  return seriesOf(started, { file, encoding, stamp }, interval);
}

function seriesOf(
  rows: readonly CsvRow[],
  of: Pick<FoundSeries, 'file' | 'encoding' | 'stamp'>,
  interval: BarInterval,
): readonly FoundSeries[] {
  const bySymbol: ReadonlyMap<string, readonly CsvRow[]> = Map.groupBy(rows, (row) => row.symbol);
  return [...bySymbol].map(([symbol, own]) => ({ ...of, symbol, found: seriesOfRows(own, of.file, interval) }));
}

function take(records: Iterator<CsvRecord>, count: number): readonly CsvRecord[] {
  const taken: CsvRecord[] = [];
  while (taken.length < count) {
    const next = records.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/** What was looked at, then the rest, with a word on how far it is now and then. */
function* told(
  looked: readonly CsvRecord[],
  rest: Iterator<CsvRecord>,
  expected: number,
  { onProgress }: BarReading,
): Generator<CsvRecord> {
  yield* looked;
  let count = looked.length;
  for (let next = rest.next(); next.done !== true; next = rest.next()) {
    yield next.value;
    count += 1;
    if (count % rowsBetweenReports === 0) onProgress?.(Math.min(1, count / Math.max(1, expected)));
  }
}

function intervalFor(reading: BarReading, head: CsvHead, looked: readonly CsvRecord[], file: string): BarInterval {
  if (reading.interval !== 'detect') return reading.interval;
  const found = intervalOfRows(head, looked);
  if (found !== 'unclear') return found;
  if (reading.intervalIfUnclear !== undefined) return reading.intervalIfUnclear;
  throw csvProblem(
    'data.csv-interval',
    { file },
    'found rows with a time and each day once, wanted to know whether they are days or minutes',
    'Say so with --interval 1d or --interval 1m.',
  );
}

function refuseLongerBars(rows: readonly CsvRow[], file: string): void {
  if (rows.length < rowsOfProof) return;
  const anchor = rows[0]?.minute ?? 0;
  let step = 0;
  for (const { minute } of rows) {
    step = greatestDivisor(Math.abs(minute - anchor), step);
    if (step === 1) return;
  }
  if (step === 0) return;
  throw csvProblem(
    'data.csv-interval',
    { file },
    `found bars of ${step} minutes, wanted bars of one minute`,
    'Export bars of one minute (1분봉).',
  );
}

function greatestDivisor(one: number, other: number): number {
  let [a, b] = [one, other];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function stampFor(reading: BarReading, rows: readonly CsvRow[], file: string): StampFound {
  if (reading.stamp !== 'detect') return { kind: reading.stamp, why: 'asked' };
  const evidence = stampEvidence(rows, reading.sessions);
  const kind = stampOf(evidence);
  if (kind !== null) return { kind, why: 'detected' };
  if (reading.stampIfUnclear !== undefined) return { kind: reading.stampIfUnclear, why: 'assumed' };
  const { startDays, endDays } = evidence;
  const found =
    startDays + endDays === 0
      ? 'found no bar of an opening minute, nor trades in the minute a closing auction begins'
      : `found ${startDays} days whose times start their minutes and ${endDays} whose times end them`;
  throw csvProblem(
    'data.csv-stamp',
    { file },
    `${found}, wanted to know whether 09:01 is the minute from 09:01 or the one until 09:01`,
    'Say so with --stamp start or --stamp end.',
  );
}

function refuseMidnight(rows: readonly CsvRow[], file: string): void {
  const row = rows.find(({ minute }) => minute < 0);
  if (row === undefined) return;
  throw csvProblem(
    'data.csv-stamp',
    { file, line: row.line },
    'found a minute that ends at 00:00, wanted minutes of trading',
    'Use --stamp start, or correct the row.',
  );
}

/** `005930.csv`, `A005930_daily.csv`, `삼성전자(005930).csv`; null when no six-character code stands alone in the name. */
function symbolInName(file: string): string | null {
  return /(?:^|[^0-9A-Za-z]|(?<![0-9A-Za-z])A)([0-9][0-9A-Z]{5})(?![0-9A-Za-z])/.exec(file)?.[1] ?? null;
}
