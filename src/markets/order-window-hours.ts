import type { RuleRow } from './rule-table.ts';

/** Minutes from the opening or the close of regular trading; both move with an exam day and a late opening. */
export interface MinutesSpan {
  readonly from: number;
  readonly to: number;
}

/** KRX at the previous close, counted from the opening: 08:30 to 08:40. Earlier hours were others and are left out. */
export const preHoursClose: readonly RuleRow<'KRX', MinutesSpan | null>[] = [
  { from: 0, market: 'KRX', value: null, mark: 'inferred' },
  { from: 2019_04_29, market: 'KRX', value: { from: -30, to: -20 }, mark: 'source' },
];

/** KRX at today's close, counted from the close, from the first moment at which orders are taken: 15:30 to 16:00. */
export const afterHoursClose: readonly RuleRow<'KRX', MinutesSpan | null>[] = [
  { from: 0, market: 'KRX', value: null, mark: 'inferred' },
  { from: 2016_08_01, market: 'KRX', value: { from: 0, to: 30 }, mark: 'source' },
];

/** NXT's three sessions of a day, as far as it had any. */
export interface NxtHours {
  /** On the clock, and only on days without any delay: on the exam day of 2025 there was none. */
  readonly preMarket: { readonly from: Temporal.PlainTime; readonly to: Temporal.PlainTime };
  /** Its main session runs within KRX's continuous trading and begins so many seconds after it. */
  readonly mainAfterSeconds: number;
  /** From KRX's close on, half of which is order entry, until this time, which no delay moves. */
  readonly afterMarketTo: Temporal.PlainTime;
}

/** NXT (krx-rules §3.3, §3.4, kis §9.1). */
export const nxtHours: readonly RuleRow<'NXT', NxtHours | null>[] = [
  { from: 0, market: 'NXT', value: null, mark: 'source' },
  {
    from: 2025_03_04,
    market: 'NXT',
    value: {
      preMarket: { from: clock('08:00'), to: clock('08:50') },
      mainAfterSeconds: 30,
      afterMarketTo: clock('20:00'),
    },
    mark: 'source',
  },
];

/** The day NXT opened: at ten, after a ceremony, and so without a pre-market. */
export const nxtFirstDay = { date: 2025_03_04, opensAt: clock('10:00') };

function clock(time: string): Temporal.PlainTime {
  return Temporal.PlainTime.from(time);
}
