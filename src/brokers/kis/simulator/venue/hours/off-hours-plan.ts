import { dateNumber, seoulInstant } from '#domain/trading-date.ts';
import {
  afterHoursClose,
  nxtFirstDay,
  nxtHours,
  preHoursClose,
  type MinutesSpan,
} from '#markets/order-window-hours.ts';
import { ruleOn } from '#markets/rule-table.ts';
import { sessionsOfDay } from '#markets/sessions.ts';
import { examDays } from '#markets/session-hours.ts';

import type { TradingPhase, VenueSession } from './venue-session.ts';

const singlePriceUntil = 2026_09_14;
const singlePriceMinutes = 10;
/** Of the half hour of close-price trading, and of NXT after the close, orders alone come first. */
const entryMinutes = 10;

/** First and last moment of a day's regular KRX trading. */
interface RegularDay {
  readonly date: Temporal.PlainDate;
  readonly opensAt: Temporal.Instant;
  /** The closing auction begins. */
  readonly auctionFrom: Temporal.Instant;
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
  const phases: TradingPhase[] = [];
  const before = around(day.opensAt, ruleOn(preHoursClose, 'KRX', date));
  if (before !== null) phases.push({ session: 'pre-hours-close', phase: 'continuous', ...before });
  const after = around(day.closesAt, ruleOn(afterHoursClose, 'KRX', date));
  if (after === null) return phases;
  const session: VenueSession = 'after-hours-close';
  const tradesFrom = after.from.add({ minutes: entryMinutes });
  phases.push({ session, phase: 'auction', from: after.from, to: tradesFrom });
  phases.push({ session, phase: 'continuous', from: tradesFrom, to: after.to });
  if (dateNumber(date) < singlePriceUntil) phases.push(...singlePrices(day, after.to));
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
  const hours = ruleOn(nxtHours, 'NXT', date);
  if (day === null || hours === null) return [];
  const { closesAt } = day;
  const isFirstDay = dateNumber(date) === nxtFirstDay.date;
  const opensAt = isFirstDay ? seoulInstant(date, nxtFirstDay.opensAt) : day.opensAt;
  const after = closesAt.add({ minutes: entryMinutes });
  const phases: TradingPhase[] = [
    {
      session: 'continuous',
      phase: 'continuous',
      from: opensAt.add({ seconds: hours.mainAfterSeconds }),
      to: day.auctionFrom,
    },
    { session: 'after-market', phase: 'auction', from: closesAt, to: after },
    { session: 'after-market', phase: 'continuous', from: after, to: seoulInstant(date, hours.afterMarketTo) },
  ];
  const isOnTime = opensAt.equals(clock(date, '09:00')) && !examDays.has(dateNumber(date));
  if (!isOnTime) return phases;
  return [
    {
      session: 'pre-market',
      phase: 'continuous',
      from: seoulInstant(date, hours.preMarket.from),
      to: seoulInstant(date, hours.preMarket.to),
    },
    ...phases,
  ];
}

function singlePrices({ date }: RegularDay, start: Temporal.Instant): TradingPhase[] {
  const phases: TradingPhase[] = [];
  const end = clock(date, '18:00');
  let from = start;
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
  const closing = sessions.find(({ kind }) => kind === 'closing-auction');
  if (opensAt === undefined || closing === undefined) return null;
  return { date, opensAt, auctionFrom: closing.from, closesAt: closing.to };
}

function around(moment: Temporal.Instant, span: MinutesSpan | null): Pick<TradingPhase, 'from' | 'to'> | null {
  return span === null ? null : { from: moment.add({ minutes: span.from }), to: moment.add({ minutes: span.to }) };
}

function clock(date: Temporal.PlainDate, time: string): Temporal.Instant {
  return seoulInstant(date, Temporal.PlainTime.from(time));
}
