import { csvProblem, shownCell, type CsvPlace } from '../csv/csv-problem.ts';

/** A minute as a file names it, on the clock of Seoul. */
export interface MinuteStamp {
  /** yyyymmdd */
  readonly date: number;
  /** Minutes since midnight. */
  readonly minute: number;
}

const minuteMs = 60_000;
const seoulOffsetMs = 9 * 3_600_000;
const afternoon = /^(?:오후|PM)$/i;

/**
 * The minute that one cell names: a day with a time behind it (`2026-11-20 09:01`, `2026.11.20 오전 9:01`,
 * `20261120090100`, ISO with or without an offset), or a whole minute since 1970 in seconds, milliseconds, microseconds or
 * nanoseconds. A time without an offset is Seoul's. Null for anything else; seconds other than 0 are no minute.
 */
export function stampIn(cell: string): MinuteStamp | null {
  const since = epochMsIn(cell);
  if (since !== null) return stampAt(since);
  const [, day = '', clock = ''] =
    /^(\d{4}[-./]?\d{1,2}[-./]?\d{1,2})[T\s]+(.+)$/.exec(cell) ?? /^(\d{8})(\d{4}|\d{6})$/.exec(cell) ?? [];
  const date = dayIn(day);
  if (date === null) return null;
  const [, bare = clock, offset = ''] = /^(.*?)\s*(Z|[+-]\d{2}:?(?:\d{2})?)$/i.exec(clock) ?? [];
  const minute = minuteIn(bare);
  if (minute === null) return null;
  return offset === '' ? { date, minute } : stampAt(dayMs(date) + (minute - offsetMinutes(offset)) * minuteMs);
}

/** The minute of the day of `09:01`, `0901`, `901`, `09:01:00`, `90100`, `오후 3:30`; null for anything else. */
export function minuteIn(cell: string): number | null {
  const [, half = '', digits = ''] = /^(오전|오후|AM|PM)?\s*([\d:]+)(?:\.0+)?$/i.exec(cell) ?? [];
  // Numbers lose the zeros in front of them in a spreadsheet: 901 is 09:01, 90100 is 09:01:00.
  const [, hours, minutes, seconds = '00'] =
    /^(\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(digits) ?? /^(\d{1,2})(\d\d)(\d\d)?$/.exec(digits) ?? [];
  if (hours === undefined || minutes === undefined || seconds !== '00' || Number(minutes) > 59) return null;
  const hour = half === '' ? Number(hours) : hourOfHalf(Number(hours), half);
  return hour <= 23 ? hour * 60 + Number(minutes) : null;
}

/** Of a clock of twelve hours, 12 being the first; Infinity where it has no such hour. */
function hourOfHalf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Infinity;
  return (hour % 12) + (afternoon.test(half) ? 12 : 0);
}

/** @throws {FixConfiguration} `data.csv-cell` when `stampIn` reads nothing */
export function readStamp(cell: string, place: CsvPlace): MinuteStamp {
  const stamp = stampIn(cell);
  if (stamp !== null) return stamp;
  const fix =
    'Write each minute in Seoul as 2026-11-20 09:01, 20261120 with 090100 in a column "time", or milliseconds since 1970; seconds are 0.';
  throw csvProblem('data.csv-cell', place, `found ${shownCell(cell)}, wanted the time of a minute bar`, fix);
}

/** Ten digits are seconds only up to 2033: `2401030901` is a day and a time of somebody's own. */
function epochMsIn(cell: string): number | null {
  if (/^1\d{9}$/.test(cell)) return Number(cell) * 1_000;
  const [, milliseconds] = /^(\d{13})(?:000){0,2}$/.exec(cell) ?? [];
  return milliseconds === undefined ? null : Number(milliseconds);
}

function stampAt(epochMs: number): MinuteStamp | null {
  const seoul = epochMs + seoulOffsetMs;
  if (!Number.isSafeInteger(seoul) || seoul % minuteMs !== 0) return null;
  const moment = new Date(seoul);
  const date = moment.getUTCFullYear() * 10_000 + (moment.getUTCMonth() + 1) * 100 + moment.getUTCDate();
  return { date, minute: moment.getUTCHours() * 60 + moment.getUTCMinutes() };
}

function dayIn(text: string): number | null {
  const [, year = '', , month = '', day = ''] =
    /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^(\d{4})()(\d\d)(\d\d)$/.exec(text) ?? [];
  const [years, months, days] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(years, months - 1, days));
  const isDay = years >= 1900 && date.getUTCMonth() === months - 1 && date.getUTCDate() === days;
  return isDay ? years * 10_000 + months * 100 + days : null;
}

/** 00:00 of the day, as if it were UTC's. */
function dayMs(date: number): number {
  return Date.UTC(Math.trunc(date / 10_000), (Math.trunc(date / 100) % 100) - 1, date % 100);
}

function offsetMinutes(text: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
