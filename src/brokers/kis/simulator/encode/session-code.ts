import { sessionAt } from '#markets/sessions.ts';

import type { VenueSession } from '../venue/hours/venue-session.ts';

/** The part of a day that time codes tell apart. */
export type DayPart = 'pre' | 'regular' | 'after' | 'closed';

const parts: Readonly<Partial<Record<VenueSession, DayPart>>> = {
  'pre-hours-close': 'pre',
  'pre-market': 'pre',
  'opening-auction': 'pre',
  continuous: 'regular',
  'closing-auction': 'regular',
  'after-hours-close': 'after',
  'after-hours-single': 'after',
  'after-market': 'after',
};

/** Which part of the day a board in `session` is in at `at`; closed is before the open or after the close. */
export function dayPart(session: VenueSession, at: Temporal.Instant): DayPart {
  const part = parts[session];
  if (part !== undefined) return part;
  const { opensAt } = sessionAt(at);
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
