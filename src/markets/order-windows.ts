import type { InstrumentKind } from '#domain/instrument.ts';
import type { OrderSession, OrderVenue } from '#domain/order.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { afterHoursClose, nxtFirstDay, nxtHours, preHoursClose, type MinutesSpan } from './order-window-hours.ts';
import { ruleOn } from './rule-table.ts';
import { sessionsOfDay, type Session } from './sessions.ts';

/** When orders are taken, `opensAt` inclusive, `closesAt` exclusive. */
export interface OrderWindow {
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/**
 * The hours in which a venue takes orders for a session of `date`; null when it has no such session that day, when the
 * day is closed, and where the hours are not known. Whether NXT trades an instrument at all is not asked here: its list
 * changes by the day.
 *
 * The regular session of KRX is its continuous trading with the closing auction. `SOR` is open while both exchanges
 * trade continuously: outside of that nothing says where the broker would send an order.
 */
export function orderWindow(
  of: { readonly venue: OrderVenue; readonly session: OrderSession; readonly kind: InstrumentKind },
  date: Temporal.PlainDate,
): OrderWindow | null {
  const sessions = sessionsOfDay(date);
  if (sessions.length === 0) return null;
  if (of.venue === 'KRX') return krxWindow(of.session, of.kind, sessions, date);
  if (of.venue === 'NXT') return nxtWindow(of.session, sessions, date);
  return of.session === 'regular' ? nxtWindow('regular', sessions, date) : null;
}

function krxWindow(
  session: OrderSession,
  kind: InstrumentKind,
  sessions: readonly Session[],
  date: Temporal.PlainDate,
): OrderWindow | null {
  const { opensAt, closesAt } = regularTrading(sessions);
  if (session === 'regular') return { opensAt, closesAt };
  if (session === 'pre-hours-close') return minutesFrom(opensAt, ruleOn(preHoursClose, 'KRX', date));
  if (session === 'after-hours-close') return minutesFrom(closesAt, ruleOn(afterHoursClose, 'KRX', date));
  const afterMarket = sessions.find((candidate) => candidate.kind === 'after-market');
  // Funds and notes are left out of it. A pre-market is planned and not there yet.
  if (session !== 'after-market' || afterMarket === undefined || kind !== 'stock') return null;
  return { opensAt: afterMarket.from, closesAt: afterMarket.to };
}

function nxtWindow(session: OrderSession, sessions: readonly Session[], date: Temporal.PlainDate): OrderWindow | null {
  const hours = ruleOn(nxtHours, 'NXT', date);
  const continuous = sessions.find((candidate) => candidate.kind === 'continuous');
  if (hours === null || continuous === undefined) return null;
  const { opensAt, closesAt } = regularTrading(sessions);
  const isFirstDay = dateNumber(date) === nxtFirstDay.date;
  if (session === 'regular') {
    const from = isFirstDay ? seoulInstant(date, nxtFirstDay.opensAt) : opensAt;
    return { opensAt: from.add({ seconds: hours.mainAfterSeconds }), closesAt: continuous.to };
  }
  if (session === 'after-market') return { opensAt: closesAt, closesAt: seoulInstant(date, hours.afterMarketTo) };
  if (session !== 'pre-market' || isFirstDay || isDelayed(opensAt, date)) return null;
  return {
    opensAt: seoulInstant(date, hours.preMarket.from),
    closesAt: seoulInstant(date, hours.preMarket.to),
  };
}

/** NXT exists since a time in which an ordinary day opens at nine. */
function isDelayed(opensAt: Temporal.Instant, date: Temporal.PlainDate): boolean {
  return !opensAt.equals(seoulInstant(date, new Temporal.PlainTime(9)));
}

/** From the first continuous trading to the end of the closing auction. */
function regularTrading(sessions: readonly Session[]): OrderWindow {
  const opensAt = sessions.find((session) => session.kind === 'continuous')?.from;
  const closesAt = sessions.findLast((session) => session.kind === 'closing-auction')?.to;
  if (opensAt === undefined || closesAt === undefined) throw new RangeError('An open day has a regular session');
  return { opensAt, closesAt };
}

function minutesFrom(moment: Temporal.Instant, span: MinutesSpan | null): OrderWindow | null {
  if (span === null) return null;
  return { opensAt: moment.add({ minutes: span.from }), closesAt: moment.add({ minutes: span.to }) };
}
