/** The value of an account after the close of a day, yyyymmdd. */
export interface DayValue {
  readonly date: number;
  readonly value: number;
}

/** The days that count, and the value before the first of them. */
export interface ValueRecord {
  readonly start: number;
  readonly days: readonly DayValue[];
}

/**
 * What counts of a record of values: the days from `tradableFrom` on, with the value of the day before as their start.
 *
 * @param tradableFrom first day on which an order could have been decided, yyyymmdd; 0 for all days
 */
export function recordFrom(initialCash: number, equity: readonly DayValue[], tradableFrom: number): ValueRecord {
  const found = equity.findIndex(({ date }) => date >= tradableFrom);
  const first = found === -1 ? equity.length : found;
  return { start: equity[first - 1]?.value ?? initialCash, days: equity.slice(first) };
}

/** One return a day; 0 after a day that ended with nothing, since nothing is left that could move. */
export function dailyReturns({ start, days }: ValueRecord): Float64Array {
  const returns = new Float64Array(days.length);
  let before = start;
  let row = 0;
  for (const { value } of days) {
    returns[row] = before === 0 ? 0 : value / before - 1;
    before = value;
    row += 1;
  }
  return returns;
}
