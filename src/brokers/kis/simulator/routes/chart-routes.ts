import type { Bar } from '#domain/bar.ts';
import { plainDate } from '#domain/trading-date.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { dailyChartRows, minuteChartRows } from '../../limits.ts';
import { dayBarsOf } from '../venue/day-bars.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { changeFields, sharesOf } from '../encode/encode-price.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Desk } from '../venue/market-floor.ts';
import { deskOf, wrongMarket } from './quote-routes.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { changeSign, clockText, parseDateText, percentText } from '../encode/text-fields.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';

/** Period and minute charts, newest row first. They page by moving the date or time, never by `tr_cont`. @see spec §4.3 */
export const chartRoutes: readonly Route[] = [
  both('inquire-daily-itemchartprice', 'FHKST03010100', periodChart),
  both('inquire-time-itemchartprice', 'FHKST03010200', minuteChart),
  both('inquire-daily-price', 'FHKST01010400', dailyPrice),
];

function both(name: string, trId: string, handle: Route['handle']): Route {
  return { method: 'GET', path: `${quotations}/${name}`, real: [trId], paper: [trId], handle };
}

function periodChart(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  // Clients ask from `00000101` when they want everything.
  const from = parseDateText(call.field('FID_INPUT_DATE_1').replace(/^0000/, '1900'));
  const to = parseDateText(call.field('FID_INPUT_DATE_2'));
  if (from === null) return fieldReply('FID_INPUT_DATE_1');
  if (to === null) return fieldReply('FID_INPUT_DATE_2');
  const period = call.field('FID_PERIOD_DIV_CODE');
  if (!['D', 'W', 'M', 'Y'].includes(period)) return fieldReply('FID_PERIOD_DIV_CODE');
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output1: encodeBlock('dailyChartSummary', {}), output2: [] });
  const bars = dayBarsOf(broker, desk, boundedFrom(from, to, period), to);
  const rows = withPrevious(byPeriod(bars, period)).slice(-dailyChartRows).toReversed();
  return quoteReply({
    output1: chartSummary(desk, broker),
    output2: rows
      .filter(({ bar }) => Temporal.PlainDate.compare(plainDate(bar.date), from) >= 0)
      .map(({ bar, previous }) =>
        encodeBlock('dailyChart', {
          ...rowFields(bar, previous),
          acml_tr_pbmn: bar.volume * bar.close,
          flng_cls_code: '00',
          prtt_rate: '0.00',
          mod_yn: 'N',
        }),
      ),
  });
}

function dailyPrice(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const period = call.field('FID_PERIOD_DIV_CODE');
  if (!['D', 'W', 'M'].includes(period)) return fieldReply('FID_PERIOD_DIV_CODE');
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output: [] });
  const { date } = broker.venue.state;
  const bars = dayBarsOf(broker, desk, boundedFrom(date.subtract({ years: 4 }), date, period), date);
  const rows = withPrevious(byPeriod(bars, period)).slice(-30).toReversed();
  const output = rows.map(({ bar, previous }) =>
    encodeBlock('dailyPrice', {
      ...rowFields(bar, previous),
      prdy_vrss_vol_rate: percentText(bar.volume - (previous?.volume ?? bar.volume), previous?.volume ?? bar.volume),
      prdy_ctrt: percentText(bar.close - (previous?.close ?? bar.close), previous?.close ?? bar.close),
      hts_frgn_ehrt: '30.00',
      flng_cls_code: '00',
      acml_prtt_rate: '0.00',
    }),
  );
  return quoteReply({ output });
}

/** A minute chart never comes back empty: some clients would ask for the same page for ever. */
function minuteChart(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const hour = call.field('FID_INPUT_HOUR_1');
  if (!/^\d{6}$/.test(hour)) return fieldReply('FID_INPUT_HOUR_1');
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output1: encodeBlock('minuteChartSummary', {}), output2: [] });
  const { date } = broker.venue.state;
  const minutes = desk.stats.minutes;
  // `000000` means now, as does any time that has not come.
  const until = hour === '000000' ? '999999' : hour;
  const upTo = minutes.filter((bar) => clockText(bar.startsAtMs) <= until);
  const rows = (upTo.length === 0 ? minutes.slice(0, 1) : upTo.slice(-minuteChartRows)).toReversed();
  return quoteReply({
    output1: encodeBlock('minuteChartSummary', {
      ...changeFields(desk, desk.stats.last, date),
      stck_prdy_clpr: desk.basePrice,
      acml_vol: desk.stats.volume,
      acml_tr_pbmn: desk.stats.value,
      hts_kor_isnm: desk.instrument.name,
      stck_prpr: desk.stats.last,
    }),
    output2: rows.map((bar) =>
      encodeBlock('minuteChart', {
        stck_bsop_date: bar.date,
        stck_cntg_hour: clockText(bar.startsAtMs),
        stck_prpr: bar.close,
        stck_oprc: bar.open,
        stck_hgpr: bar.high,
        stck_lwpr: bar.low,
        cntg_vol: bar.volume,
        acml_tr_pbmn: valueUntil(desk, bar.startsAtMs),
      }),
    ),
  });
}

