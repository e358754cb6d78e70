import { plainDate } from '#domain/trading-date.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { sessionsOfDay } from '#markets/sessions.ts';

/** The session for which the decisions of a closed day are meant. */
export interface NextSession {
  readonly date: Temporal.PlainDate;
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/**
 * The first session after `date` (yyyymmdd) by the exchange's calendar. It is asked of the calendar and not of the bars,
 * so that a decision never depends on bars that come later.
 *
 * @throws {RangeError} when the calendar ends before it
 */
export function nextSession(date: number): NextSession {
  const next = nextTradingDay(plainDate(date));
  const sessions = sessionsOfDay(next);
  const opens = sessions.find((session) => session.kind === 'continuous');
  const closes = sessions.find((session) => session.kind === 'closing-auction');
  if (opens === undefined || closes === undefined) throw new RangeError(`No regular session on ${next.toString()}`);
  return { date: next, opensAt: opens.from, closesAt: closes.to };
}
