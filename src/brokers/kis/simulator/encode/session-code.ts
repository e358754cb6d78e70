import { seoul } from '#domain/trading-date.ts';
import { sessionAt } from '#markets/sessions.ts';

import type { Board } from '../venue/market-operation.ts';
import type { SessionRule } from '../venue/trading-phases.ts';

/** The part of a day that time codes tell apart. */
export type DayPart = 'pre' | 'regular' | 'after' | 'closed';

/**
 * Which part of the day `at` is in on `board`. A venue that trades round the clock is always in regular trading.
 *
 * @see spec §9.1 for the hours of NXT
 */
export function dayPart(rule: SessionRule, board: Board, at: Temporal.Instant): DayPart {
  if (rule === 'regular') return 'regular';
  const { hour, minute } = at.toZonedDateTimeISO(seoul);
  const clock = hour * 100 + minute;
  if (board === 'NXT') return clock < 900 ? 'pre' : clock < 1530 ? 'regular' : clock < 2000 ? 'after' : 'closed';
  const { kind, opensAt } = sessionAt(at);
  if (kind === 'opening-auction') return 'pre';
  if (kind === 'after-market') return 'after';
  if (kind !== 'closed') return 'regular';
  return opensAt !== null && Temporal.Instant.compare(at, opensAt) < 0 ? 'pre' : 'closed';
}

/** `NEW_MKOP_CLS_CODE`: 1 before the open, 2 regular, 3 after the close; the second digit 0 is ordinary. @see spec §7.4 */
export const operationCodes: Readonly<Record<DayPart, string>> = {
  pre: '10',
  regular: '20',
  after: '30',
  closed: '30',
};

/** `MARKET_CLS_CODE`, part of the frames since 2026-09-14. */
export const marketCodes: Readonly<Record<DayPart, string>> = { pre: '1', regular: '2', after: '3', closed: '5' };

/** `HOUR_CLS_CODE` of an expected price: B before the open, C during an interruption, A for the close. */
export function expectedHourCode(part: DayPart, isInterrupted: boolean): string {
  if (part === 'pre') return 'B';
  return isInterrupted ? 'C' : 'A';
}
