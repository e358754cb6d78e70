/** A value that its formula keeps between two ends, and that rounding may put past one of them by its last bit; NaN as it is. */
export function within(least: number, most: number, value: number): number {
  return Math.min(most, Math.max(least, value));
}
