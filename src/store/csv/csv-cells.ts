import { csvProblem, shownCell, type CsvPlace } from './csv-problem.ts';
import { minuteIn } from '../minutes/minute-stamp.ts';

const dayForm = /^(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?:[ T]00:00(?::00(?:\.0+)?)?(?:\+09:?00)?)?$/;
const numberForm = /^\d+(?:\.0+)?$/;
/** As the exchange and the portals write them, in quotes: groups of three, so that no two columns can be meant. */
const groupedForm = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const fractionForm = /^\d+(?:\.\d+)?$/;

/**
 * A trading day as yyyymmdd, from YYYYMMDD, YYYY-MM-DD, YYYY.MM.DD or YYYY/MM/DD; a midnight of Seoul behind it is
 * let through.
 *
 * @throws {FixConfiguration} `data.csv-cell`
 */
export function readDay(cell: string, place: CsvPlace): number {
  if (cell !== latest.cell) latest = { cell, day: dayOf(cell, place) };
  return latest.day;
}

/** Rows of minutes name the same day hundreds of times, one after the other. */
let latest: { readonly cell: string | null; readonly day: number } = { cell: null, day: NaN };

function dayOf(cell: string, place: CsvPlace): number {
  const match = dayForm.exec(cell);
  const [year, month, day] = [match?.[1], match?.[3] ?? match?.[5], match?.[4] ?? match?.[6]].map(Number);
  if (year !== undefined && month !== undefined && day !== undefined && isDay(year, month, day)) {
    return year * 10_000 + month * 100 + day;
  }
  const fix = /\d:\d/.test(cell)
    ? 'This is a minute: export daily bars, or read the file as minute bars with --interval 1m.'
    : 'Write days as 2023-12-22, 2023.12.22, 2023/12/22 or 20231222.';
  throw csvProblem('data.csv-cell', place, `found ${shownCell(cell)}, wanted a trading day`, fix);
}

/**
 * The minutes since midnight in Seoul that the time of a minute bar names: `09:01`, `0901`, `901`, `09:01:00`, `90100`,
 * `오후 3:30`, each with `+09:00` behind it or not.
 *
 * @throws {FixConfiguration} `data.csv-cell`; seconds other than 0 are no minute
 */
export function readMinute(cell: string, place: CsvPlace): number {
  const minute = minuteIn(cell.replace(/\+09:?00$/, ''));
  if (minute !== null) return minute;
  const fix = 'Write the time of each minute in Seoul, as 09:01 or 090100, behind the day or in a column "time".';
  throw csvProblem('data.csv-cell', place, `found ${shownCell(cell)}, wanted the time of a minute bar`, fix);
}

/**
 * A whole number, 0 or more; `53000.0`, which pandas writes, is whole too, and `53,000` is 53000.
 *
 * @param what for the message, such as `a price in whole won`
 * @throws {FixConfiguration} `data.csv-cell`
 */
export function readWhole(cell: string, place: CsvPlace, what: string): number {
  const plain = ungrouped(cell);
  const value = Number(plain);
  if (numberForm.test(plain) && Number.isSafeInteger(value)) return value;
  throw csvProblem('data.csv-cell', place, `found ${shownCell(cell)}, wanted ${what}`, fixFor(cell));
}

/** As `readWhole`, of a number that may have a fraction: an index, or a price that was divided for splits. */
export function readFraction(cell: string, place: CsvPlace, what: string): number {
  const plain = ungrouped(cell);
  if (fractionForm.test(plain) && Number.isFinite(Number(plain))) return Number(plain);
  return readWhole(cell, place, what);
}

function ungrouped(cell: string): string {
  return groupedForm.test(cell) ? cell.replaceAll(',', '') : cell;
}

function fixFor(cell: string): string {
  if (/^-?\d+(,\d+)+(\.\d+)?$/.test(cell)) {
    return 'Thousands separators stand between groups of three digits, as in "1,234,500": correct the cell, or export without them.';
  }
  if (cell === '') return 'Fill the cell in, or delete the row.';
  if (/^\d*\.\d+$/.test(cell)) return 'KRX prices are whole won: export prices that were not divided or converted.';
  if (cell.startsWith('-')) return 'Remove the sign: prices and volumes are never negative.';
  return 'Write digits only: no unit, no sign, no separator.';
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
