import type { BarSeries } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Strategy, StrategyCheck, StrategyCheckSide } from '#strategy/strategy.ts';
import type { ReportColumn, ReportStudies, ReportToldCheck } from './report-input.ts';
import type { ReportLanguage } from './report-texts.ts';

/** Columns that a report holds of one instrument at most, so that it stays small whatever a strategy looks at. */
const columnsMax = 6;
/** Conditions of one instrument at most, the first: each takes a sign a day. */
const checksMax = 12;

/** A strategy that is watched while it runs, and what it looked at then. */
export interface WatchedStrategy {
  /** Does what the given one does; to be run in its place, once. */
  readonly strategy: Strategy;
  /** After the run: what it told of each bar, instrument by instrument; empty where it tells nothing. */
  readonly studies: (series: readonly BarSeries[]) => readonly ReportStudies[];
}

type ByDate = Map<number, number>;

/** What was seen of one instrument. */
interface Seen {
  readonly columns: Map<string, ByDate>;
  /** By place among the strategy's conditions. */
  readonly checks: { readonly check: StrategyCheck; readonly held: ByDate }[];
}

/**
 * Writes down what a strategy tells of every bar it is shown: its conditions with the numbers on both sides, or its
 * readings where it has no conditions; the first six numbers and twelve conditions of each instrument.
 */
export function watchReadings(inner: Strategy, language: ReportLanguage): WatchedStrategy {
  const seen = new Map<InstrumentId, Seen>();
  const { name, instruments, interval, warmUpBars } = inner;
  const strategy: Strategy = {
    name,
    instruments,
    interval,
    warmUpBars,
    onBar: (context, instrument, bar, isWarmUp) => {
      inner.onBar(context, instrument, bar, isWarmUp);
      const own = seen.get(instrument) ?? { columns: new Map<string, ByDate>(), checks: [] };
      seen.set(instrument, own);
      const checks = inner.checks?.(instrument) ?? [];
      for (const [place, check] of checks.slice(0, checksMax).entries())
        keepCheck(own, { place, check }, bar.date, language);
      if (checks.length > 0) return;
      for (const reading of inner.readings?.(instrument) ?? []) keep(own, reading.name, bar.date, reading.value);
    },
    onClose: (context, date) => inner.onClose?.(context, date),
    onOrder: (context, update) => inner.onOrder?.(context, update),
  };
  return {
    strategy,
    studies: (all) => all.flatMap((series) => studiesOf(series, seen.get(series.instrument), language)),
  };
}

function keep({ columns }: Seen, name: string, date: number, value: number): void {
  const column = columns.get(name) ?? new Map<number, number>();
  if (columns.size < columnsMax) columns.set(name, column);
  column.set(date, value);
}

function keepCheck(
  own: Seen,
  { place, check }: { readonly place: number; readonly check: StrategyCheck },
  date: number,
  language: ReportLanguage,
): void {
  for (const { name, value } of [check.left, check.right]) {
    if (name !== null) keep(own, name[language], date, value);
  }
  own.checks[place] ??= { check, held: new Map() };
  const isKnown = Number.isFinite(check.left.value) && Number.isFinite(check.right.value);
  own.checks[place].held.set(date, isKnown ? Number(check.holds) : NaN);
}

function studiesOf(series: BarSeries, own: Seen | undefined, language: ReportLanguage): readonly ReportStudies[] {
  if (own === undefined || own.columns.size + own.checks.length === 0) return [];
  const names = [...own.columns.keys()];
  const columns = [...own.columns].map(([name, values]) => columnOf(name, values, series));
  const placeOf = ({ name }: StrategyCheckSide): readonly number[] => {
    const place = name === null ? -1 : names.indexOf(name[language]);
    return place === -1 ? [] : [place];
  };
  const checks = own.checks.map(({ check, held }): ReportToldCheck => ({
    side: check.side,
    rule: check.rule[language],
    relation: 'told',
    text: check.text[language],
    columns: [...placeOf(check.left), ...placeOf(check.right)],
    held: Float64Array.from(series.date, (date) => held.get(date) ?? NaN),
  }));
  return [{ symbol: symbolOf(series.instrument), columns, checks }];
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
