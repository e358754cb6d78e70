/** Returns of one year as fractions. */
export interface YearReturns {
  readonly year: number;
  /** Twelve; null for a month without a day. */
  readonly months: readonly (number | null)[];
  readonly wholeYear: number;
}

/** Month by month, each from the last value before the month to its last value; the first from `initialValue`. */
export function monthReturns(
  equity: readonly { readonly date: number; readonly value: number }[],
  initialValue: number,
): readonly YearReturns[] {
  const lastOfMonth = new Map<number, number>();
  let [month, last] = [NaN, initialValue];
  for (const { date, value } of equity) {
    const next = Math.trunc(date / 100);
    if (next !== month && !Number.isNaN(month)) lastOfMonth.set(month, last);
    [month, last] = [next, value];
  }
  if (!Number.isNaN(month)) lastOfMonth.set(month, last);
  const years = new Map<number, { months: (number | null)[]; start: number; end: number }>();
  let before = initialValue;
  for (const [yearMonth, value] of lastOfMonth) {
    const year = Math.trunc(yearMonth / 100);
    const entry = years.get(year) ?? { months: Array.from({ length: 12 }, () => null), start: before, end: before };
    years.set(year, entry);
    entry.months[(yearMonth % 100) - 1] = changeOf(before, value);
    entry.end = value;
    before = value;
  }
  return [...years].map(([year, { months, start, end }]) => ({ year, months, wholeYear: changeOf(start, end) }));
}

/** 0 from nothing: nothing is left that could move. */
function changeOf(before: number, after: number): number {
  return before === 0 ? 0 : after / before - 1;
}
