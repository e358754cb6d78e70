import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { invariant } from '#domain/invariant.ts';
import { dayStartsAtMs } from '../csv/csv-series.ts';
import { readIntegers, writeIntegers } from '../blocks/varint.ts';

/**
 * Trading days that many series share: each series says which stretches of a list are its own, and a series without a
 * hole is a view on the list, which costs nothing to read. A list never changes; days that it lacks make a new list.
 */
export interface DayList {
  /** yyyymmdd, ascending. */
  readonly dates: Int32Array;
  /** 00:00 in Seoul of each, epoch milliseconds. */
  readonly startsAtMs: Float64Array;
}

/** Stretches of a list: place of the first day, number of days, and so on. */
export type DayRuns = Uint32Array;

/** @param dates yyyymmdd, ascending, each once */
export function dayListOf(dates: Int32Array): DayList {
  return { dates, startsAtMs: Float64Array.from(dates, dayStartsAtMs) };
}

/** The days of both, each once. */
export function joinDays(one: Int32Array, other: Int32Array): Int32Array {
  return Int32Array.from(new Set([...one, ...other])).toSorted();
}

/** Whether `dates` holds each of `some`; both ascending. */
export function holdsAll(dates: Int32Array, some: Int32Array): boolean {
  return some.every((date) => dates[firstAtOrAfter(dates, date)] === date);
}

/** Where the days of a series lie in a list; null when the list lacks one. */
export function runsOf(dates: Int32Array, list: DayList): DayRuns | null {
  const runs: number[] = [];
  let next = -1;
  for (let row = 0; row < dates.length; row += 1) {
    const place = list.dates[next] === dates[row] ? next : firstAtOrAfter(list.dates, dates[row] ?? 0);
    if (list.dates[place] !== dates[row]) return null;
    if (place === next) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(place, 1);
    next = place + 1;
  }
  return Uint32Array.from(runs);
}

/** The days of a series: a view on the list where it has no holes, a copy elsewhere. */
export function daysOf(list: DayList, runs: DayRuns, count: number): DayList {
  const [first = 0, length = 0] = runs;
  if (length === count) return partOf(list, first, count);
  const days = { dates: new Int32Array(count), startsAtMs: new Float64Array(count) };
  let row = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const part = partOf(list, runs[run] ?? 0, runs[run + 1] ?? 0);
    days.dates.set(part.dates, row);
    days.startsAtMs.set(part.startsAtMs, row);
    row += part.dates.length;
  }
  invariant(row === count, `the stretches of a series of ${count} bars have ${row} days`);
  return days;
}

function partOf(list: DayList, from: number, length: number): DayList {
  const to = from + length;
  invariant(to <= list.dates.length, `a stretch ends at day ${to} of ${list.dates.length}`);
  return { dates: list.dates.subarray(from, to), startsAtMs: list.startsAtMs.subarray(from, to) };
}

/** A list as bytes with its checksum. */
export function encodeDays(dates: Int32Array): { readonly bytes: Uint8Array; readonly checksum: number } {
  const distances = Float64Array.from(dates, (date, row) => date - (dates[row - 1] ?? 0));
  const bytes = deflateRawSync(writeIntegers([distances]));
  return { bytes, checksum: crc32(bytes) };
}

/** What `encodeDays` was given. @throws {InvariantError} when the bytes are not `count` days */
export function decodeDays(bytes: Uint8Array, count: number): Int32Array {
  const [distances = new Float64Array(0)] = readIntegers(inflateRawSync(bytes), 1, count);
  const dates = new Int32Array(count);
  let date = 0;
  for (const [row, distance] of distances.entries()) {
    date += distance;
    dates[row] = date;
  }
  return dates;
}
