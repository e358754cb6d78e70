import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import { columnDialects, type ColumnDialect } from './column-names.ts';

/**
 * Bars as the lines of a CSV file that `readCsvBars` reads back equal; each line ends with a line feed, the first one
 * names the columns.
 */
export function csvLines(series: BarSeries, name: string, dialect: ColumnDialect = 'snowball'): readonly string[] {
  const names = columnDialects[dialect];
  const symbol = symbolOf(series.instrument);
  const shown = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  const { date, open, high, low, close, volume, code, separator } = names;
  const lines = [`${[date, open, high, low, close, volume, code, names.name].join(',')}\n`];
  for (const [row, day] of series.date.entries()) {
    const { open, high, low, close, volume } = series;
    const written = dayText(day, separator);
    lines.push(`${written},${open[row]},${high[row]},${low[row]},${close[row]},${volume[row]},${symbol},${shown}\n`);
  }
  return lines;
}

function dayText(day: number, separator: string): string {
  const digits = String(day).padStart(8, '0');
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].join(separator);
}
