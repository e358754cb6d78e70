import { symbolOf } from '#domain/instrument.ts';
import type { BacktestResult, BacktestTrade } from '../result.ts';
import { daysFromMinutes } from './minute-days.ts';
import type { ReportOptions } from './report-input.ts';

/** Bars of all instruments that a report holds: six of twenty years. What trades most comes first. */
const barsMax = 30_000;
/** Orders, and as many notes, that a report holds, the newest. */
const decisionsMax = 5_000;
/** Executions that candles and reasons have, the newest; the JSON has all. */
const tradesMax = 10_000;

/**
 * Options with only as many bars as a report may hold, of the instruments that traded most, each whole or not at all, so
 * that a run over a hundred instruments still makes a page that opens. Minute bars become bars of days; what else is shown of
 * them says `minuteDaysOf`. What a strategy looked at is kept of days alone.
 */
export function withinBounds(result: BacktestResult, options: ReportOptions): ReportOptions {
  const counts = new Map<string, number>();
  for (const { symbol } of result.trades) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  const traded = (symbol: string): number => counts.get(symbol) ?? 0;
  const days = (options.series ?? []).map((series) => (series.interval === '1d' ? series : daysFromMinutes(series)));
  const daily = days.toSorted((left, right) => traded(symbolOf(right.instrument)) - traded(symbolOf(left.instrument)));
  let rows = 0;
  const kept = new Set(
    daily.filter((series) => {
      if (rows + series.date.length > barsMax) return false;
      rows += series.date.length;
      return true;
    }),
  );
  const { studies, ...others } = options;
  const series = days.filter((one) => kept.has(one));
  return { ...others, series, ...(studies === undefined || isOfMinutes(options) ? {} : { studies }) };
}

function isOfMinutes({ series = [] }: ReportOptions): boolean {
  return series.some(({ interval }) => interval === '1m');
}

/** The newest decisions, and the day from which on they are all there; 0 when none had to be left out. */
export function newestDecisions<Item extends { readonly date: number }>(
  items: readonly Item[],
): { readonly kept: readonly Item[]; readonly since: number } {
  return newest(items, decisionsMax);
}

/** The newest trades as `newestDecisions` gives decisions, and those before them, which say what was held by then. */
export function newestTrades(trades: readonly BacktestTrade[]): {
  readonly kept: readonly BacktestTrade[];
  readonly before: readonly BacktestTrade[];
  readonly since: number;
} {
  const { kept, since } = newest(trades, tradesMax);
  return { kept, since, before: trades.slice(0, trades.length - kept.length) };
}

function newest<Item extends { readonly date: number }>(
  items: readonly Item[],
  max: number,
): { readonly kept: readonly Item[]; readonly since: number } {
  if (items.length <= max) return { kept: items, since: 0 };
  // A day is kept whole or not at all.
  const cut = items.at(-max - 1)?.date ?? 0;
  return { kept: items.filter(({ date }) => date > cut), since: cut + 1 };
}
