import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';

import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { dailyChartRows } from '../limits.ts';
import { dailyBarFields } from '../wire-types.ts';
import { boardQuery } from './board-query.ts';
import { learnName, type ChartSource } from './chart-source.ts';
import { pageBack } from './page-back.ts';
import { chartAdjustmentCodes, periodCodes, type Board, type Period } from './quote-codes.ts';

/** More than 250 years of trading days. */
const pagesMax = 700;
const midnight = Temporal.PlainTime.from('00:00');

export interface PeriodBarsRequest {
  /** Both days inclusive; a bar belongs to the span when the day KIS dates it with does. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Days if not said. */
  readonly period?: Period;
  /** Prices as they were paid, instead of adjusted for splits and rights. */
  readonly isRaw?: boolean;
  readonly board?: Board;
}

/**
 * Bars of days, weeks, months or years, oldest first. A bar of more than a day carries the date KIS gives it; which day
 * of its period that is, the broker does not document. Since 2026-09-14 a day includes the after-market of KRX.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when pages do not go back in time, and those of a read
 */
export async function readPeriodBars(
  source: ChartSource,
  instrument: InstrumentId,
  request: PeriodBarsRequest,
): Promise<readonly Bar[]> {
  const { from, to, period = 'day', isRaw = false, board = 'krx' } = request;
  if (Temporal.PlainDate.compare(from, to) > 0) return [];
  const { real: trId } = quoteEndpoints.dailyBars;
  const bars = await pageBack<Bar, Temporal.PlainDate>({
    trId,
    first: to,
    pagesMax,
    repeats: 'refuse',
    placeOf: (bar) => bar.date,
    read: async (until) => {
      const answer = await source.calls.read(quoteEndpoints.dailyBars, {
        ...boardQuery(instrument, board),
        FID_INPUT_DATE_1: String(dateNumber(from)),
        FID_INPUT_DATE_2: String(dateNumber(until)),
        FID_PERIOD_DIV_CODE: periodCodes[period],
        FID_ORG_ADJ_PRC: chartAdjustmentCodes[isRaw ? 'raw' : 'adjusted'],
      });
      learnName(source, instrument, answer);
      return rowsOf(answer.trId, answer.body, 'output2').map((row) => periodBar(answer.trId, row));
    },
    next: ({ rows, oldest }) => {
      if (oldest === null || rows.length < dailyChartRows) return null;
      const until = startOfPeriod(plainDate(oldest.date), period).subtract({ days: 1 });
      return Temporal.PlainDate.compare(from, until) > 0 ? null : until;
    },
  });
  return bars.filter((bar) => bar.date >= dateNumber(from) && bar.date <= dateNumber(to));
}

/**
 * The first day of the period that holds `date`. The next page must end before it: one that ended inside it would show
 * the same week again, cut short.
 */
export function startOfPeriod(date: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  return periodStarts[period](date);
}

const periodStarts: Readonly<Record<Period, (date: Temporal.PlainDate) => Temporal.PlainDate>> = {
  day: (date) => date,
  week: (date) => date.subtract({ days: date.dayOfWeek - 1 }),
  month: (date) => date.with({ day: 1 }),
  year: (date) => date.with({ month: 1, day: 1 }),
};

/** On a day without trading KIS gives the close alone; the bar is flat then. */
function periodBar(trId: string, block: unknown): Bar {
  const row = new WireRow(trId, block, dailyBarFields);
  const date = row.date('stck_bsop_date');
  const volume = row.whole('acml_vol');
  const close = row.price('stck_clpr');
  const isFlat = volume === 0 && row.whole('stck_oprc') === 0;
  return {
    startsAtMs: seoulInstant(date, midnight).epochMilliseconds,
    date: dateNumber(date),
    open: isFlat ? close : row.price('stck_oprc'),
    high: isFlat ? close : row.price('stck_hgpr'),
    low: isFlat ? close : row.price('stck_lwpr'),
    close,
    volume,
  };
}
