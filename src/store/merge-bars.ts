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
  const picks = new Picks(old.date.length + fresh.date.length);
  let [changed, equal, oldRow] = [0, 0, 0];
  for (let row = 0; row < fresh.date.length; row += 1) {
    const start = fresh.startsAtMs[row] ?? 0;
    for (; startOf(old, oldRow) < start; oldRow += 1) picks.takeOld(oldRow);
    if (startOf(old, oldRow) === start) {
      if (isSameBar(old, oldRow, fresh, row)) equal += 1;
      else changed += 1;
      oldRow += 1;
    }
    picks.takeFresh(row);
  }
  for (; oldRow < old.date.length; oldRow += 1) picks.takeOld(oldRow);
  return { merged: gather(old, fresh, picks.rows), added: fresh.date.length - changed - equal, changed, equal };
}

/** Which row of which series stands where: of the old one as it is, of the fresh one below 0. Histories have millions. */
class Picks {
  readonly #rows: Int32Array;
  #count = 0;

  constructor(most: number) {
    this.#rows = new Int32Array(most);
  }

  takeOld(row: number): void {
    this.#rows[this.#count] = row;
    this.#count += 1;
  }

  takeFresh(row: number): void {
    this.#rows[this.#count] = -1 - row;
    this.#count += 1;
  }

  get rows(): Int32Array {
    return this.#rows.subarray(0, this.#count);
  }
}

/** Infinity past the end, so that nothing comes before it. */
function startOf(series: BarSeries, row: number): number {
  return series.startsAtMs[row] ?? Infinity;
}

function isSameBar(left: BarSeries, leftRow: number, right: BarSeries, rightRow: number): boolean {
  return columns.every((column) => left[column][leftRow] === right[column][rightRow]);
}

function gather(old: BarSeries, fresh: BarSeries, rows: Int32Array): BarSeries {
  const column = (name: 'startsAtMs' | (typeof columns)[number]): Float64Array => {
    const into = new Float64Array(rows.length);
    fill(into, old[name], fresh[name], rows);
    return into;
  };
  const date = new Int32Array(rows.length);
  fill(date, old.date, fresh.date, rows);
  return {
    instrument: fresh.instrument,
    interval: fresh.interval,
    date,
    startsAtMs: column('startsAtMs'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

function fill<Column extends Int32Array | Float64Array>(
  into: Column,
  old: Column,
  fresh: Column,
  rows: Int32Array,
): void {
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0;
    into[place] = (row < 0 ? fresh[-1 - row] : old[row]) ?? 0;
  }
}
