import { seoulDate } from '#domain/trading-date.ts';
import type { GuardState } from './state.ts';

interface Day {
  readonly date: Temporal.PlainDate;
  /** Its first millisecond and that of the day after. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The last day asked for. It says itself which moments are its own, so it cannot be stale. */
let last: Day | null = null;

/**
 * The trading day in Seoul of the decision, by which ticks and price limits go. Each decision asks twice, at a moment of
 * its own, and a zone conversion costs more than most rules do.
 */
export function dayOfDecision({ now }: Pick<GuardState, 'now'>): Temporal.PlainDate {
  const atMs = now.epochMilliseconds;
  if (last === null || !(last.fromMs <= atMs && atMs < last.toMs)) last = dayOf(now);
  return last.date;
}

const dayMs = 86_400_000;
/** Seoul has kept UTC+9 without summer time since 1988, and nothing older is decided. */
const seoulAheadMs = 9 * 3_600_000;

function dayOf(now: Temporal.Instant): Day {
  const fromMs = Math.floor((now.epochMilliseconds + seoulAheadMs) / dayMs) * dayMs - seoulAheadMs;
  return { date: seoulDate(now), fromMs, toMs: fromMs + dayMs };
}
