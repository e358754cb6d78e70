interface Point {
  readonly date: number;
  readonly value: number;
}

/** How far each day stands below the highest day before it, or below `start`, as a fraction: 0 or negative. */
export function drawdowns(points: readonly Point[], start = -Infinity): readonly Point[] {
  let peak = start;
  return points.map(({ date, value }) => {
    peak = Math.max(peak, value);
    return { date, value: peak <= 0 ? 0 : value / peak - 1 };
  });
}
