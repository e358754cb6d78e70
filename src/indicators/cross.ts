/** Two lines at one bar. */
export interface LinePair {
  readonly left: number;
  readonly right: number;
}

/**
 * True when `left` was at or below `right` on the bar before and is above it now. A touch followed by a rise counts.
 * False while any of the four values is NaN.
 */
export function crossedAbove(before: LinePair, now: LinePair): boolean {
  return before.left <= before.right && now.left > now.right;
}

/** The mirror of `crossedAbove`: at or above before, below now; false while any value is NaN. */
export function crossedBelow(before: LinePair, now: LinePair): boolean {
  return before.left >= before.right && now.left < now.right;
}
