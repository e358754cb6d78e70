interface Point {
  readonly date: number;
  readonly value: number;
}

export interface YearReturns {
  readonly year: number;
  /** January first; null for a month without a trading day. */
  readonly months: readonly (number | null)[];
  readonly whole: number;
}

/**
 * Returns by month and year as fractions: the last value against the last value before the month.
 *
 * @param points one per trading day, oldest first
 * @param start value before the first day
 */
export function monthReturns(points: readonly Point[], start: number): readonly YearReturns[] {
  const lastOfMonth = new Map<number, number>();
  for (const { date, value } of points) lastOfMonth.set(Math.floor(date / 100), value);
  const years = [...new Set(points.map(({ date }) => Math.floor(date / 10_000)))];
  let before = start;
  return years.map((year) => {
    const yearStart = before;
    const months = Array.from({ length: 12 }, (_, month) => {
      const last = lastOfMonth.get(year * 100 + month + 1);
      if (last === undefined) return null;
      const change = last / before - 1;
      before = last;
      return change;
    });
    return { year, months, whole: before / yearStart - 1 };
  });
}
