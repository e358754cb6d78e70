import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import { tradingDay } from '#markets/calendar.ts';

/** Seoul's wall clock. @see spec §3.5 and §5.9 */
const reservationHours = {
  /** On a trading day, from here on for the next one… */
  opensAt: new Temporal.PlainTime(15, 40),
  /** …until here on that day. */
  closesAt: new Temporal.PlainTime(7, 30),
  /** Every night the servers start anew. */
  pauseFrom: new Temporal.PlainTime(23, 40),
  pauseTo: new Temporal.PlainTime(0, 10),
} as const;

/** Calendar days ahead until which a reservation may be repeated. */
export const reservationDaysMax = 30;

/**
 * The stretch around `now` in which reservations are taken without a break; null when they are not, and when nobody
 * knows whether the day is a trading day. A day without trading is taken whole, but for the nightly pause. `opensAt`
 * inclusive, `closesAt` exclusive; it is what `decideReservation()` wants as its window.
 */
export function reservationWindow(
  now: Temporal.Instant,
): { readonly opensAt: Temporal.Instant; readonly closesAt: Temporal.Instant } | null {
  const date = seoulDate(now);
  const { kind } = tradingDay(date);
  if (kind === 'unknown') return null;
  const { opensAt, closesAt, pauseFrom, pauseTo } = reservationHours;
  const spans =
    kind === 'open'
      ? [
          [pauseTo, closesAt],
          [opensAt, pauseFrom],
        ]
      : [[pauseTo, pauseFrom]];
  for (const [from, to] of spans) {
    if (from === undefined || to === undefined) continue;
    const window = { opensAt: seoulInstant(date, from), closesAt: seoulInstant(date, to) };
    const isOpen = Temporal.Instant.compare(window.opensAt, now) <= 0;
    if (isOpen && Temporal.Instant.compare(now, window.closesAt) < 0) return window;
  }
  return null;
}