/** Not more of the past than 100 rows can show, however early the caller starts. */
function boundedFrom(from: Temporal.PlainDate, to: Temporal.PlainDate, period: string): Temporal.PlainDate {
  const years = { D: 1, W: 3, M: 10, Y: 60 }[period] ?? 1;
  const bound = to.subtract({ years });
  return Temporal.PlainDate.compare(from, bound) < 0 ? bound : from;
}

function valueUntil(desk: Desk, startsAtMs: number): number {
  let value = 0;
  for (const bar of desk.stats.minutes) {
    if (bar.startsAtMs > startsAtMs) break;
    value += bar.close * bar.volume;
  }
  return value;
}

function byPeriod(bars: readonly Bar[], period: string): readonly Bar[] {
  if (period === 'D') return bars;
  const merged: Bar[] = [];
  let current = '';
  for (const bar of bars) {
    const key = periodKey(plainDate(bar.date), period);
    const last = merged.at(-1);
    if (key !== current || last === undefined) merged.push(bar);
    else merged[merged.length - 1] = mergeBars(last, bar);
    current = key;
  }
  return merged;
}

function mergeBars(first: Bar, next: Bar): Bar {
  return {
    ...first,
    high: next.high > first.high ? next.high : first.high,
    low: next.low < first.low ? next.low : first.low,
    close: next.close,
    volume: first.volume + next.volume,
  };
}

function periodKey(date: Temporal.PlainDate, period: string): string {
  if (period === 'W') return `${date.yearOfWeek ?? date.year}-${date.weekOfYear ?? 0}`;
  return period === 'M' ? `${date.year}-${date.month}` : String(date.year);
}

function withPrevious(bars: readonly Bar[]): { bar: Bar; previous: Bar | undefined }[] {
  return bars.map((bar, index) => ({ bar, previous: bars[index - 1] }));
}

function rowFields(bar: Bar, previous: Bar | undefined): Record<string, string | number> {
  const change = bar.close - (previous?.close ?? bar.close);
  return {
    stck_bsop_date: bar.date,
    stck_clpr: bar.close,
    stck_oprc: bar.open,
    stck_hgpr: bar.high,
    stck_lwpr: bar.low,
    acml_vol: bar.volume,
    prdy_vrss_sign: changeSign(change, 0, { lower: -1, upper: Number.POSITIVE_INFINITY }),
    prdy_vrss: change,
  };
}

function chartSummary(desk: Desk, broker: Broker): Record<string, string> {
  const { date } = broker.venue.state;
  const { stats, basePrice, instrument } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const depth = desk.book.depth(1, broker.venue.floor.reached);
  const yesterday = dayBarsOf(broker, desk, date.subtract({ days: 15 }), date.subtract({ days: 1 })).at(-1);
  return encodeBlock('dailyChartSummary', {
    ...changeFields(desk, stats.last, date),
    stck_prdy_clpr: basePrice,
    acml_vol: stats.volume,
    acml_tr_pbmn: stats.value,
    hts_kor_isnm: instrument.name,
    stck_prpr: stats.last,
    stck_shrn_iscd: instrument.symbol,
    prdy_vol: yesterday?.volume ?? 0,
    stck_mxpr: upper,
    stck_llam: lower,
    stck_oprc: stats.open,
    stck_hgpr: stats.high,
    stck_lwpr: stats.low,
    stck_prdy_oprc: yesterday?.open ?? 0,
    stck_prdy_hgpr: yesterday?.high ?? 0,
    stck_prdy_lwpr: yesterday?.low ?? 0,
    askp: depth.asks[0]?.price ?? 0,
    bidp: depth.bids[0]?.price ?? 0,
    prdy_vrss_vol: stats.volume - (yesterday?.volume ?? 0),
    vol_tnrt: percentText(stats.volume, sharesOf(instrument)),
    stck_fcam: 100,
    lstn_stcn: sharesOf(instrument),
    cpfn: 100,
    hts_avls: Math.floor((stats.last * sharesOf(instrument)) / 100_000_000),
  });
}
