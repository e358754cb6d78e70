import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { columnDialects, type ColumnDialect } from './column-names.ts';
import { dayStartsAtMs } from './csv-series.ts';

/**
 * Bars as the lines of a CSV file that `readCsvBars` reads back equal; each line ends with a line feed, the first one
 * names the columns. Of minutes, a column behind the day has the start of each in Seoul, such as 09:01.
 */
export function csvLines(series: BarSeries, name: string, dialect: ColumnDialect = 'snowball'): readonly string[] {
  const names = columnDialects[dialect];
  const symbol = symbolOf(series.instrument);
  const shown = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  const head = [names.open, names.high, names.low, names.close, names.volume, names.code, names.name];
  const isMinute = series.interval === '1m';
  const lines = [`${[names.date, ...(isMinute ? [names.time] : []), ...head].join(',')}\n`];
  const dayOf = memoized((day) => dayText(day, names.separator));
  const midnightOf = memoized(dayStartsAtMs);
  const { date, startsAtMs, open, high, low, close, volume } = series;
  for (let row = 0; row < date.length; row += 1) {
    const day = date[row] ?? 0;
    const time = isMinute ? `,${clockText((startsAtMs[row] ?? 0) - midnightOf(day))}` : '';
    const numbers = `${open[row]},${high[row]},${low[row]},${close[row]},${volume[row]}`;
    lines.push(`${dayOf(day)}${time},${numbers},${symbol},${shown}\n`);
  }
  return lines;
}

function dayText(day: number, separator: string): string {
  const digits = String(day).padStart(8, '0');
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].join(separator);
}

function clockText(sinceMidnightMs: number): string {
  const minutes = Math.round(sinceMidnightMs / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The answer for the day asked for last is kept: minutes ask for the same one four hundred times. */
function memoized<Result>(work: (day: number) => Result): (day: number) => Result {
  let latest: { readonly day: number; readonly result: Result } | null = null;
  return (day) => {
    if (latest === null || latest.day !== day) latest = { day, result: work(day) };
    return latest.result;
  };
}
