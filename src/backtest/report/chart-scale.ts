import { coordinate } from './markup.ts';

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** Least and greatest of the finite values; 0 to 0 of none. */
export function extentOf(values: readonly (number | null)[]): Extent {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return low > high ? { low: 0, high: 0 } : { low, high };
}

/** From a value to a vertical coordinate: the low end at `bottom`, the high end at `top`. */
export function scaleOf({ low, high }: Extent, top: number, bottom: number): (value: number) => number {
  const range = high - low === 0 ? 1 : high - low;
  return (value) => bottom - ((value - low) / range) * (bottom - top);
}

/** A line through the points; null lifts the pen. */
export function linePath(points: readonly (readonly [x: number, y: number] | null)[]): string {
  let path = '';
  let isDown = false;
  for (const point of points) {
    if (point !== null) path += `${isDown ? 'L' : 'M'}${coordinate(point[0])} ${coordinate(point[1])}`;
    isDown = point !== null;
  }
  return path;
}

/** At most `count` round values inside the extent, lowest first: multiples of 1, 2 or 5 times a power of ten. */
export function roundValues({ low, high }: Extent, count: number): readonly number[] {
  const range = high - low;
  if (!(range > 0)) return [];
  const rough = range / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  const values: number[] = [];
  for (let place = first; place * step <= high && values.length < count + 1; place += 1) values.push(place * step + 0);
  return values;
}
