import { seoulDate } from '#domain/trading-date.ts';
import type { GuardState } from './state.ts';

const dayMs = 86_400_000;
/** Korea has been nine hours ahead since the last summer time ended, on 9 October 1988. */
const offsetMs = 32_400_000;
const fixedSinceMs = Date.UTC(1988, 9, 9);

/** The last day asked for: a zone conversion costs more than most rules do, and days do not change. */
let known: { readonly day: number; readonly date: Temporal.PlainDate } | null = null;

/** The trading day in Seoul of the decision, by which ticks and price limits go. */
export function dayOfDecision({ now }: Pick<GuardState, 'now'>): Temporal.PlainDate {
  const ms = now.epochMilliseconds;
  if (!(ms >= fixedSinceMs)) return seoulDate(now);
  const day = Math.floor((ms + offsetMs) / dayMs);
  if (known?.day !== day) known = { day, date: seoulDate(now) };
  return known.date;
}
