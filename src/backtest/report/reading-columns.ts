import type { BarSeries } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Strategy } from '#strategy/strategy.ts';
import type { ReportColumn, ReportStudies } from './report-input.ts';

/** Columns that a report holds of one instrument at most, so that it stays small whatever a strategy looks at. */
const columnsMax = 6;

/** A strategy that is watched while it runs, and what it looked at then. */
export interface WatchedStrategy {
  /** Does what the given one does; to be run in its place, once. */
  readonly strategy: Strategy;
  /** After the run: what it told of each bar, instrument by instrument; empty where it tells nothing. */
  readonly studies: (series: readonly BarSeries[]) => readonly ReportStudies[];
}

/** Writes down the `readings` of a strategy on every bar it is shown, the first six names of each instrument. */
export function watchReadings(inner: Strategy): WatchedStrategy {
  const seen = new Map<InstrumentId, Map<string, Map<number, number>>>();
  const { name, instruments, interval, warmUpBars } = inner;
  const strategy: Strategy = {
    name,
    instruments,
    interval,
    warmUpBars,
    onBar: (context, instrument, bar, isWarmUp) => {
      inner.onBar(context, instrument, bar, isWarmUp);
      const columns = seen.get(instrument) ?? new Map<string, Map<number, number>>();
      seen.set(instrument, columns);
      for (const reading of inner.readings?.(instrument) ?? []) {
        const column = columns.get(reading.name) ?? new Map<number, number>();
        if (columns.size < columnsMax) columns.set(reading.name, column);
        column.set(bar.date, reading.value);
      }
    },
    onClose: (context, date) => inner.onClose?.(context, date),
    onOrder: (context, update) => inner.onOrder?.(context, update),
  };
  return {
    strategy,
    studies: (all) =>
      all.flatMap((series) => {
        const columns = [...(seen.get(series.instrument) ?? [])].map(([column, values]) =>
          columnOf(column, values, series),
        );
        return columns.length === 0 ? [] : [{ symbol: symbolOf(series.instrument), columns, checks: [] }];
      }),
  };
}

/** In won when every value lies between half the close and twice the close; only such a column is drawn over candles. */
function columnOf(name: string, byDate: ReadonlyMap<number, number>, series: BarSeries): ReportColumn {
  const values = Float64Array.from(series.date, (date) => byDate.get(date) ?? NaN);
  const isPrice = values.every((value, row) => {
    const close = series.close[row] ?? NaN;
    return !Number.isFinite(value) || (value > close / 2 && value < close * 2);
  });
  return { name, isPrice, values };
}
