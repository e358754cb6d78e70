import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, plainDate, seoulInstant, seoulTime } from '#domain/trading-date.ts';

import type { KisAnswer } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { minuteChartRows } from '../limits.ts';
import { minuteBarFields } from '../wire-types.ts';
import { boardQuery } from './board-query.ts';
import { learnName, type ChartSource } from './chart-source.ts';
import { pageBack } from './page-back.ts';
import type { Board } from './quote-codes.ts';
import { wireDay, wireHour } from './wire-times.ts';

/** The minutes of eleven trading hours twice over, and those of a year twice over. */
const pagesMax = { today: 45, past: 2_800 };
/** The longest holidays, and some days more, on which no page may bring anything. */
const emptyDaysMax = 12;
/** A time still to come means "now" to the broker, so the last second of the day never misses a minute. */
const endOfDay = Temporal.PlainTime.from('23:59:59');
const midnight = Temporal.PlainTime.from('00:00');

/**
 * The last `count` minutes of the newest day the broker serves, oldest first. The newest row is the minute that is
 * still running, with volume so far; until its first trade KIS shows there the volume of the minute before.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readTodayMinuteBars(
  source: ChartSource,
  instrument: InstrumentId,
  { count, board = 'krx' }: { readonly count: number; readonly board?: Board },
): Promise<readonly Bar[]> {
  let today: number | undefined;
  const bars = await pageBack<Bar, Temporal.PlainTime>({
    trId: quoteEndpoints.minuteBars.real,
    first: endOfDay,
    pagesMax: pagesMax.today,
    countMax: count,
    repeats: 'skip',
    placeOf: (bar) => bar.startsAtMs,
    read: async (until) => {
      const answer = await source.calls.read(quoteEndpoints.minuteBars, {
        FID_ETC_CLS_CODE: '',
        ...boardQuery(instrument, board),
        FID_INPUT_HOUR_1: wireHour(until),
        FID_PW_DATA_INCU_YN: 'N',
      });
      learnName(source, instrument, answer);
      const bars = barsOf(answer);
      today ??= bars[0]?.date;
      return bars;
    },
    next: ({ rows, oldest }) => {
      // A page that reaches into an earlier day has shown the first minute of this one.
      if (oldest === null || rows.length < minuteChartRows || oldest.date !== today) return null;
      const minute = minuteOf(oldest);
      return minute.equals(midnight) ? null : minute.subtract({ minutes: 1 });
    },
  });
  return bars.filter(({ date }) => date === today);
}

export interface PastMinuteBarsRequest {
  readonly date: Temporal.PlainDate;
  /** The newest minute wanted; the end of the day if not said. */
  readonly until?: Temporal.PlainTime;
  /** Bars wanted; the days before `date` are drawn on as far as needed. */
  readonly count: number;
  readonly board?: Board;
}

/**
 * One-minute bars that end at `date` and `until`, oldest first, across days; 120 to a call and at most a year back. Fewer
 * than `count` when the broker has no more. Minutes without a trade have no bar. Real only.
 *
 * @throws {FixConfiguration} `kis.not-on-paper`
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readPastMinuteBars(
  source: ChartSource,
  instrument: InstrumentId,
  { date, until = endOfDay, count, board = 'krx' }: PastMinuteBarsRequest,
): Promise<readonly Bar[]> {
  let emptyDays = 0;
  return pageBack<Bar, Temporal.PlainDateTime>({
    trId: quoteEndpoints.pastMinuteBars.real,
    first: date.toPlainDateTime(until),
    pagesMax: pagesMax.past,
    countMax: count,
    repeats: 'skip',
    placeOf: (bar) => bar.startsAtMs,
    read: async (cursor) => {
      const answer = await source.calls.read(quoteEndpoints.pastMinuteBars, {
        ...boardQuery(instrument, board),
        FID_INPUT_HOUR_1: wireHour(cursor.toPlainTime()),
        FID_INPUT_DATE_1: wireDay(cursor.toPlainDate()),
        FID_PW_DATA_INCU_YN: 'Y',
        FID_FAKE_TICK_INCU_YN: '',
      });
      learnName(source, instrument, answer);
      return barsOf(answer);
    },
    next: ({ oldest, cursor }) => {
      if (oldest !== null) {
        emptyDays = 0;
        return plainDate(oldest.date).toPlainDateTime(minuteOf(oldest)).subtract({ minutes: 1 });
      }
      emptyDays += 1;
      return emptyDays > emptyDaysMax ? null : cursor.subtract({ days: 1 }).withPlainTime(endOfDay);
    },
  });
}

function barsOf({ trId, body }: KisAnswer): readonly Bar[] {
  return rowsOf(trId, body, 'output2').map((block) => minuteBar(new WireRow(trId, block, minuteBarFields)));
}

function minuteBar(row: WireRow<(typeof minuteBarFields)[number]>): Bar {
  const date = row.date('stck_bsop_date');
  const minute = row.time('stck_cntg_hour').round({ smallestUnit: 'minute', roundingMode: 'floor' });
  return {
    startsAtMs: seoulInstant(date, minute).epochMilliseconds,
    date: dateNumber(date),
    open: row.price('stck_oprc'),
    high: row.price('stck_hgpr'),
    low: row.price('stck_lwpr'),
    close: row.price('stck_prpr'),
    volume: row.whole('cntg_vol'),
  };
}

function minuteOf(bar: Bar): Temporal.PlainTime {
  return seoulTime(Temporal.Instant.fromEpochMilliseconds(bar.startsAtMs));
}
