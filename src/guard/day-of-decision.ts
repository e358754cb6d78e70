import { seoul, seoulDate } from '#domain/trading-date.ts';
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
/** Seoul's last summer time ended in 1988: since then a day is 24 hours that begin at 15:00 UTC. */
const plainSinceMs = Date.UTC(1989, 0, 1);
const seoulAheadMs = 9 * 3_600_000;

function dayOf(now: Temporal.Instant): Day {
  const date = seoulDate(now);
  const atMs = now.epochMilliseconds;
  if (atMs >= plainSinceMs) {
    const fromMs = Math.floor((atMs + seoulAheadMs) / dayMs) * dayMs - seoulAheadMs;
    return { date, fromMs, toMs: fromMs + dayMs };
  }
  const startMs = (day: Temporal.PlainDate): number => day.toZonedDateTime(seoul).epochMilliseconds;
  return { date, fromMs: startMs(date), toMs: startMs(date.add({ days: 1 })) };
}
