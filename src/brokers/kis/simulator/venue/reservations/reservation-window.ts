import { seoulDate, seoulTime } from '#domain/trading-date.ts';
import { isTradingDay, nextTradingDay } from '#markets/calendar.ts';

/** Reservations are taken from here on a trading day … */
const opensAt = Temporal.PlainTime.from('15:40');
/** … until here on the next one, … */
const closesAt = Temporal.PlainTime.from('07:30');
/** … and not while the broker's servers are set up for the new day. */
const pause = { from: Temporal.PlainTime.from('23:40'), to: Temporal.PlainTime.from('00:10') };

/**
 * The trading day whose opening a reservation of `at` goes to; null while none are taken.
 *
 * @see spec §3.5 and §5.9
 */
export function reservationDay(at: Temporal.Instant): Temporal.PlainDate | null {
  const [date, time] = [seoulDate(at), seoulTime(at)];
  if (isBefore(time, pause.to) || !isBefore(time, pause.from)) return null;
  if (!isTradingDay(date)) return nextTradingDay(date);
  if (isBefore(time, closesAt)) return date;
  return isBefore(time, opensAt) ? null : nextTradingDay(date);
}

function isBefore(time: Temporal.PlainTime, other: Temporal.PlainTime): boolean {
  return Temporal.PlainTime.compare(time, other) < 0;
}
