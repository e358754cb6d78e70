const billion = 1_000_000_000;

/**
 * `portionOfWon` without its checks and, while the product is exact, without big integers: `amount × ratePpb / 10^9`, cut
 * off to whole won.
 *
 * @param amount whole won, 0 or more
 * @param ratePpb whole parts per billion, 0 or more
 */
export function portion(amount: number, ratePpb: number): number {
  const product = amount * ratePpb;
  if (product > Number.MAX_SAFE_INTEGER) return Number((BigInt(amount) * BigInt(ratePpb)) / BigInt(billion));
  // Below 2^53 a quotient that is not whole lies further from the next whole number than a double's rounding can move it,
  // so that rounding down the division is exact; the remainder operator costs ten times as much.
  return Math.floor(product / billion);
}

/** `amount × part / whole`, cut off to whole won; `whole` is 1 or more. */
export function proportion(amount: number, part: number, whole: number): number {
  const product = amount * part;
  if (product > Number.MAX_SAFE_INTEGER) return Number((BigInt(amount) * BigInt(part)) / BigInt(whole));
  return Math.floor(product / whole);
}
