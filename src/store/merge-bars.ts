import type { BarSeries } from '#domain/bar.ts';

export interface MergeCounts {
  /** Bars that were not there. */
  readonly added: number;
  /** Bars that were there with other numbers and were replaced: later adjustments, corrections. */
  readonly changed: number;
  /** Bars that were there with the same numbers. */
  readonly equal: number;
}

const columns = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Both series as one, in order of their starts; where both have a bar, `fresh` wins. `old` is null when there is none. */
export function mergeBars(old: BarSeries | null, fresh: BarSeries): MergeCounts & { readonly merged: BarSeries } {
  if (old === null) return { merged: fresh, added: fresh.date.length, changed: 0, equal: 0 };
  const picks: { readonly from: BarSeries; readonly row: number }[] = [];
  let [changed, equal, oldRow] = [0, 0, 0];
  for (let row = 0; row < fresh.date.length; row += 1) {
    const start = fresh.startsAtMs[row] ?? 0;
    for (; startOf(old, oldRow) < start; oldRow += 1) picks.push({ from: old, row: oldRow });
    if (startOf(old, oldRow) === start) {
      if (isSameBar(old, oldRow, fresh, row)) equal += 1;
      else changed += 1;
      oldRow += 1;
    }
    picks.push({ from: fresh, row });
  }
  for (; oldRow < old.date.length; oldRow += 1) picks.push({ from: old, row: oldRow });
  return { merged: gather(fresh, picks), added: fresh.date.length - changed - equal, changed, equal };
}

/** Infinity past the end, so that nothing comes before it. */
function startOf(series: BarSeries, row: number): number {
  return series.startsAtMs[row] ?? Infinity;
}

function isSameBar(left: BarSeries, leftRow: number, right: BarSeries, rightRow: number): boolean {
  return columns.every((column) => left[column][leftRow] === right[column][rightRow]);
}

function gather(like: BarSeries, picks: readonly { readonly from: BarSeries; readonly row: number }[]): BarSeries {
  const column = (name: 'startsAtMs' | (typeof columns)[number]) =>
    Float64Array.from(picks, (pick) => pick.from[name][pick.row] ?? 0);
  return {
    instrument: like.instrument,
    interval: like.interval,
    date: Int32Array.from(picks, (pick) => pick.from.date[pick.row] ?? 0),
    startsAtMs: column('startsAtMs'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}
