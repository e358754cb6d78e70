/** A safe integer that is not −0, which no parser of ours makes. */
export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** A whole number, 0 or more. */
export function isCount(value: unknown): value is number {
  return isWhole(value) && value >= 0;
}

/** A whole number above 0. */
export function isPositive(value: unknown): value is number {
  return isWhole(value) && value > 0;
}

/** How many of the answers are no. */
export function countOfNo(answers: readonly boolean[]): number {
  let count = 0;
  for (const isGood of answers) if (!isGood) count += 1;
  return count;
}
