import { momentsOf } from './validation/moments.ts';

/** Trading days a year, the custom of the ratios that are stated a year. */
export const tradingDaysPerYear = 252;

export function meanOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sample standard deviation, divisor n − 1; null with fewer than two values. */
export function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** A deviation that a ratio may be divided by: null when nothing varies, what rounding leaves of equal values included. */
export function variationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const { deviation } = momentsOf(values);
  return deviation === 0 ? null : deviation;
}

/** The value below which `share` of the values lie, between its neighbours by their distance (Hyndman and Fan's type 7). */
export function quantileOf(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((left, right) => left - right);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}
