import { seoulInstant } from '#domain/trading-date.ts';
import type { BookPhase } from '#exchange/venue.ts';
import { sessionsOfDay, type SessionKind } from '#markets/sessions.ts';

import { nxtSessionsOf, offHoursOf } from './off-hours-plan.ts';
import type { TradingPhase } from './venue-session.ts';

/** `clock`: the hours of KRX and NXT by the venue's clock. `regular`: continuous trading at any time of any day. */
export type SessionRule = 'clock' | 'regular';

/** The books that run through a day side by side: KRX's own, its trading at fixed and single prices, and NXT's. */
export type Room = 'krx' | 'offHours' | 'nxt';

export type DayPhases = Readonly<Record<Room, readonly TradingPhase[]>>;

const phaseOf: Readonly<Partial<Record<SessionKind, BookPhase>>> = {
  'opening-auction': 'auction',
  continuous: 'continuous',
  'closing-auction': 'auction',
  'after-market': 'continuous',
};

/** The phases of `date` from midnight to midnight in Seoul, in every room, gaps filled with `closed`. */
export function tradingPhases(date: Temporal.PlainDate, rule: SessionRule): DayPhases {
  const midnight = Temporal.PlainTime.from('00:00');
  const day = { from: seoulInstant(date, midnight), to: seoulInstant(date.add({ days: 1 }), midnight) };
  if (rule === 'regular') {
    const always: readonly TradingPhase[] = [{ session: 'continuous', phase: 'continuous', ...day }];
    return { krx: always, offHours: wholeDay([], day), nxt: always };
  }
  const krx = sessionsOfDay(date).flatMap(({ kind, from, to }) => {
    const phase = phaseOf[kind];
    return phase === undefined ? [] : [{ session: kind, phase, from, to }];
  });
  return {
    krx: wholeDay(krx, day),
    offHours: wholeDay(offHoursOf(date), day),
    nxt: wholeDay(nxtSessionsOf(date), day),
  };
}

/** The phase of a room at an instant of the day. */
export function phaseAt(phases: readonly TradingPhase[], at: Temporal.Instant): TradingPhase | null {
  const isNow = ({ from, to }: TradingPhase): boolean =>
    Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, to) < 0;
  return phases.find((phase) => isNow(phase)) ?? null;
}

function wholeDay(sessions: readonly TradingPhase[], day: Pick<TradingPhase, 'from' | 'to'>): TradingPhase[] {
  const phases: TradingPhase[] = [];
  let reached = day.from;
  for (const session of sessions) {
    if (Temporal.Instant.compare(reached, session.from) < 0) {
      phases.push({ session: 'closed', phase: 'closed', from: reached, to: session.from });
    }
    phases.push(session);
    reached = session.to;
  }
  if (Temporal.Instant.compare(reached, day.to) < 0) {
    phases.push({ session: 'closed', phase: 'closed', from: reached, to: day.to });
  }
  return phases;
}
