import { Random } from '#domain/random.ts';
import { drawBlocks, type DrawnBlock } from './stationary-bootstrap.ts';

export interface SuperiorAbility {
  /**
   * White's p-value: how often the best of worthless trials would look at least as good as ours. Every trial counts as
   * having just no worth, so bad ones in the search raise it.
   */
  readonly realityCheck: number;
  /** Hansen's consistent p-value: means in units of their own error, and trials far below nothing set aside. */
  readonly superiorAbility: number;
}

/**
 * White's reality check and Hansen's test of superior predictive ability, both by the stationary bootstrap, against a
 * benchmark that earns nothing; for another benchmark subtract its returns first.
 *
 * With d̄ₖ the mean daily return of trial k over n days and d̄ₖ* the mean of a re-drawn history:
 * White compares V = maxₖ √n·d̄ₖ with maxₖ √n·(d̄ₖ* − d̄ₖ). Hansen compares T = max(0, maxₖ √n·d̄ₖ/ωₖ) with
 * max(0, maxₖ √n·(d̄ₖ* − gₖ)/ωₖ), where ωₖ² is the variance of √n·d̄ₖ* over the histories and gₖ = d̄ₖ, or 0 when
 * √n·d̄ₖ/ωₖ < −√(2·ln ln n). A p-value is the share of histories that reach the record; trials that never vary count in
 * White's test only. Costs trials × draws × days ÷ meanBlock.
 *
 * @param options.returns one column a trial, one return a day, all of equal length
 * @throws {RangeError} no trials, columns of different lengths, fewer than 3 days, or no draws
 * @see White, A Reality Check for Data Snooping (2000); Hansen, A Test for Superior Predictive Ability (2005), 2.3 and 3
 */
export function superiorAbility(options: {
  readonly returns: readonly Float64Array[];
  readonly meanBlock: number;
  readonly draws: number;
  readonly seed: number;
}): SuperiorAbility {
  const { returns, draws, meanBlock } = options;
  const days = returns[0]?.length ?? 0;
  if (days < 3 || draws < 1 || returns.some((column) => column.length !== days)) {
    const found = `${returns.length} trials of ${days} days, ${draws} draws`;
    throw new RangeError(`Cannot test superior ability: ${found}, wanted equal columns of 3 days or more and 1 draw`);
  }
  const random = new Random(options.seed);
  const histories = Array.from({ length: draws }, () => drawBlocks(random, days, meanBlock));
  return judged(
    returns.map((column) => trialOf(column, histories)),
    days,
    draws,
  );
}

interface DrawnTrial {
  readonly mean: number;
  /** Of each history. */
  readonly means: Float64Array;
  /** Standard deviation of √n times those means. */
  readonly error: number;
}

function judged(trials: readonly DrawnTrial[], days: number, draws: number): SuperiorAbility {
  const root = Math.sqrt(days);
  const negligible = -Math.sqrt(2 * Math.log(Math.log(days)));
  let [white, hansen] = [-Infinity, 0];
  const [drawnWhite, drawnHansen] = [new Float64Array(draws).fill(-Infinity), new Float64Array(draws)];
  for (const { mean, means, error } of trials) {
    white = Math.max(white, root * mean);
    const score = error > 0 ? (root * mean) / error : 0;
    hansen = Math.max(hansen, score);
    const centre = score < negligible ? 0 : mean;
    for (let draw = 0; draw < draws; draw += 1) {
      const drawn = means[draw] ?? 0;
      drawnWhite[draw] = Math.max(drawnWhite[draw] ?? 0, root * (drawn - mean));
      if (error > 0) drawnHansen[draw] = Math.max(drawnHansen[draw] ?? 0, (root * (drawn - centre)) / error);
    }
  }
  return { realityCheck: shareReaching(drawnWhite, white), superiorAbility: shareReaching(drawnHansen, hansen) };
}

function shareReaching(drawn: Float64Array, wanted: number): number {
  return drawn.filter((value) => value >= wanted).length / drawn.length;
}

/** Means of the histories from running sums over the record twice, so that a block costs one subtraction. */
function trialOf(column: Float64Array, histories: readonly (readonly DrawnBlock[])[]): DrawnTrial {
  const days = column.length;
  const sums = new Float64Array(days * 2 + 1);
  for (let day = 0; day < days * 2; day += 1) sums[day + 1] = (sums[day] ?? 0) + (column[day % days] ?? 0);
  const means = new Float64Array(histories.length);
  for (const [draw, blocks] of histories.entries()) {
    let sum = 0;
    for (const { start, length } of blocks) sum += (sums[start + length] ?? 0) - (sums[start] ?? 0);
    means[draw] = sum / days;
  }
  const mean = (sums[days] ?? 0) / days;
  return { mean, means, error: spreadOf(means) * Math.sqrt(days) };
}

/** Standard deviation around the means' own mean; what rounding leaves of equal means is none. */
function spreadOf(means: Float64Array): number {
  let sum = 0;
  for (const value of means) sum += value;
  const middle = sum / means.length;
  let squares = 0;
  for (const value of means) squares += (value - middle) ** 2;
  const spread = Math.sqrt(squares / means.length);
  return spread <= Math.abs(middle) * 1e-9 ? 0 : spread;
}
