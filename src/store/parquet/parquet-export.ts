import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { NamedSeries } from '../bar-store.ts';
import { columnDialects, type ColumnDialect } from '../csv/column-names.ts';

const seoulOffsetMs = 9 * 3_600_000;
const rowsOfGroup = 100_000;

/**
 * Bars of any number of instruments as one Parquet file, one row a bar: the day as DATE or, of minutes, the start as a
 * TIMESTAMP of milliseconds on the clock of Seoul without a zone; prices and volumes as INT64, code and name as text,
 * Snappy. `readParquetBars` reads it back equal, pandas and polars as what it says. One instrument after the other is
 * written, so that it takes little more memory than the file.
 *
 * @param all of one interval, days when there are none
 */
export function parquetBytes(all: readonly NamedSeries[], dialect: ColumnDialect = 'snowball'): Uint8Array {
  const interval = all[0]?.series.interval ?? '1d';
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(interval, dialect) });
  // Few instruments would make many small groups of a file with all of them.
  for (const batch of batchesOf(all))
    void writer.write({ columnData: columnsOf(batch, interval, dialect), rowGroupSize: rowsOfGroup });
  void writer.finish();
  return new Uint8Array(bytes.getBuffer());
}

function* batchesOf(all: readonly NamedSeries[]): Generator<readonly NamedSeries[]> {
  let [batch, rows]: [NamedSeries[], number] = [[], 0];
  for (const one of all) {
    batch.push(one);
    rows += one.series.date.length;
    if (rows < rowsOfGroup) continue;
    yield batch;
    [batch, rows] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

function schemaOf(interval: BarInterval, dialect: ColumnDialect): SchemaElement[] {
  const names = columnDialects[dialect];
  const required = { repetition_type: 'REQUIRED' } as const;
  const whole = (name: string): SchemaElement => ({ name, type: 'INT64', ...required });
  const text = (name: string): SchemaElement => ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', ...required });
  const moment: SchemaElement =
    interval === '1d'
      ? { name: names.date, type: 'INT32', converted_type: 'DATE', ...required }
      : {
          name: names.moment,
          type: 'INT64',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
          ...required,
        };
  const numbers = [names.open, names.high, names.low, names.close, names.volume].map(whole);
  const columns = [moment, ...numbers, text(names.code), text(names.name)];
  return [{ name: 'bars', num_children: columns.length }, ...columns];
}

function columnsOf(all: readonly NamedSeries[], interval: BarInterval, dialect: ColumnDialect) {
  const names = columnDialects[dialect];
  const whole = (name: string, column: 'open' | 'high' | 'low' | 'close' | 'volume') => ({
    name,
    data: all.flatMap(({ series }) => Array.from(series[column], BigInt)),
  });
  const text = (name: string, of: (one: NamedSeries) => string) => ({
    name,
    data: all.flatMap((one) => Array.from(one.series.date, () => of(one))),
  });
  const moments = ({ startsAtMs }: BarSeries) => Array.from(startsAtMs, (at) => new Date(at + seoulOffsetMs));
  return [
    { name: interval === '1d' ? names.date : names.moment, data: all.flatMap(({ series }) => moments(series)) },
    whole(names.open, 'open'),
    whole(names.high, 'high'),
    whole(names.low, 'low'),
    whole(names.close, 'close'),
    whole(names.volume, 'volume'),
    text(names.code, ({ series }) => symbolOf(series.instrument)),
    text(names.name, ({ name }) => name),
  ];
}
