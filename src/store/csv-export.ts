import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';

/** Bars as the lines of a CSV file that `readCsvBars` reads back equal; each line ends with a line feed. */
export function csvLines(series: BarSeries, name: string): readonly string[] {
  const symbol = symbolOf(series.instrument);
  const shown = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
  const lines = ['date,open,high,low,close,volume,code,name\n'];
  for (const [row, date] of series.date.entries()) {
    const { open, high, low, close, volume } = series;
    lines.push(`${date},${open[row]},${high[row]},${low[row]},${close[row]},${volume[row]},${symbol},${shown}\n`);
  }
  return lines;
}
