import { invariant } from '#domain/invariant.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { readIntegers, writeIntegers } from '../blocks/varint.ts';

const minuteMs = 60_000;
const minutesOfDay = 1_440;
/** Numbers of one stretch: day since the stretch before, minutes since the end of that one, minutes of the stretch. */
const numbersOfStretch = 3;

/** Starts of minute bars, oldest first. */
export interface MinuteTimes {
  /** yyyymmdd in Seoul. */
  readonly dates: Int32Array;
  /** Epoch milliseconds. */
  readonly startsAtMs: Float64Array;
}

/** Places of bars, `end` not included. */
export interface MinuteRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The times of minute bars as stretches of minutes without a hole: of each the day as a distance to the day before, the
 * minutes between it and the stretch before (of a new day, its minute of the day), and its length; a number takes a byte up
 * to 63. A day of continuous trading and a closing print is two stretches, seven bytes; a bar with a hole on both of its
 * sides takes three.
 *
 * @returns null when a bar does not start on a whole minute of its day in Seoul, later than the one before it
 */
export function writeMinuteTimes({ dates, startsAtMs }: MinuteTimes): Uint8Array | null {
  const stretches: number[] = [];
  let [day, dayMs, next] = [0, 0, 0];
  for (let row = 0; row < dates.length; row += 1) {
    const date = dates[row] ?? 0;
    const isNewDay = date !== day;
    if (date < day) return null;
    if (isNewDay) dayMs = dayStartsAtMs(date);
    const minute = ((startsAtMs[row] ?? NaN) - dayMs) / minuteMs;
    if (!Number.isInteger(minute) || minute < (isNewDay ? 0 : next) || minute >= minutesOfDay) return null;
    if (!isNewDay && minute === next) stretches[stretches.length - 1] = (stretches.at(-1) ?? 0) + 1;
    else stretches.push(date - day, isNewDay ? minute : minute - next, 1);
    [day, next] = [date, minute + 1];
  }
  return writeIntegers([Float64Array.from(stretches)]);
}

/** The stretches of `writeMinuteTimes`, read once to find days and then to fill the times of some of them. */
export class MinuteStretches {
  readonly #days: number[] = [];
  readonly #minutes: number[] = [];
  readonly #lengths: number[] = [];

  /** @throws {InvariantError} when the bytes are not the times of `count` bars */
  constructor(bytes: Uint8Array, count: number) {
    const [numbers = new Float64Array(0)] = readIntegers(bytes, 1, integersIn(bytes));
    let [day, next, rows] = [0, 0, 0];
    for (let at = 0; at < numbers.length; at += numbersOfStretch) {
      const [distance = 0, gap = 0, length = 0] = numbers.subarray(at, at + numbersOfStretch);
      const minute = distance === 0 ? next + gap : gap;
      day += distance;
      next = minute + length;
      this.#days.push(day);
      this.#minutes.push(minute);
      this.#lengths.push(length);
      rows += length;
    }
    invariant(rows === count, `the stretches of ${count} minute bars have ${rows}`);
  }

  /** The bars of the days `from` to `to` (yyyymmdd, both included). */
  range(from: number, to: number): MinuteRange {
    let [row, first, end] = [0, -1, 0];
    for (const [place, length] of this.#lengths.entries()) {
      const day = this.#days[place] ?? 0;
      if (day >= from && first === -1) first = row;
      row += length;
      if (day <= to) end = row;
    }
    return first === -1 || end < first ? { first: 0, end: 0 } : { first, end };
  }

  /** The times of a range, in memory of their own. */
  times({ first, end }: MinuteRange): MinuteTimes {
    const dates = new Int32Array(end - first);
    const startsAtMs = new Float64Array(end - first);
    let [row, day, dayMs] = [-first, 0, 0];
    for (const [place, length] of this.#lengths.entries()) {
      const date = this.#days[place] ?? 0;
      if (row >= dates.length) break;
      if (date !== day) [day, dayMs] = [date, dayStartsAtMs(date)];
      const begins = dayMs + (this.#minutes[place] ?? 0) * minuteMs;
      dates.fill(date, Math.max(0, row), Math.max(0, row + length));
      const stop = Math.min(row + length, dates.length);
      for (let at = Math.max(0, row); at < stop; at += 1) startsAtMs[at] = begins + (at - row) * minuteMs;
      row += length;
    }
    return { dates, startsAtMs };
  }
}

/** Bytes below 128 end a number. */
function integersIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < 128) count += 1;
  return count;
}
