/** Dollars in each account at its first start, in 1/10,000 dollar: 10,000 dollars. */
export const usCashDefault = 100_000_000;

/** Won for one dollar in 1/10,000 won; the simulated rate never moves. */
export const simulatedRate = 14_000_000;

/** Commission of 0.25 % of the value, cut off to whole cents; the simulator knows no other cost abroad. */
export function usCommission(value: number): number {
  return Math.floor((value * 25) / 10_000 / 100) * 100;
}

/** Won of an amount in 1/10,000 dollar at the simulated rate, cut off toward zero. */
export function wonAtRate(amount: number): number {
  return Math.trunc((amount * (simulatedRate / 10_000)) / 10_000);
}
