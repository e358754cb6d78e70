import { encodeUsBlock } from './encode-us-block.ts';
import { encodeUsMinute, usRealtimeSymbol } from './encode-us-quotes.ts';
import { usMoment } from './us-clock-text.ts';
import type { UsListing } from './us-listings.ts';
import { newYork, previousUsTradingDay, usDay, type UsDay } from './us-sessions.ts';
import type { UsVenue } from './us-venue.ts';

/** Days of minutes that the broker keeps, before which there are no more rows. */
const daysKept = 30;

export interface UsMinuteQuestion {
  readonly minutes: number;
  readonly count: number;
  /** `yyyymmddhhmmss` in New York, inclusive; empty for now. */
  readonly key: string;
}

/** `output1` and `output2` of the minute chart, newest first, pre-market and after-hours included. @see spec A.15d */
export function usMinuteRows(
  venue: UsVenue,
  listing: UsListing,
  { minutes, count, key }: UsMinuteQuestion,
): Readonly<Record<string, unknown>> {
  const step = minutes * 60_000;
  const today = venue.prices.dayAt(venue.now);
  const until = Math.min(venue.now, key === '' ? venue.now : instantOf(key));
  const rows: Record<string, string>[] = [];
  let day: UsDay | null = venue.prices.dayAt(until);
  for (let days = 0; day !== null && days < daysKept && rows.length <= count; days += 1) {
    const last = Math.min(until, day.to - 1);
    const first = day.from + Math.floor((last - day.from) / step) * step;
    for (let at = first; at >= day.from && rows.length <= count; at -= step) {
      const to = Math.min(at + step, day.to, venue.now + 1);
      rows.push(encodeUsMinute(day, at, venue.prices.span(listing, day, at, to)));
    }
    day = usDay(previousUsTradingDay(day.date, venue.session), venue.session);
  }
  const shown = rows.slice(0, count);
  const [opens, closes] = [usMoment(today.from), usMoment(today.to - 1)];
  const output1 = encodeUsBlock('minuteSummary', {
    rsym: usRealtimeSymbol(listing),
    zdiv: '4',
    stim: opens.localTime,
    etim: closes.localTime,
    sktm: opens.koreanTime,
    ektm: closes.koreanTime,
    next: rows.length > count ? '1' : '0',
    more: rows.length > count ? '1' : '0',
    nrec: shown.length,
  });
  return { output1, output2: shown };
}

/** A clock reading that comes twice in autumn means the first; trading sleeps through the hour anyway. */
function instantOf(key: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(key)?.slice(1).map(Number) ?? [];
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const reading = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });
  return reading.toZonedDateTime(newYork).epochMilliseconds;
}
