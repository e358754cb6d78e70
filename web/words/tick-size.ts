/** Below each price the step that KRX has asked for since 2023-01-25; stocks of all markets. */
const steps: readonly (readonly [below: number, tick: number])[] = [
  [2_000, 1],
  [5_000, 5],
  [20_000, 10],
  [50_000, 50],
  [200_000, 100],
  [500_000, 500],
];
const highest = 1_000;

/** ETF and ETN since 2023-12-11. */
const fundSteps: readonly (readonly [below: number, tick: number])[] = [[2_000, 1]];
const fundHighest = 5;

/**
 * The step of the price buttons, in won. Only a help for the fingers: whether a price is allowed is the guard's to say.
 *
 * @see specs/krx-rules.md, tick tables
 */
export function tickSizeOf(price: number, isFund = false): number {
  const table = isFund ? fundSteps : steps;
  return table.find(([below]) => price < below)?.[1] ?? (isFund ? fundHighest : highest);
}
