import { invariant } from '#domain/invariant.ts';
import { placeOfBest, scoreOf, type Objective } from './objective.ts';
import type { Trial } from './trial.ts';
import { spanOf, walkOf, type WalkForward } from './walk-forward.ts';

export interface PurgedPlan {
  /** Equal parts of the record, each judged once; 2 or more. */
  readonly folds: number;
  /** Days left out before each judged part: as many as a position lasts or an indicator remembers. */
  readonly purgeDays: number;
  /** Days left out after it, beyond the purge, because what happened in it still echoes; 1 % of the record in the book. */
  readonly embargoDays: number;
}

/** Places in the list of days, ends not included; what is not judged, purged or under embargo is learnt from. */
export interface PurgedFold {
  readonly inSample: readonly { readonly start: number; readonly end: number }[];
  readonly outOfSample: { readonly start: number; readonly end: number };
}

/**
 * Cuts a record into folds of which each is judged on one part and learns from both sides of it, but for `purgeDays` on
 * either side and `embargoDays` more after it. What does not divide makes the last folds longer by one day.
 *
 * @throws {RangeError} fewer than two folds, negative days, or nothing left to learn from
 * @see López de Prado, Advances in Financial Machine Learning (2018), 7.4
 */
export function purgedFolds(days: number, { folds, purgeDays, embargoDays }: PurgedPlan): readonly PurgedFold[] {
  const isWhole = [folds, purgeDays, embargoDays].every(Number.isSafeInteger) && Math.min(purgeDays, embargoDays) >= 0;
  const longest = Math.ceil(days / folds);
  if (!isWhole || folds < 2 || days < folds * 2 || days - longest - 2 * purgeDays - embargoDays < longest) {
    const found = `${days} days in ${folds} parts with ${purgeDays} purged and ${embargoDays} under embargo`;
    throw new RangeError(`Cannot cut into purged folds: ${found}, wanted as many days to learn from as to judge`);
  }
  return Array.from({ length: folds }, (_, fold) => {
    const outOfSample = { start: Math.floor((fold * days) / folds), end: Math.floor(((fold + 1) * days) / folds) };
    const before = { start: 0, end: outOfSample.start - purgeDays };
    const after = { start: outOfSample.end + purgeDays + embargoDays, end: days };
    return { inSample: [before, after].filter(({ start, end }) => end > start), outOfSample };
  });
}

/**
 * Purged cross-validation of a search: for each fold the trial that is best on the days of `inSample` is judged on those
 * of `outOfSample`, both from one run over the whole record. Later days take part in choosing, so this asks whether the
 * choice holds elsewhere in the record, not whether it could have been made in time.
 *
 * @param options.returns one column a trial, one return a day, all as long as `dates`
 * @throws {RangeError} no trials, or a plan that `purgedFolds` refuses
 */
export function purgedValidation(options: {
  readonly trials: readonly Trial[];
  readonly returns: readonly Float64Array[];
  readonly dates: Int32Array;
  readonly plan: PurgedPlan;
  readonly objective: Objective;
}): WalkForward {
  const { trials, returns, dates, plan, objective } = options;
  if (trials.length === 0) throw new RangeError('Cannot cross-validate: no trials, wanted at least one');
  const judged = purgedFolds(dates.length, plan).map(({ inSample, outOfSample }) => {
    const best = placeOfBest(returns.map((column) => scoreOf(partsOf(column, inSample), objective)));
    const [trial, column] = [trials[best], returns[best]];
    invariant(trial !== undefined && column !== undefined, `${returns.length} columns of ${trials.length} trials`);
    return {
      inSample: inSample.map((part) => spanOf(dates, part)),
      outOfSample: spanOf(dates, outOfSample),
      parameters: trial.parameters,
      learnt: partsOf(column, inSample),
      judged: column.subarray(outOfSample.start, outOfSample.end),
      dates: dates.subarray(outOfSample.start, outOfSample.end),
    };
  });
  return walkOf('purged', objective, judged);
}

function partsOf(column: Float64Array, parts: PurgedFold['inSample']): Float64Array {
  const [first, second] = parts;
  if (second === undefined) return column.subarray(first?.start ?? 0, first?.end ?? 0);
  return Float64Array.from(parts.flatMap(({ start, end }) => [...column.subarray(start, end)]));
}
