import type { RuleRow } from './rule-table.ts';

/** A span of the wall clock in Seoul, `from` inclusive, `to` exclusive. */
export interface ClockSpan {
  readonly from: Temporal.PlainTime;
  readonly to: Temporal.PlainTime;
}

/** Regular trading, auctions at both ends included; two spans where there was a lunch break. */
export interface RegularHours {
  readonly weekday: readonly ClockSpan[];
  readonly saturday: readonly ClockSpan[];
}

/** Every table of hours is keyed by the venue; NXT will have rows of its own. */
export type Venue = 'KRX';

/** Opening hours (krx-rules §3.1). */
export const regularHours: readonly RuleRow<Venue, RegularHours>[] = [
  // What a Saturday kept of this is documented as "morning only".
  { from: 0, market: 'KRX', value: hours('09:40-11:40 13:20-15:20', '09:40-11:40'), mark: 'code' },
  // Announced for 01-04; the first session of that year, on 01-03, opened late by the rule of first sessions.
  { from: 1995_01_04, market: 'KRX', value: hours('09:30-11:30 13:00-15:00', '09:30-11:30'), mark: 'source' },
  { from: 1998_12_07, market: 'KRX', value: hours('09:00-12:00 13:00-15:00', ''), mark: 'source' },
  { from: 2000_05_22, market: 'KRX', value: hours('09:00-15:00', ''), mark: 'code' },
  { from: 2016_08_01, market: 'KRX', value: hours('09:00-15:30', ''), mark: 'source' },
];

/** Minutes before the opening from which the opening auction takes orders; before 2000 inferred (krx-rules §3.2). */
export const openingAuctionMinutes: readonly RuleRow<Venue, number>[] = [
  { from: 0, market: 'KRX', value: 60, mark: 'source' },
  { from: 2019_04_29, market: 'KRX', value: 30, mark: 'source' },
];

/** Length of the closing auction in minutes: 14:50-15:00, then 15:20-15:30. */
export const closingAuctionMinutes: readonly RuleRow<Venue, number>[] = [
  { from: 0, market: 'KRX', value: 10, mark: 'inferred' },
  { from: 2016_08_01, market: 'KRX', value: 10, mark: 'source' },
];

/**
 * The after-market that trades continuously: its distance from the close, and its end, which no delay moves. The
 * after-hours sessions at fixed and single prices that came before it are not part of this table.
 */
export const afterMarketHours: readonly RuleRow<
  Venue,
  { readonly afterCloseMinutes: number; readonly to: Temporal.PlainTime } | null
>[] = [
  { from: 0, market: 'KRX', value: null, mark: 'source' },
  { from: 2026_09_14, market: 'KRX', value: { afterCloseMinutes: 30, to: clock('20:00') }, mark: 'broker' },
];

/** The first session of a year opens at this time and closes as usual (krx-rules §3.4). */
export const firstSessionOpensAt = clock('10:00');

/** Days that opened at another time and closed as usual: the day after 2001-09-11. */
export const lateOpenings: ReadonlyMap<number, Temporal.PlainTime> = new Map([[2001_09_12, clock('12:00')]]);

/**
 * Days of the national college entrance exam, on which every boundary of regular trading moves by so many minutes.
 * 2017 has two: the exam was postponed by a week after an earthquake, the announced hours were kept. From 2026 inferred.
 */
export const examDays: ReadonlyMap<number, number> = new Map([
  ...shifted(30, [1993_08_20, 1993_11_16, 1994_11_23, 1995_11_22, 1996_11_13, 1997_11_19, 1998_11_18]),
  ...shifted(60, [1999_11_17, 2000_11_15, 2001_11_07, 2002_11_06, 2003_11_05, 2004_11_17, 2005_11_23, 2006_11_16]),
  ...shifted(60, [2007_11_15, 2008_11_13, 2009_11_12, 2010_11_18, 2011_11_10, 2012_11_08, 2013_11_07, 2014_11_13]),
  ...shifted(60, [2015_11_12, 2016_11_17, 2017_11_16, 2017_11_23, 2018_11_15, 2019_11_14, 2020_12_03, 2021_11_18]),
  ...shifted(60, [2022_11_17, 2023_11_16, 2024_11_14, 2025_11_13, 2026_11_19, 2027_11_18]),
]);

function shifted(minutes: number, dates: readonly number[]): readonly (readonly [number, number])[] {
  return dates.map((date) => [date, minutes]);
}

function hours(weekday: string, saturday: string): RegularHours {
  return { weekday: spans(weekday), saturday: spans(saturday) };
}

function spans(text: string): ClockSpan[] {
  return text
    .split(' ')
    .filter((span) => span !== '')
    .map((span) => ({ from: clock(span.slice(0, 5)), to: clock(span.slice(6)) }));
}

function clock(time: string): Temporal.PlainTime {
  return Temporal.PlainTime.from(time);
}
