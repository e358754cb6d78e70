/** One combination of parameters out of a search. */
export interface Trial {
  readonly parameters: Readonly<Record<string, number>>;
  /** Place on each axis of the grid, from 0. */
  readonly places: readonly number[];
}

/** First and last day, yyyymmdd, both included. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** What one trial came to over a span. */
export interface TrialRecord {
  readonly initialCash: number;
  /** Every trading day of the span, yyyymmdd; the same for every trial of one span. */
  readonly dates: Int32Array;
  /** Won after the close of each of them. */
  readonly values: Float64Array;
}

/**
 * Runs trials over a span, each on an account of its own that begins with cash alone, and answers in their order. The
 * same trials and span give the same answer; a day after the span changes nothing. Null is a trial whose parameters make no
 * strategy, whatever the span.
 */
export type RunTrials = (trials: readonly Trial[], span: DaySpan) => Awaitable<readonly (TrialRecord | null)[]>;

/** Now, or when other threads and processes are done. */
export type Awaitable<T> = T | Promise<T>;

/**
 * Results of a trial's closed round trips over a span, in won, in the order of their ends; what is still held at the end
 * is part of none.
 */
export type ClosedProfits = (trial: Trial, span: DaySpan) => Awaitable<readonly number[]>;

/** One return a day, as fractions, the first from the starting cash. An account that came to nothing stays there. */
export function returnsOf({ initialCash, values }: TrialRecord): Float64Array {
  const returns = new Float64Array(values.length);
  let before = initialCash;
  for (let day = 0; day < values.length; day += 1) {
    const value = values[day] ?? before;
    returns[day] = before > 0 ? value / before - 1 : 0;
    before = value;
  }
  return returns;
}
