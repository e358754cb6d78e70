import type { BarSeries } from '#domain/bar.ts';
import { rowAtOrAfter } from '../bars/timeline.ts';

/**
 * The day on which the clock of the figures starts: the first in the range on which some instrument has its warm-up bars
 * behind it. A strategy that asks earlier starts the clock with its first order, so that nothing it did is left out.
 *
 * @param orders what was asked for, oldest first
 * @returns yyyymmdd; `from` when no instrument ever has enough bars and nothing was asked
 */
export function tradableFrom(run: {
  readonly series: readonly BarSeries[];
  readonly warmUpBars: number;
  readonly from: number;
  readonly to: number;
  readonly orders: readonly { readonly date: number }[];
}): number {
  let first = run.orders[0]?.date ?? Infinity;
  for (const one of run.series) {
    const date = one.date[Math.max(rowAtOrAfter(one, run.from), run.warmUpBars)] ?? Infinity;
    if (date <= run.to) first = Math.min(first, date);
  }
  return Number.isFinite(first) ? first : run.from;
}
