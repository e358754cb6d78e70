import { dateNumber, seoulDate, seoulInstant } from '#domain/trading-date.ts';
import { isTradingDay, tradingDay } from './calendar.ts';
import { ruleOn } from './rule-table.ts';
import {
  afterMarketHours,
  closingAuctionMinutes,
  examDays,
  firstSessionOpensAt,
  lateOpenings,
  openingAuctionMinutes,
  regularHours,
  type ClockSpan,
} from './session-hours.ts';

export type SessionKind = 'opening-auction' | 'continuous' | 'closing-auction' | 'after-market';

/** One phase of a trading day, `from` inclusive, `to` exclusive. */
export interface Session {
  readonly kind: SessionKind;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

/** The phase at an instant, and the regular trading of that day while it is not over. */
export interface SessionState {
  readonly kind: 'closed' | SessionKind;
  /** Start of the day's continuous trading; null after the close and on a day without trading. */
  readonly opensAt: Temporal.Instant | null;
  /** End of the day's closing auction; null in the same cases. */
  readonly closesAt: Temporal.Instant | null;
}

/**
 * The phases of KRX on `date`, in order, without overlaps; gaps between them (the lunch break until 2000, the half hour
 * before the after-market) are closed. Empty on a day that is closed or unknown.
 *
 * The auctions that reopened the afternoon before 2000 and the after-hours trading at fixed and single prices are not
 * among them. An exam day moves every phase but the end of the after-market; a late opening moves only the start.
 */
export function sessionsOfDay(date: Temporal.PlainDate): readonly Session[] {
  return isTradingDay(date) ? [...regularSessions(date), ...afterMarket(date)] : [];
}

/**
 * The phase of KRX at `instant`. After the regular close both bounds are null, also while the after-market runs.
 */
export function sessionAt(instant: Temporal.Instant): SessionState {
  const sessions = sessionsAround(instant);
  const { opensAt, closesAt } = regularBounds(sessions);
  const now = sessions.find((session) => isWithin(instant, session));
  const isOver = closesAt === null || Temporal.Instant.compare(instant, closesAt) >= 0;
  return { kind: now?.kind ?? 'closed', opensAt: isOver ? null : opensAt, closesAt: isOver ? null : closesAt };
}

/** The day asked for last; every order and tick of a day asks for the same one. */
let latest: { readonly day: number; readonly sessions: readonly Session[] } | null = null;

function sessionsAround(instant: Temporal.Instant): readonly Session[] {
  // Seoul has kept UTC+9 without summer time since 1988, and the calendar begins in 1990.
  const day = Math.floor((instant.epochMilliseconds + 9 * 3_600_000) / 86_400_000);
  if (latest === null || latest.day !== day) latest = { day, sessions: sessionsOfDay(seoulDate(instant)) };
  return latest.sessions;
}

function isWithin(instant: Temporal.Instant, session: Session): boolean {
  return Temporal.Instant.compare(instant, session.from) >= 0 && Temporal.Instant.compare(instant, session.to) < 0;
}

function regularBounds(sessions: readonly Session[]): Pick<SessionState, 'opensAt' | 'closesAt'> {
  return {
    opensAt: sessions.find((session) => session.kind === 'continuous')?.from ?? null,
    closesAt: sessions.find((session) => session.kind === 'closing-auction')?.to ?? null,
  };
}

function regularSessions(date: Temporal.PlainDate): Session[] {
  const spans = hoursOn(date);
  const opening = { minutes: ruleOn(openingAuctionMinutes, 'KRX', date) };
  const closing = { minutes: ruleOn(closingAuctionMinutes, 'KRX', date) };
  return spans.flatMap((span, index) => {
    const isLast = index === spans.length - 1;
    const auctionFrom = span.to.subtract(closing);
    const sessions = [session('continuous', date, { from: span.from, to: isLast ? auctionFrom : span.to })];
    if (index === 0) {
      sessions.unshift(session('opening-auction', date, { from: span.from.subtract(opening), to: span.from }));
    }
    if (isLast) sessions.push(session('closing-auction', date, { from: auctionFrom, to: span.to }));
    return sessions;
  });
}

function afterMarket(date: Temporal.PlainDate): Session[] {
  const hours = ruleOn(afterMarketHours, 'KRX', date);
  const close = hoursOn(date).at(-1)?.to;
  if (hours === null || close === undefined) return [];
  return [session('after-market', date, { from: close.add({ minutes: hours.afterCloseMinutes }), to: hours.to })];
}

/** Regular trading of the day after every exception. */
function hoursOn(date: Temporal.PlainDate): readonly ClockSpan[] {
  const rule = ruleOn(regularHours, 'KRX', date);
  const spans = date.dayOfWeek === 6 ? rule.saturday : rule.weekday;
  const minutes = examDays.get(dateNumber(date)) ?? 0;
  const shifted = spans.map((span) => ({ from: span.from.add({ minutes }), to: span.to.add({ minutes }) }));
  const opensAt = lateOpenings.get(dateNumber(date)) ?? (isFirstOfYear(date) ? firstSessionOpensAt : null);
  return opensAt === null ? shifted : shifted.map((span, index) => (index === 0 ? { ...span, from: opensAt } : span));
}

function isFirstOfYear(date: Temporal.PlainDate): boolean {
  if (date.month !== 1 || date.day > 7) return false;
  for (let day = 1; day < date.day; day += 1) if (tradingDay(date.with({ day })).kind === 'open') return false;
  return true;
}

function session(kind: SessionKind, date: Temporal.PlainDate, span: ClockSpan): Session {
  return { kind, from: seoulInstant(date, span.from), to: seoulInstant(date, span.to) };
}
