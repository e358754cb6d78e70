import { encodeUsBar } from './encode-us-quotes.ts';
import type { UsListing } from './us-listings.ts';
import type { UsSpan } from './us-prices.ts';
import { previousUsTradingDay, usDay } from './us-sessions.ts';
import type { UsVenue } from './us-venue.ts';

export interface UsBarRow {
  /** Last day of the span. */
  readonly date: Temporal.PlainDate;
  readonly bar: UsSpan;
  readonly row: Record<string, string>;
}

/**
 * The last `count` bars up to and including `until`, newest first. A week or a month is named by its last trading day;
 * today's bar runs as far as the day has.
 */
export function usBarRows(
  venue: UsVenue,
  listing: UsListing,
  {
    span,
    until,
    count,
  }: {
    readonly span: 'day' | 'week' | 'month';
    readonly until: Temporal.PlainDate;
    readonly count: number;
  },
): readonly UsBarRow[] {
  const bars: { date: Temporal.PlainDate; bar: UsSpan }[] = [];
  let date = latestDay(venue, until);
  // One more than asked for: the oldest row is compared with the close before it.
  while (bars.length <= count) {
    const bar = dayBar(venue, listing, date);
    const group = bars.at(-1);
    if (bar !== null) {
      if (group !== undefined && span !== 'day' && isSameSpan(group.date, date, span))
        group.bar = joined(bar, group.bar);
      else bars.push({ date, bar });
    }
    date = previousUsTradingDay(date, venue.session);
  }
  return bars.slice(0, count).map(({ date: day, bar }, index) => ({
    date: day,
    bar,
    row: encodeUsBar(day, bar, bars[index + 1]?.bar.close ?? 0),
  }));
}

function latestDay(venue: UsVenue, until: Temporal.PlainDate): Temporal.PlainDate {
  const reached = venue.prices.dayAt(venue.now).date;
  const wanted = Temporal.PlainDate.compare(until, reached) < 0 ? until : reached;
  return usDay(wanted, venue.session) === null ? previousUsTradingDay(wanted, venue.session) : wanted;
}

/** Null for a day whose regular session has not begun. */
function dayBar(venue: UsVenue, listing: UsListing, date: Temporal.PlainDate): UsSpan | null {
  const day = usDay(date, venue.session);
  if (day === null || venue.now < day.open) return null;
  if (venue.now >= day.close) return venue.prices.dayBar(listing, day, venue.now);
  return venue.prices.span(listing, day, day.open, venue.now);
}

function isSameSpan(a: Temporal.PlainDate, b: Temporal.PlainDate, span: 'week' | 'month'): boolean {
  if (span === 'month') return a.year === b.year && a.month === b.month;
  return a.weekOfYear === b.weekOfYear && a.yearOfWeek === b.yearOfWeek;
}

function joined(earlier: UsSpan, later: UsSpan): UsSpan {
  return {
    open: earlier.open,
    high: Math.max(earlier.high, later.high),
    low: Math.min(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
  };
}
