import type { Won } from '#domain/won.ts';
import { dateNumber, plainDate, seoulInstant } from '#domain/trading-date.ts';

import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { indexQuery, type IndexCode } from './index-code.ts';
import { pageBack } from './page-back.ts';
import { startOfPeriod } from './period-bars.ts';
import { periodCodes, type Period } from './quote-codes.ts';
import { hundredths, inUnits } from './quote-numbers.ts';
import { wireDay } from './wire-times.ts';

/** One bar of an index. Levels are whole hundredths of a point: 2,634.56 is 263,456. */
export interface IndexBar {
  readonly startsAtMs: number;
  /** The trading day as yyyymmdd. */
  readonly date: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares; KIS counts in thousands. */
  readonly volume: number;
  /** Won; KIS counts in millions. In a bar of less than a day: since the morning. */
  readonly value: Won;
}

export interface IndexBarsRequest {
  /** Both days inclusive. */
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Days if not said. */
  readonly period?: Period;
}

/** `FID_INPUT_HOUR_1` of index minutes is no time here but the length of a bar. */
export type IndexBarSeconds = 30 | 60 | 600 | 3600;

const levelFields = ['bstp_nmix_prpr', 'bstp_nmix_oprc', 'bstp_nmix_hgpr', 'bstp_nmix_lwpr'] as const;
const periodFields = ['stck_bsop_date', ...levelFields, 'acml_vol', 'acml_tr_pbmn'] as const;
const minuteFields = ['stck_bsop_date', 'stck_cntg_hour', ...levelFields, 'cntg_vol', 'acml_tr_pbmn'] as const;
const pagesMax = 1_500;
const midnight = Temporal.PlainTime.from('00:00');

/**
 * Bars of days, weeks, months or years, oldest first. How many rows a page has is not documented for an index: pages
 * are followed until one has nothing.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when pages do not go back in time, and those of a read
 */
export async function readIndexBars(
  calls: KisCalls,
  index: IndexCode,
  { from, to, period = 'day' }: IndexBarsRequest,
): Promise<readonly IndexBar[]> {
  if (Temporal.PlainDate.compare(from, to) > 0) return [];
  const bars = await pageBack<IndexBar, Temporal.PlainDate>({
    trId: quoteEndpoints.indexBars.real,
    first: to,
    pagesMax,
    repeats: 'refuse',
    placeOf: (bar) => bar.date,
    read: async (until) =>
      periodBarsOf(
        await calls.read(quoteEndpoints.indexBars, {
          ...indexQuery(index),
          FID_INPUT_DATE_1: wireDay(from),
          FID_INPUT_DATE_2: wireDay(until),
          FID_PERIOD_DIV_CODE: periodCodes[period],
        }),
      ),
    next: ({ oldest }) => {
      if (oldest === null) return null;
      const until = startOfPeriod(plainDate(oldest.date), period).subtract({ days: 1 });
      return Temporal.PlainDate.compare(from, until) > 0 ? null : until;
    },
  });
  return bars.filter(({ date }) => date >= dateNumber(from) && date <= dateNumber(to));
}

/** The bars of one answer, oldest first; the day before follows in it when `isWithYesterday`. Real only. */
export async function readIndexMinuteBars(
  calls: KisCalls,
  index: IndexCode,
  { barSeconds, isWithYesterday = false }: { readonly barSeconds: IndexBarSeconds; readonly isWithYesterday?: boolean },
): Promise<readonly IndexBar[]> {
  const { trId, body } = await calls.read(quoteEndpoints.indexMinuteBars, {
    ...indexQuery(index),
    FID_ETC_CLS_CODE: '0',
    FID_INPUT_HOUR_1: String(barSeconds),
    FID_PW_DATA_INCU_YN: isWithYesterday ? 'Y' : 'N',
  });
  return rowsOf(trId, body, 'output2')
    .map((block) => {
      const row = new WireRow(trId, block, minuteFields);
      return {
        ...placeOf(row.date('stck_bsop_date'), row.time('stck_cntg_hour')),
        ...levelsOf(row),
        volume: inUnits(row, 'cntg_vol', 1_000),
        value: inUnits(row, 'acml_tr_pbmn', 1_000_000),
      };
    })
    .toReversed();
}

function periodBarsOf({ trId, body }: KisAnswer): readonly IndexBar[] {
  return rowsOf(trId, body, 'output2').map((block) => {
    const row = new WireRow(trId, block, periodFields);
    return {
      ...placeOf(row.date('stck_bsop_date'), midnight),
      ...levelsOf(row),
      volume: inUnits(row, 'acml_vol', 1_000),
      value: inUnits(row, 'acml_tr_pbmn', 1_000_000),
    };
  });
}

function placeOf(date: Temporal.PlainDate, time: Temporal.PlainTime): Pick<IndexBar, 'startsAtMs' | 'date'> {
  return { startsAtMs: seoulInstant(date, time).epochMilliseconds, date: dateNumber(date) };
}

function levelsOf(row: WireRow<(typeof levelFields)[number]>): Pick<IndexBar, 'open' | 'high' | 'low' | 'close'> {
  const level = (field: (typeof levelFields)[number]): number => {
    const value = hundredths(row, field);
    if (value <= 0) throw row.unreadable(field, 'not above 0');
    return value;
  };
  return {
    open: level('bstp_nmix_oprc'),
    high: level('bstp_nmix_hgpr'),
    low: level('bstp_nmix_lwpr'),
    close: level('bstp_nmix_prpr'),
  };
}
