/** Days of one fold as places in a list of days, `end` not included. */
export interface Fold {
  readonly inSample: { readonly start: number; readonly end: number };
  readonly outOfSample: { readonly start: number; readonly end: number };
}

export interface WalkForwardPlan {
  /** `rolling` forgets the oldest days as it goes on, `anchored` keeps all since the first. */
  readonly kind: 'rolling' | 'anchored';
  /** Days of the first in-sample part. */
  readonly inSampleDays: number;
  readonly outOfSampleDays: number;
  /**
   * Days left out between the parts, so that a position or an indicator of the one does not reach into the other; 0 for
   * none.
   */
  readonly purgeDays: number;
}

/**
 * Cuts a record of `days` into folds, oldest first: each optimises on its in-sample days and is judged on those that
 * follow. Every day after the first in-sample part and its purge is judged exactly once; a last fold may be shorter, but
 * not below half.
 *
 * @throws {RangeError} parts below one day, or a record too short for one fold
 */
export function walkForwardFolds(days: number, plan: WalkForwardPlan): readonly Fold[] {
  const { kind, inSampleDays, outOfSampleDays, purgeDays } = plan;
  const lengths = [inSampleDays, outOfSampleDays, purgeDays + 1];
  if (!lengths.every((length) => Number.isSafeInteger(length) && length >= 1)) {
    throw new RangeError(`Cannot walk forward: parts of ${lengths.join(', ')} days, wanted whole days of 1 or more`);
  }
  const folds: Fold[] = [];
  for (let start = inSampleDays + purgeDays; start < days; start += outOfSampleDays) {
    const end = Math.min(days, start + outOfSampleDays);
    if ((end - start) * 2 < outOfSampleDays) break;
    const inSampleEnd = start - purgeDays;
    const inSampleStart = kind === 'anchored' ? 0 : inSampleEnd - inSampleDays;
    folds.push({ inSample: { start: inSampleStart, end: inSampleEnd }, outOfSample: { start, end } });
  }
  if (folds.length > 0) return folds;
  const wanted = inSampleDays + purgeDays + Math.ceil(outOfSampleDays / 2);
  throw new RangeError(`Cannot walk forward: a record of ${days} days, wanted at least ${wanted}`);
}
