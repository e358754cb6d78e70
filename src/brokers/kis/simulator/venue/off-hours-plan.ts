import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import { sessionsOfDay } from '#markets/sessions.ts';
import { examDays } from '#markets/session-hours.ts';

import type { TradingPhase, VenueSession } from './trading-phases.ts';

const preHoursFrom = 2019_04_29;
const closePriceFrom = 2016_08_01;
const singlePriceUntil = 2026_09_14;
const singlePriceMinutes = 10;
const nxtFrom = 2025_03_04;

/** First and last moment of a day's regular KRX trading. */
interface RegularDay {
  readonly date: Temporal.PlainDate;
  readonly opensAt: Temporal.Instant;
  readonly closesAt: Temporal.Instant;
}

/**
 * KRX trading beside the book of the day: at the last close for ten minutes before the opening auction is over, at
 * today's close from 15:40 to 16:00 with orders from 15:30, and, until 2026-09-11, single prices every ten minutes to
 * 18:00. Exam days and late openings move all but the last end. Modelled for 2019-04-29 and later at the opening,
 * 2016-08-01 and later after the close; empty before.
 *
 * @see krx-rules §3.2 and §3.4
 */
export function offHoursOf(date: Temporal.PlainDate): TradingPhase[] {
  const day = regularDay(date);
  if (day === null) return [];
  const number = dateNumber(date);
  const phases: TradingPhase[] = [];
  const { opensAt, closesAt } = day;
  if (number >= preHoursFrom) {
    const span = { from: opensAt.subtract({ minutes: 30 }), to: opensAt.subtract({ minutes: 20 }) };
    phases.push({ session: 'pre-hours-close', phase: 'continuous', ...span });
  }
  if (number >= closePriceFrom) {
    const tradesFrom = closesAt.add({ minutes: 10 });
    const session: VenueSession = 'after-hours-close';
    phases.push({ session, phase: 'auction', from: closesAt, to: tradesFrom });
    phases.push({ session, phase: 'continuous', from: tradesFrom, to: closesAt.add({ minutes: 30 }) });
    if (number < singlePriceUntil) phases.push(...singlePrices(day));
  }
  return phases;
}

/**
 * NXT: before the opening from 08:00 to 08:50, the main session from thirty seconds after KRX's opening to the start of
 * its closing auction, and after the close orders at once and trades ten minutes later, to 20:00. A day on which KRX
 * opens late has no session before the opening.
 *
 * @see krx-rules §3.3 and §3.4
 */
export function nxtSessionsOf(date: Temporal.PlainDate): TradingPhase[] {
  const day = regularDay(date);
  if (day === null || dateNumber(date) < nxtFrom) return [];
  const { opensAt, closesAt } = day;
  const after = closesAt.add({ minutes: 10 });
  const phases: TradingPhase[] = [
    {
      session: 'continuous',
      phase: 'continuous',
      from: opensAt.add({ seconds: 30 }),
      to: closesAt.subtract({ minutes: 10 }),
    },
    { session: 'after-market', phase: 'auction', from: closesAt, to: after },
    { session: 'after-market', phase: 'continuous', from: after, to: clock(date, '20:00') },
  ];
  const isOnTime = opensAt.equals(clock(date, '09:00')) && !examDays.has(dateNumber(date));
  if (!isOnTime) return phases;
  return [
    { session: 'pre-market', phase: 'continuous', from: clock(date, '08:00'), to: clock(date, '08:50') },
    ...phases,
  ];
}

function singlePrices({ date, closesAt }: RegularDay): TradingPhase[] {
  const phases: TradingPhase[] = [];
  const end = clock(date, '18:00');
  let from = closesAt.add({ minutes: 30 });
  while (Temporal.Instant.compare(from, end) < 0) {
    const to = from.add({ minutes: singlePriceMinutes });
    phases.push({ session: 'after-hours-single', phase: 'auction', from, to });
    from = to;
  }
  return phases;
}

function regularDay(date: Temporal.PlainDate): RegularDay | null {
  const sessions = sessionsOfDay(date);
  const opensAt = sessions.find(({ kind }) => kind === 'continuous')?.from;
  const closesAt = sessions.find(({ kind }) => kind === 'closing-auction')?.to;
  return opensAt === undefined || closesAt === undefined ? null : { date, opensAt, closesAt };
}

function clock(date: Temporal.PlainDate, time: string): Temporal.Instant {
  return seoulInstant(date, Temporal.PlainTime.from(time));
}
