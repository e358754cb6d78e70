import type { BarSeries } from '#domain/bar.ts';
import { pickedBars } from '#domain/picked-bars.ts';
import { closeOfDay, type IndexCloses } from '#strategy/rules/index-closes.ts';
import { RuleColumns } from '#strategy/rules/rule-columns.ts';

/** The bars on which somebody traded, which are all that rules see; the series itself where that is every one. */
export function tradedBars(series: BarSeries): BarSeries {
  if (!hasIdleBar(series.volume)) return series;
  const rows: number[] = [];
  for (const [row, shares] of series.volume.entries()) if (shares > 0) rows.push(row);
  return pickedBars(series, rows);
}

function hasIdleBar(volume: Float64Array): boolean {
  let least = Infinity;
  for (let row = 0; row < volume.length; row += 1) least = Math.min(least, volume[row] ?? 0);
  return least <= 0;
}

/** Rules over the columns of a series, and over the index's close of each bar's day where there is an index. */
export function ruleColumnsOf({ date, open, high, low, close, volume }: BarSeries, index?: IndexCloses): RuleColumns {
  if (index === undefined) return new RuleColumns({ open, high, low, close, volume });
  const benchmark = Float64Array.from(date, closeOfDay(index));
  return new RuleColumns({ open, high, low, close, volume, benchmark });
}
