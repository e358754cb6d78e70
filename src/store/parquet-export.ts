import { parquetWriteBuffer } from 'hyparquet-writer';
import { symbolOf } from '#domain/instrument.ts';
import type { NamedSeries } from './bar-store.ts';
import { columnDialects, type ColumnDialect } from './column-names.ts';

const seoulOffsetMs = 9 * 3_600_000;

/**
 * Daily bars of any number of instruments as one Parquet file, one row a bar: the day as DATE, prices and volumes as
 * INT64, code and name as text, Snappy. `readParquetBars` reads it back equal, pandas and polars as what it says.
 */
export function parquetBytes(all: readonly NamedSeries[], dialect: ColumnDialect = 'snowball'): Uint8Array {
  const names = columnDialects[dialect];
  const whole = (name: string, column: 'open' | 'high' | 'low' | 'close' | 'volume') => ({
    name,
    data: all.flatMap(({ series }) => Array.from(series[column], BigInt)),
  });
  const text = (name: string, of: (one: NamedSeries) => string) => ({
    name,
    data: all.flatMap((one) => Array.from(one.series.date, () => of(one))),
  });
  const days = all.flatMap(({ series }) => Array.from(series.startsAtMs, (at) => new Date(at + seoulOffsetMs)));
  const columnData = [
    { name: names.date, data: days },
    whole(names.open, 'open'),
    whole(names.high, 'high'),
    whole(names.low, 'low'),
    whole(names.close, 'close'),
    whole(names.volume, 'volume'),
    text(names.code, ({ series }) => symbolOf(series.instrument)),
    text(names.name, ({ name }) => name),
  ];
  const required = { repetition_type: 'REQUIRED' } as const;
  const buffer = parquetWriteBuffer({
    columnData,
    schema: [
      { name: 'bars', num_children: columnData.length },
      { name: names.date, type: 'INT32', converted_type: 'DATE', ...required },
      ...columnData.slice(1, 6).map(({ name }) => ({ name, type: 'INT64' as const, ...required })),
      ...columnData
        .slice(6)
        .map(({ name }) => ({ name, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const, ...required })),
    ],
    rowGroupSize: 100_000,
  });
  return new Uint8Array(buffer);
}
