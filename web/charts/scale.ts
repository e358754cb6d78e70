/** A straight line from a span of values to a span of pixels. */
export function scale(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const [low, high] = from;
  const width = high - low;
  return (value) => (width === 0 ? (to[0] + to[1]) / 2 : to[0] + ((value - low) / width) * (to[1] - to[0]));
}

/** An SVG path through the points, in tenths of a pixel. */
export function path(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${tenth(x)} ${tenth(y)}`).join('');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
