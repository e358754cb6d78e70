/**
 * `amount × bps / 10,000`, rounded down to whole won. Exact for every safe integer as long as the result is one: the whole
 * ten-thousands and the rest are multiplied apart.
 */
export function shareOf(amount: number, bps: number): number {
  const rest = amount % 10_000;
  return ((amount - rest) / 10_000) * bps + Math.floor((rest * bps) / 10_000);
}
