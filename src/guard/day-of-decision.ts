import { seoulDate } from '#domain/trading-date.ts';
import type { GuardState } from './state.ts';

/** Two rules ask for the same day in every decision, and a zone conversion costs more than most rules do. Instants never change. */
const known = new WeakMap<Temporal.Instant, Temporal.PlainDate>();

/** The trading day in Seoul of the decision, by which ticks and price limits go. */
export function dayOfDecision({ now }: GuardState): Temporal.PlainDate {
  const before = known.get(now);
  if (before !== undefined) return before;
  const date = seoulDate(now);
  known.set(now, date);
  return date;
}
