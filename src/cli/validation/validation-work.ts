import type { DaySpan } from '#backtest/validation/trial.ts';
import type { ValidationPlan } from '#backtest/validation/validate.ts';
import { walkForwardFolds, type Fold } from '#backtest/validation/walk-forward-windows.ts';
import type { BarSeries } from '#domain/bar.ts';

/**
 * How far a validation is, by the days that its runs go through: one over thirty years takes fifteen times as long as one
 * over the two years of a fold, so that counting runs would promise hours at first and minutes in the end.
 */
export class ValidationWork {
  readonly #days: readonly number[];
  readonly #wanted: number;
  #done = 0;

  /** @param portfolios accounts that each trial is run on */
  constructor(what: {
    readonly series: readonly BarSeries[];
    readonly span: DaySpan;
    readonly plan: ValidationPlan;
    readonly trials: number;
    readonly portfolios: number;
  }) {
    this.#days = longestOf(what.series);
    this.#wanted = what.portfolios * wantedDays(this.#daysIn(what.span), what.plan, what.trials);
  }

  /** @returns the share done with these runs over a span too, 0 to 1; a guess where series begin on different days */
  share(runs: number, span: DaySpan): number {
    this.#done += runs * this.#daysIn(span);
    return Math.min(1, this.#done / this.#wanted);
  }

  #daysIn({ from, to }: DaySpan): number {
    return this.#days.filter((day) => day >= from && day <= to).length;
  }
}

function longestOf(series: readonly BarSeries[]): readonly number[] {
  const days = series.map(({ date }) => [...new Set(date)]);
  return days.reduce((longest, one) => (one.length > longest.length ? one : longest), []);
}

/** Every trial over the record and over what each fold learns from; the best over the record again, and over each unseen part. */
function wantedDays(days: number, plan: ValidationPlan, trials: number): number {
  return foldsOf(days, plan).reduce(
    (sum, { inSample, outOfSample }) =>
      sum + trials * (inSample.end - inSample.start) + (outOfSample.end - outOfSample.start),
    (trials + 1) * days,
  );
}

function foldsOf(days: number, plan: ValidationPlan): readonly Fold[] {
  // Those cut the returns of the one long run, and run nothing.
  if (plan.kind === 'purged') return [];
  try {
    return walkForwardFolds(days, plan);
  } catch (error) {
    // A record too short for its plan is refused by the validation itself, once the long runs are through.
    if (error instanceof RangeError) return [];
    throw error;
  }
}
