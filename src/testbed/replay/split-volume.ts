import type { Random } from '#brokers/kis/simulator/venue/random.ts';

export interface VolumeOptions {
  /** Shares of the day, 1 or more. */
  readonly volume: number;
  readonly minutes: number;
  readonly hasClosing: boolean;
  /** Minutes that have to print at least one share, each named once for every price it owes; null for none. */
  readonly needed: readonly (number | null)[];
}

export interface VolumeShares {
  readonly opening: number;
  readonly minutes: Float64Array;
  readonly closing: number;
}

/** Parts of a day's volume that the two call auctions print, about what they do in Seoul. */
const openingPart = 0.03;
const closingPart = 0.07;

/**
 * The day's shares over its auctions and minutes, whole and adding up exactly: twice as many a minute at both ends of
 * the day as at noon, with noise. Shares are cut off to whole ones along the running sum, so that nothing is lost.
 */
export function splitVolume({ volume, minutes, hasClosing, needed }: VolumeOptions, random: Random): VolumeShares {
  const owed = new Float64Array(minutes);
  for (const minute of needed) if (minute !== null) owed[minute] = (owed[minute] ?? 0) + 1;
  const reserved = 1 + (hasClosing ? 1 : 0) + needed.filter((minute) => minute !== null).length;
  const spare = Math.max(0, volume - reserved);
  const weights = Float64Array.from({ length: minutes }, (_, minute) => weightOf(minute, minutes, random));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const opening = Math.floor(spare * openingPart);
  const closing = hasClosing ? Math.floor(spare * closingPart) : 0;
  const middle = spare - opening - closing;
  let reached = 0;
  let given = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    reached += weights[minute] ?? 0;
    const upTo = minute === minutes - 1 ? middle : Math.floor((middle * reached) / total);
    owed[minute] = (owed[minute] ?? 0) + upTo - given;
    given = upTo;
  }
  return { opening: 1 + opening, minutes: owed, closing: hasClosing ? 1 + closing : 0 };
}

function weightOf(minute: number, minutes: number, random: Random): number {
  const fromNoon = (2 * minute) / Math.max(1, minutes - 1) - 1;
  return (0.75 + 0.75 * fromNoon * fromNoon) * Math.exp(0.4 * random.normal());
}
