import { seoulDate } from '#domain/trading-date.ts';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { orderWindow } from '#markets/order-windows.ts';
import { sessionsOfDay } from '#markets/sessions.ts';
import { closesAfterMinutes, daysAheadMax, opensBeforeMinutes } from './session-window-minutes.ts';

/** Whether credentials may be used at an instant; `opensAt` is null when the calendar knows no day that is coming. */
export type SessionWindow =
  | { readonly kind: 'open'; readonly closesAt: Temporal.Instant }
  | { readonly kind: 'closed'; readonly opensAt: Temporal.Instant | null };

/**
 * The session window of the data-driven calendar: from some minutes before the first permitted session of the day to
 * some after the last. Holidays, late openings and venues are the calendar's; a day that it does not know is closed.
 */
export function sessionWindow(instant: Temporal.Instant, permits: Permits = plainPermits): SessionWindow {
  const today = seoulDate(instant);
  for (let ahead = 0; ahead <= daysAheadMax; ahead += 1) {
    const span = windowOfDay(today.add({ days: ahead }), permits);
    if (span === null || Temporal.Instant.compare(instant, span.closesAt) >= 0) continue;
    if (Temporal.Instant.compare(instant, span.opensAt) >= 0) return { kind: 'open', closesAt: span.closesAt };
    return { kind: 'closed', opensAt: span.opensAt };
  }
  return { kind: 'closed', opensAt: null };
}

interface Span {
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/** From the first permitted session to the last, margins included; null on a day without one. */
function windowOfDay(date: Temporal.PlainDate, permits: Permits): Span | null {
  const spans = [...permittedSpans(date, permits)];
  if (spans.length === 0) return null;
  const opens = spans.map((span) => span.opensAt.epochMilliseconds);
  const closes = spans.map((span) => span.closesAt.epochMilliseconds);
  const first = Temporal.Instant.fromEpochMilliseconds(Math.min(...opens));
  const last = Temporal.Instant.fromEpochMilliseconds(Math.max(...closes));
  return {
    opensAt: first.subtract({ minutes: opensBeforeMinutes }),
    closesAt: last.add({ minutes: closesAfterMinutes }),
  };
}

function* permittedSpans(date: Temporal.PlainDate, permits: Permits): Generator<Span> {
  for (const venue of permits.venues) {
    for (const session of permits.sessions) {
      const window = orderWindow({ venue, session, kind: 'stock' }, date);
      if (window !== null) yield window;
      // Orders for the opening auction are taken before continuous trading, which is where an order window begins.
      const auction = session === 'regular' && venue === 'KRX' ? openingAuction(date) : null;
      if (auction !== null) yield auction;
    }
  }
}

function openingAuction(date: Temporal.PlainDate): Span | null {
  const auction = sessionsOfDay(date).find(({ kind }) => kind === 'opening-auction');
  return auction === undefined ? null : { opensAt: auction.from, closesAt: auction.to };
}
