import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BarSeries } from '#domain/bar.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';

const folder = fileURLToPath(new URL('../../../shared/data/krx-daily/', import.meta.url));

/** Why tests on real bars are skipped; false when the bars are there. */
export const realBarsMissing: string | false = existsSync(folder) ? false : `no real bars at ${folder}`;

/** Real day bars of one listing code. */
export function realSeries(symbol: string): BarSeries {
  const [read] = readCsvBars(`${folder}${symbol}.csv`, () => 'unknown').series;
  if (read === undefined) throw new RangeError(`No bars of ${symbol}`);
  return read.series;
}
