import type { Bar } from '#domain/bar.ts';
import { seoulDate } from '#domain/trading-date.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { minuteChartRows } from '../../limits.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { changeFields } from '../encode/encode-price.ts';
import { pastMinutes } from '../encode/past-minutes.ts';
import { clockText, parseDateText } from '../encode/text-fields.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { clientFamily } from '../socket/client-profile.ts';
import { quotedOf, quoteRoute, wrongMarket, type Quoted } from './quote-route.ts';

/** Minute charts, newest row first; they page by moving the time, never by `tr_cont`. @see spec §4.3 */
export const minuteRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.minuteBars, today),
  quoteRoute(quoteEndpoints.pastMinuteBars, anyDay),
];

/** Rows of one answer about a past day, and how far the past goes. */
const pastRows = 120;
const yearDays = 366;
/** Days looked at for a page that crosses into earlier ones: the longest closure the calendar knows, and one more. */
const daysBack = 15;

/** A minute with the won traded on its day up to and with it. */
interface MinuteRow {
  readonly bar: Bar;
  readonly value: number;
}

/**
 * `000000` means now, as does any time that has not come. Before the first trade of a day, and on a day without trading,
 * the last day that had trades is shown. Never empty, and the time always moves: some clients would ask for ever.
 */
function today(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call) ?? wrongHour(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return nothing();
  const hour = call.field('FID_INPUT_HOUR_1');
  const until = hour === '000000' ? '999999' : hour;
  const { date, rows } = latestDay(quoted, broker);
  const upTo = rows.filter(({ bar }) => clockText(bar.startsAtMs) <= until);
  const shown = upTo.length === 0 ? rows.slice(0, 1) : upTo.slice(-minuteChartRows);
  const missing = minuteChartRows - shown.length;
  const isCrossing = call.field('FID_PW_DATA_INCU_YN') === 'Y' && !(upTo.length > 0 && stopsAtOpening(call));
  const before = isCrossing && missing > 0 ? daysBefore(quoted, broker, date, missing) : [];
  return answer([...before, ...shown], quoted, broker);
}

/**
 * mojito pages back until a page ends at 09:01 or before and asks for the day before without meaning it: rows of the day
 * before behind those of the opening would keep it going round for ever. It is known by the name of its HTTP library.
 */
function stopsAtOpening(call: Call): boolean {
  return clientFamily(call.headers['user-agent'] ?? '') === 'python';
}

/** Any day of the last year; with `FID_PW_DATA_INCU_YN` Y the page goes on into the days before. */
function anyDay(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call) ?? wrongHour(call);
  if (wrong !== null) return wrong;
  const date = parseDateText(call.field('FID_INPUT_DATE_1'));
  if (date === null) return fieldReply('FID_INPUT_DATE_1');
  const quoted = quotedOf(call, broker);
  if (quoted === null) return nothing();
  const hour = call.field('FID_INPUT_HOUR_1');
  const upTo = minutesOf(quoted, broker, date).filter(({ bar }) => clockText(bar.startsAtMs) <= hour);
  const shown = upTo.slice(-pastRows);
  const missing = pastRows - shown.length;
  const isCrossing = call.field('FID_PW_DATA_INCU_YN') === 'Y';
  const before = isCrossing && missing > 0 ? daysBefore(quoted, broker, date, missing) : [];
  return answer([...before, ...shown], quoted, broker);
}

function wrongHour(call: Call): Reply | null {
  return /^\d{6}$/.test(call.field('FID_INPUT_HOUR_1')) ? null : fieldReply('FID_INPUT_HOUR_1');
}

/** Today, or the last day before it that had trades. */
function latestDay(
  quoted: Quoted,
  broker: Broker,
): { readonly date: Temporal.PlainDate; readonly rows: readonly MinuteRow[] } {
  const { date: today } = broker.venue.state;
  for (let back = 0; back <= daysBack; back += 1) {
    const date = today.subtract({ days: back });
    const rows = minutesOf(quoted, broker, date);
    if (rows.length > 0) return { date, rows };
  }
  return { date: today, rows: [] };
}

/** The last `count` minutes of the days before `date`, oldest first. */
function daysBefore(quoted: Quoted, broker: Broker, date: Temporal.PlainDate, count: number): readonly MinuteRow[] {
  let rows: readonly MinuteRow[] = [];
  for (let back = 1; back <= daysBack && rows.length < count; back += 1) {
    rows = [...minutesOf(quoted, broker, date.subtract({ days: back })), ...rows];
  }
  return rows.slice(-count);
}

function minutesOf(quoted: Quoted, broker: Broker, date: Temporal.PlainDate): readonly MinuteRow[] {
  const { date: now } = broker.venue.state;
  const age = date.until(now, { largestUnit: 'days' }).days;
  if (age < 0 || age > yearDays) return [];
  return withValues(age === 0 ? minutesOfToday(quoted, broker) : pastMinutes(broker, quoted.home, date));
}

/**
 * Minutes that were traded. While the market is open, a minute without a trade so far stands as the newest one with the
 * last price and the volume of the minute before it, as KIS has it.
 */
function minutesOfToday({ desk: { stats }, home }: Quoted, { venue }: Broker): readonly Bar[] {
  const last = stats.minutes.at(-1);
  const startsAtMs = Math.floor(venue.floor.reached.epochMilliseconds / 60_000) * 60_000;
  const isNext = last !== undefined && startsAtMs - last.startsAtMs === 60_000;
  if (!isNext || home.book.phase !== 'continuous' || !isToday(startsAtMs, venue.state.date)) return stats.minutes;
  const { close, volume } = last;
  return [...stats.minutes, { ...last, startsAtMs, open: close, high: close, low: close, volume }];
}

function isToday(ms: number, date: Temporal.PlainDate): boolean {
  return seoulDate(Temporal.Instant.fromEpochMilliseconds(ms)).equals(date);
}

function withValues(bars: readonly Bar[]): readonly MinuteRow[] {
  let value = 0;
  return bars.map((bar) => {
    value += bar.close * bar.volume;
    return { bar, value };
  });
}

function answer(rows: readonly MinuteRow[], { desk }: Quoted, broker: Broker): Reply {
  const { stats, instrument, basePrice } = desk;
  return quoteReply({
    output1: encodeBlock('minuteChartSummary', {
      ...changeFields(desk, stats.last, broker.venue.state.date),
      stck_prdy_clpr: basePrice,
      acml_vol: stats.volume,
      acml_tr_pbmn: stats.value,
      hts_kor_isnm: instrument.name,
      stck_prpr: stats.last,
    }),
    output2: rows.toReversed().map(({ bar, value }) => minuteFields(bar, value)),
  });
}

function minuteFields(bar: Bar, value: number): Record<string, string> {
  const { startsAtMs, date, open, high, low, close, volume } = bar;
  return encodeBlock('minuteChart', {
    stck_bsop_date: date,
    stck_cntg_hour: clockText(startsAtMs),
    stck_prpr: close,
    stck_oprc: open,
    stck_hgpr: high,
    stck_lwpr: low,
    cntg_vol: volume,
    acml_tr_pbmn: value,
  });
}

/** For a code that is not listed, or not on this board. */
function nothing(): Reply {
  return quoteReply({ output1: encodeBlock('minuteChartSummary', { prdy_vrss_sign: '3' }), output2: [] });
}
