import type { Random } from '#brokers/kis/simulator/venue/random.ts';
import type { Bar } from '#domain/bar.ts';

export interface PathOptions {
  readonly bar: Bar;
  readonly minutes: number;
  /** Minutes in which high and low are printed; null where an auction prints them. */
  readonly highAt: number | null;
  readonly lowAt: number | null;
}

/** Shake of one minute, in parts of the day's range over the square root of its minutes. */
const shake = 0.6;

/**
 * A price at the start of each minute and at the end of the last: from open to close by way of high and low, straight
 * between them with a bridge of noise on it, never outside the bar. Not on ticks.
 */
export function fairPath({ bar, minutes, highAt, lowAt }: PathOptions, random: Random): Float64Array {
  const knots = [
    { at: 0, price: Number(bar.open) },
    ...(highAt === null ? [] : [{ at: highAt + 0.5, price: Number(bar.high) }]),
    ...(lowAt === null ? [] : [{ at: lowAt + 0.5, price: Number(bar.low) }]),
    { at: minutes, price: Number(bar.close) },
  ].sort((left, right) => left.at - right.at);
  const path = new Float64Array(minutes + 1);
  const step = (shake * (bar.high - bar.low)) / Math.sqrt(minutes);
  const noise = bridge(minutes, step, random);
  let knot = 0;
  for (let minute = 0; minute <= minutes; minute += 1) {
    while (knot < knots.length - 2 && (knots[knot + 1]?.at ?? 0) <= minute) knot += 1;
    const from = knots[knot] ?? { at: 0, price: bar.open };
    const to = knots[knot + 1] ?? from;
    const part = to.at === from.at ? 1 : Math.min(1, (minute - from.at) / (to.at - from.at));
    const straight = from.price + (to.price - from.price) * part;
    path[minute] = Math.min(bar.high, Math.max(bar.low, straight + (noise[minute] ?? 0)));
  }
  return path;
}

/** Extremes come early more often than late: two in five within the first tenth of the day. */
export function minuteOfExtreme(random: Random, minutes: number): number {
  return random.next() < 0.4 ? random.below(Math.ceil(minutes / 10)) : random.below(minutes);
}

/** A random walk that comes back to nothing at its end. */
function bridge(steps: number, size: number, random: Random): Float64Array {
  const walk = new Float64Array(steps + 1);
  for (let index = 1; index <= steps; index += 1) walk[index] = (walk[index - 1] ?? 0) + size * random.normal();
  const end = walk[steps] ?? 0;
  return walk.map((value, index) => value - (end * index) / steps);
}
