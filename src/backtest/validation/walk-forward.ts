import { invariant } from '#domain/invariant.ts';
import { annualRate, compounded, placeOfBest, scoreOf, type Objective } from './objective.ts';
import { returnsOf, type DaySpan, type RunTrials, type Trial, type TrialRecord } from './trial.ts';
import { walkForwardFolds, type WalkForwardPlan } from './walk-forward-windows.ts';

/** One optimisation and what its optimum did in the days that it had not seen. Rates and returns are fractions. */
export interface WalkForwardFold {
  /** Two spans when the days of the optimisation lie on both sides (purged folds), else one. */
  readonly inSample: readonly DaySpan[];
  readonly outOfSample: DaySpan;
  readonly parameters: Readonly<Record<string, number>>;
  readonly inSampleScore: number;
  readonly outOfSampleScore: number;
  readonly inSampleAnnual: number | null;
  readonly outOfSampleAnnual: number | null;
  readonly outOfSampleReturn: number;
}

export interface WalkForward {
  readonly kind: 'rolling' | 'anchored' | 'purged';
  readonly folds: readonly WalkForwardFold[];
  /** The out-of-sample days one after another, from 1 on; each fold goes on with what the one before left. */
  readonly equity: readonly { readonly date: number; readonly value: number }[];
  /**
   * Yearly rate of the out-of-sample days over the mean yearly rate of the optimisations, by their days; 1 keeps all that
   * the optimisation promised. Null when the optimisations themselves made nothing.
   *
   * @see Pardo, The Evaluation and Optimization of Trading Strategies (2008), ch. 11
   */
  readonly efficiency: number | null;
  /** Share of folds that made money out of sample. */
  readonly winningFolds: number;
  readonly outOfSampleAnnual: number | null;
  readonly outOfSampleSharpe: number;
  /** Deepest fall of `equity`, 0 or negative. */
  readonly outOfSampleDrawdown: number;
}

/**
 * Walks forward: optimises on the days of each fold, then runs the optimum alone over the days that follow.
 *
 * Each run begins with cash alone and is warmed up by the bars before it, as any backtest. What an out-of-sample part
 * still holds on its last day counts at that day's close and is not sold: the walk saves that one exit a fold. Of trials
 * with equal scores the first wins.
 *
 * @param options.trials those that make a strategy
 * @param options.dates the trading days of the record, oldest first, yyyymmdd
 * @throws {RangeError} no trials, or a plan that `walkForwardFolds` refuses
 */
export async function walkForward(options: {
  readonly trials: readonly Trial[];
  readonly runTrials: RunTrials;
  readonly dates: Int32Array;
  readonly plan: WalkForwardPlan;
  readonly objective: Objective;
}): Promise<WalkForward> {
  const { trials, dates, plan, objective } = options;
  if (trials.length === 0) throw new RangeError('Cannot walk forward: no trials, wanted at least one');
  const windows = walkForwardFolds(dates.length, plan);
  const judged: JudgedFold[] = [];
  for (const { inSample, outOfSample } of windows) {
    const learning = spanOf(dates, inSample);
    const records = (await options.runTrials(trials, learning)).map(ranReturns);
    const best = placeOfBest(records.map((returns) => scoreOf(returns, objective)));
    const [trial, learnt] = [trials[best], records[best]];
    invariant(trial !== undefined && learnt !== undefined, `${records.length} runs of ${trials.length} trials`);
    const judging = spanOf(dates, outOfSample);
    const [run] = await options.runTrials([trial], judging);
    const place = { inSample: [learning], outOfSample: judging, parameters: trial.parameters };
    judged.push({ ...place, learnt, judged: ranReturns(run), dates: run?.dates ?? new Int32Array(0) });
  }
  return walkOf(plan.kind, objective, judged);
}

function ranReturns(record: TrialRecord | null | undefined): Float64Array {
  invariant(record !== null && record !== undefined, 'a trial that ran over the whole record runs over a part of it');
  return returnsOf(record);
}

/** One fold with the daily returns of both of its parts. */
export interface JudgedFold {
  readonly inSample: readonly DaySpan[];
  readonly outOfSample: DaySpan;
  readonly parameters: Readonly<Record<string, number>>;
  readonly learnt: Float64Array;
  readonly judged: Float64Array;
  /** One a judged day. */
  readonly dates: Int32Array;
}

/** Puts judged folds together, in the order of their out-of-sample days. */
export function walkOf(kind: WalkForward['kind'], objective: Objective, judged: readonly JudgedFold[]): WalkForward {
  const folds = judged.map((fold) => foldOf(fold, objective));
  const returns = Float64Array.from(judged.flatMap((fold) => [...fold.judged]));
  const dates = judged.flatMap((fold) => [...fold.dates]);
  const outOfSampleAnnual = annualRate(returns);
  const promised = meanRate(judged);
  let value = 1;
  return {
    kind,
    folds,
    equity: dates.map((date, day) => ({ date, value: (value *= 1 + (returns[day] ?? 0)) })),
    efficiency: promised > 0 && outOfSampleAnnual !== null ? outOfSampleAnnual / promised : null,
    winningFolds: folds.length === 0 ? 0 : folds.filter((fold) => fold.outOfSampleReturn > 0).length / folds.length,
    outOfSampleAnnual,
    outOfSampleSharpe: scoreOf(returns, 'sharpe'),
    outOfSampleDrawdown: compounded(returns).deepest,
  };
}

function foldOf(fold: JudgedFold, objective: Objective): WalkForwardFold {
  const { inSample, outOfSample, parameters, learnt, judged } = fold;
  return {
    inSample,
    outOfSample,
    parameters,
    inSampleScore: scoreOf(learnt, objective),
    outOfSampleScore: scoreOf(judged, objective),
    inSampleAnnual: annualRate(learnt),
    outOfSampleAnnual: annualRate(judged),
    outOfSampleReturn: compounded(judged).total,
  };
}

/** Mean yearly rate of the optimisations, each counting by its days. */
function meanRate(folds: readonly JudgedFold[]): number {
  let [sum, days] = [0, 0];
  for (const { learnt } of folds) {
    sum += (annualRate(learnt) ?? 0) * learnt.length;
    days += learnt.length;
  }
  return days === 0 ? 0 : sum / days;
}

/** The days from `start` up to `end`, `end` not included, as a span. */
export function spanOf(dates: Int32Array, { start, end }: { readonly start: number; readonly end: number }): DaySpan {
  const [from, to] = [dates[start], dates[end - 1]];
  invariant(from !== undefined && to !== undefined, `days ${start} to ${end} of ${dates.length}`);
  return { from, to };
}
