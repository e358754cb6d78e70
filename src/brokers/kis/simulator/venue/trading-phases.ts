import { seoulInstant } from '#domain/trading-date.ts';
import type { BookPhase } from '#exchange/venue.ts';
import { sessionsOfDay, type SessionKind } from '#markets/sessions.ts';

/** `clock`: KRX's hours by the venue's clock. `regular`: continuous trading at any time of any day. */
export type SessionRule = 'clock' | 'regular';

/** A stretch of one day in one phase, `from` inclusive, `to` exclusive; together they cover the whole day. */
export interface TradingPhase {
  readonly phase: BookPhase;
  readonly from: Temporal.Instant;
  readonly to: Temporal.Instant;
}

const phaseOf: Readonly<Record<SessionKind, BookPhase>> = {
  'opening-auction': 'auction',
  continuous: 'continuous',
  'closing-auction': 'auction',
  // Order kinds 41 to 47 are not matched by this venue, so the after-market is as good as closed.
  'after-market': 'closed',
};

/** The phases of `date` from midnight to midnight in Seoul, gaps filled with `closed`. */
export function tradingPhases(date: Temporal.PlainDate, rule: SessionRule): readonly TradingPhase[] {
  const midnight = Temporal.PlainTime.from('00:00');
  const from = seoulInstant(date, midnight);
  const to = seoulInstant(date.add({ days: 1 }), midnight);
  if (rule === 'regular') return [{ phase: 'continuous', from, to }];
  const phases: TradingPhase[] = [];
  let reached = from;
  for (const session of sessionsOfDay(date)) {
    if (Temporal.Instant.compare(reached, session.from) < 0) {
      phases.push({ phase: 'closed', from: reached, to: session.from });
    }
    phases.push({ phase: phaseOf[session.kind], from: session.from, to: session.to });
    reached = session.to;
  }
  phases.push({ phase: 'closed', from: reached, to });
  return phases;
}
