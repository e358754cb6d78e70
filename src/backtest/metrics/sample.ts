import { momentsOf } from '../validation/moments.ts';

/** Trading days a year, the custom of the ratios that are stated a year. */
export const tradingDaysPerYear = 252;

/** Values with the figures that many ratios are made of, each counted once. */
export interface Sample {
  readonly values: Float64Array;
  /** 0 without values. */
  readonly mean: number;
  /** Sample standard deviation, divisor n − 1; null with fewer than two values. */
  readonly deviation: number | null;
  /** A deviation that a ratio may be divided by: null when nothing varies, what rounding leaves of equal values included. */
  readonly variation: number | null;
  /** As `momentsOf` has them. */
  readonly skew: number;
  readonly kurtosis: number;
}

export function sampleOf(values: Float64Array): Sample {
  const { mean, deviation, skew, kurtosis } = momentsOf(values);
  const varies = values.length >= 2 && deviation !== 0;
  return {
    values,
    mean,
    // What counts as no variation still has a deviation of its own to show.
    deviation: varies ? deviation : deviationAround(values, mean),
    variation: varies ? deviation : null,
    skew,
    kurtosis,
  };
}

/** NaN without values. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < values.length; row += 1) sum += values[row] ?? 0;
  return sum / values.length;
}

/** The value below which `share` of the values lie, between its neighbours by their distance (Hyndman and Fan's type 7). */
export function quantileOf(values: ArrayLike<number>, share: number): number | null {
  return sortedQuantile(Float64Array.from(values).sort(), share);
}

/** `quantileOf` of values in rising order. */
export function sortedQuantile(sorted: Float64Array, share: number): number | null {
  if (sorted.length === 0) return null;
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

function deviationAround(values: Float64Array, middle: number): number | null {
  if (values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += (value - middle) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
