import { dateNumber, plainDate } from '#domain/trading-date.ts';
import { nextTradingDay } from '#markets/calendar.ts';
import { sessionsOfDay } from '#markets/sessions.ts';

/** The regular trading of one day, auctions included, in epoch milliseconds; of a day bar's decisions, that of the day they are meant for. */
export interface NextSession {
  /** yyyymmdd. */
  readonly date: number;
  readonly opensAtMs: number;
  /** When the closing auction begins to collect. */
  readonly closingFromMs: number;
  readonly closesAtMs: number;
}

/** Days asked for already, by yyyymmdd: the calendar has some ten thousand, and a search asks for the same ones again. */
const known = new Map<number, NextSession | null>();
const knownNext = new Map<number, NextSession>();

/**
 * The first session after `date` (yyyymmdd) by the exchange's calendar. It is asked of the calendar and not of the bars,
 * so that a decision never depends on bars that come later.
 *
 * @throws {RangeError} when the calendar ends before it
 */
export function nextSession(date: number): NextSession {
  const before = knownNext.get(date);
  if (before !== undefined) return before;
  const next = nextTradingDay(plainDate(date));
  const session = read(next);
  if (session === null) throw new RangeError(`No regular session on ${next.toString()}`);
  knownNext.set(date, session);
  return session;
}

/** The session of `date` (yyyymmdd); null on a day that is closed or not known. */
export function sessionOn(date: number): NextSession | null {
  const before = known.get(date);
  if (before !== undefined) return before;
  const session = read(plainDate(date));
  known.set(date, session);
  return session;
}

function read(date: Temporal.PlainDate): NextSession | null {
  const sessions = sessionsOfDay(date);
  const opens = sessions.find((session) => session.kind === 'continuous');
  const closes = sessions.find((session) => session.kind === 'closing-auction');
  if (opens === undefined || closes === undefined) return null;
  return {
    date: dateNumber(date),
    opensAtMs: opens.from.epochMilliseconds,
    closingFromMs: closes.from.epochMilliseconds,
    closesAtMs: closes.to.epochMilliseconds,
  };
}
