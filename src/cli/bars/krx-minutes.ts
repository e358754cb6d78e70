import { plainDate, seoulTime } from '#domain/trading-date.ts';
import { orderWindow } from '#markets/order-windows.ts';
import { sessionsOfDay } from '#markets/sessions.ts';
import type { MinuteSpan, SessionMinutes } from '#store/minutes/session-minutes.ts';

/** Answers given already; minute bars ask for the same day hundreds of times. */
const known = new Map<number, SessionMinutes | null>();

/** KRX's hours of a day, yyyymmdd, for the store, which knows none; null on a day without trading. */
export function krxMinutes(date: number): SessionMinutes | null {
  const before = known.get(date);
  if (before !== undefined) return before;
  const hours = hoursOf(plainDate(date));
  known.set(date, hours);
  return hours;
}

function hoursOf(date: Temporal.PlainDate): SessionMinutes | null {
  const sessions = sessionsOfDay(date);
  const closing = sessions.findLast(({ kind }) => kind === 'closing-auction');
  if (closing === undefined) return null;
  const of = (wanted: string): readonly MinuteSpan[] =>
    sessions.filter(({ kind }) => kind === wanted).map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }));
  const atClose = (['pre-hours-close', 'after-hours-close'] as const).flatMap((session) => {
    const window = orderWindow({ venue: 'KRX', session, kind: 'stock' }, date);
    return window === null ? [] : [{ from: minuteOf(window.opensAt), to: minuteOf(window.closesAt) }];
  });
  return {
    continuous: of('continuous'),
    closesAt: minuteOf(closing.to),
    extra: [...atClose, ...of('after-market')].toSorted((one, other) => one.from - other.from),
  };
}

function minuteOf(instant: Temporal.Instant): number {
  const { hour, minute } = seoulTime(instant);
  return hour * 60 + minute;
}
