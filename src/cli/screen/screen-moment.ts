import { dayText } from '#backtest/report/report-numbers.ts';
import type { BarInterval, BarSeries } from '#domain/bar.ts';
import { firstAtOrAfter } from '#domain/first-at-or-after.ts';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';
import { dayOf, wrongOption } from '../research/research-options.ts';

/** When a screen looks: at the close of a day, or at a minute of it, when only what is over by then is known. */
export interface ScreenMoment {
  /** yyyymmdd */
  readonly date: number;
  /** `10:30` in Seoul; null for the close of the day. */
  readonly time: string | null;
}

const minuteMs = 60_000;

/** `2023-12-22`, or `2023-12-22T10:30` for a minute; null when the option is left out. @throws {FixConfiguration} `cli.option` */
export function screenMomentOf(text: string | undefined): ScreenMoment | null {
  const [, day, time = null] = /^([\d./-]{8,10})(?:[T ](.+))?$/.exec(text ?? '') ?? [];
  if (text !== undefined && time !== null && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    throw wrongOption('--date', text, say('2023-12-22T10:30 꼴', 'a minute such as 2023-12-22T10:30'));
  }
  const date = dayOf('--date', day ?? text);
  return date === null ? null : { date, time };
}

/** The bars that a moment is looked at through. */
export function intervalAt({ time }: ScreenMoment): BarInterval {
  return time === null ? '1d' : '1m';
}

/** The bars that are over at the moment: of minutes, those that ended by then. @param series up to the day; views on its memory */
export function barsOverAt(series: BarSeries, { date, time }: ScreenMoment): BarSeries {
  if (time === null) return series;
  const at = seoulInstant(plainDate(date), Temporal.PlainTime.from(time)).epochMilliseconds;
  const end = firstAtOrAfter(series.startsAtMs, at - minuteMs + 1);
  return {
    instrument: series.instrument,
    interval: series.interval,
    date: series.date.subarray(0, end),
    startsAtMs: series.startsAtMs.subarray(0, end),
    open: series.open.subarray(0, end),
    high: series.high.subarray(0, end),
    low: series.low.subarray(0, end),
    close: series.close.subarray(0, end),
    volume: series.volume.subarray(0, end),
  };
}

/** `2023.12.22`, `2023.12.22 10:30`. */
export function momentText({ date, time }: ScreenMoment): string {
  return time === null ? dayText(date, true) : `${dayText(date, true)} ${time}`;
}
