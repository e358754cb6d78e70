import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { dateNumber, seoulInstant } from '#domain/trading-date.ts';

import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { rowsOf } from '../calls/envelope.ts';
import type { InstrumentNames } from './instrument-names.ts';
import { dailyChartRows, minuteChartRows } from '../limits.ts';
import { instrumentQuery } from './quotes.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { chartNameFields, dailyBarFields, minuteBarFields } from '../wire-types.ts';

/** More than 250 years of trading days, and the minutes of 11 trading hours twice over. */
const pagesMax = { daily: 700, minute: 45 };
const midnight = Temporal.PlainTime.from('00:00');

export interface HistorySource {
  readonly calls: KisCalls;
  readonly names: InstrumentNames;
}

/**
 * Adjusted daily bars, oldest first, both ends included. The chart has no continuation key: each page ends the day
 * before the oldest row of the page before it.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when pages do not go back in time, and those of a read
 */
export async function readDailyBars(
  source: HistorySource,
  instrument: InstrumentId,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): Promise<readonly Bar[]> {
  const newestFirst: Bar[] = [];
  let until = to;
  for (let pages = 0; pages < pagesMax.daily; pages += 1) {
    if (Temporal.PlainDate.compare(from, until) > 0) break;
    const page = await source.calls.read(quoteEndpoints.dailyBars, {
      ...instrumentQuery(instrument),
      FID_INPUT_DATE_1: String(dateNumber(from)),
      FID_INPUT_DATE_2: String(dateNumber(until)),
      FID_PERIOD_DIV_CODE: 'D',
      FID_ORG_ADJ_PRC: '0',
    });
    learnName(source, instrument, page);
    const bars = rowsOf(page.trId, page.body, 'output2').map((row) => dailyBar(page.trId, row));
    refuseDisorder(page.trId, bars, newestFirst.at(-1));
    newestFirst.push(...bars.filter((bar) => bar.date >= dateNumber(from) && bar.date <= dateNumber(to)));
    const oldest = bars.at(-1);
    if (oldest === undefined || bars.length < dailyChartRows) break;
    until = Temporal.PlainDate.from(String(oldest.date)).subtract({ days: 1 });
  }
  return newestFirst.toReversed();
}

/**
 * The last `count` minutes of the newest day the broker serves, oldest first. The first row of the broker is the minute
 * that is still running, with volume so far.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readMinuteBars(
  source: HistorySource,
  instrument: InstrumentId,
  count: number,
): Promise<readonly Bar[]> {
  const newestFirst: Bar[] = [];
  // A time still to come means "now" to the broker, so the last second of the day never misses a minute.
  let cursor = Temporal.PlainTime.from('23:59:59');
  for (let pages = 0; pages < pagesMax.minute && newestFirst.length < count; pages += 1) {
    const page = await source.calls.read(quoteEndpoints.minuteBars, {
      FID_ETC_CLS_CODE: '',
      ...instrumentQuery(instrument),
      FID_INPUT_HOUR_1: wireHour(cursor),
      FID_PW_DATA_INCU_YN: 'N',
    });
    learnName(source, instrument, page);
    const rows = rowsOf(page.trId, page.body, 'output2').map((row) => minuteRow(page.trId, row));
    const today = newestFirst[0]?.date ?? rows[0]?.bar.date;
    const fresh = rows.filter(({ bar }) => bar.date === today && isOlder(bar, newestFirst.at(-1)));
    const before = newestFirst.at(-1);
    newestFirst.push(...fresh.map(({ bar }) => bar));
    refuseDisorder(
      page.trId,
      fresh.map(({ bar }) => bar),
      before,
    );
    const oldest = fresh.at(-1);
    // A page that reaches into an earlier day has shown the first minute of this one.
    const isFirstReached = rows.length < minuteChartRows || rows.at(-1)?.bar.date !== today;
    if (oldest === undefined || isFirstReached || oldest.minute.equals(midnight)) break;
    cursor = oldest.minute.subtract({ minutes: 1 });
  }
  return newestFirst.slice(0, count).toReversed();
}

function learnName({ names }: HistorySource, instrument: InstrumentId, { trId, body }: KisAnswer): void {
  const [summary] = rowsOf(trId, body, 'output1');
  if (summary !== undefined) names.learn(instrument, new WireRow(trId, summary, chartNameFields).text('hts_kor_isnm'));
}

/** On a day without trading KIS gives the close alone; the bar is flat then. */
function dailyBar(trId: string, block: unknown): Bar {
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

function minuteRow(trId: string, block: unknown): { readonly bar: Bar; readonly minute: Temporal.PlainTime } {
  const row = new WireRow(trId, block, minuteBarFields);
  const date = row.date('stck_bsop_date');
  const minute = row.time('stck_cntg_hour').round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const bar: Bar = {
    startsAtMs: seoulInstant(date, minute).epochMilliseconds,
    date: dateNumber(date),
    open: row.price('stck_oprc'),
    high: row.price('stck_hgpr'),
    low: row.price('stck_lwpr'),
    close: row.price('stck_prpr'),
    volume: row.whole('cntg_vol'),
  };
  return { bar, minute };
}

function refuseDisorder(trId: string, bars: readonly Bar[], before: Bar | undefined): void {
  let newer = before;
  for (const bar of bars) {
    if (!isOlder(bar, newer)) throw unreadable(trId, 'stck_bsop_date', 'not older than the row before it');
    newer = bar;
  }
}

function isOlder(bar: Bar, than: Bar | undefined): boolean {
  return than === undefined || bar.startsAtMs < than.startsAtMs;
}

function wireHour(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: 'second' }).replaceAll(':', '');
}
