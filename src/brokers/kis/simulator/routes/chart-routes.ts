import type { Bar } from '#domain/bar.ts';
import { plainDate } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { dailyChartRows } from '../../limits.ts';
import { dayBarsOf } from '../venue/floor/day-bars.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { changeFields, sharesOf } from '../encode/encode-price.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import { quotedOf, quoteRoute, wrongMarket, type Quoted } from './quote-route.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { investorsOf } from '../encode/investor-split.ts';
import { barsByPeriod, boundedFrom, periodOf, type Period } from '../encode/period-bars.ts';
import { changeSign, parseDateText, percentText } from '../encode/text-fields.ts';

/** Day, week, month and year bars, newest row first. They page by moving the date, never by `tr_cont`. @see spec §4.3 */
export const chartRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.dailyBars, periodChart),
  quoteRoute(quoteEndpoints.recentDays, dailyPrice),
];

function periodChart(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  // Clients ask from `00000101` when they want everything.
  const from = parseDateText(call.field('FID_INPUT_DATE_1').replace(/^0000/, '1900'));
  const to = parseDateText(call.field('FID_INPUT_DATE_2'));
  if (from === null) return fieldReply('FID_INPUT_DATE_1');
  if (to === null) return fieldReply('FID_INPUT_DATE_2');
  const period = periodOf(call.field('FID_PERIOD_DIV_CODE'));
  if (period === null) return fieldReply('FID_PERIOD_DIV_CODE');
  const quoted = quotedOf(call, broker);
  if (quoted === null) {
    return quoteReply({ output1: encodeBlock('dailyChartSummary', { prdy_vrss_sign: '3' }), output2: [] });
  }
  const rows = rowsOf(quoted, broker, { from, to, period })
    .slice(-dailyChartRows)
    .toReversed()
    .map(({ bar, previous }) =>
      encodeBlock('dailyChart', {
        ...rowFields(bar, previous),
        acml_tr_pbmn: bar.volume * bar.close,
        flng_cls_code: '00',
        prtt_rate: '0.00',
        mod_yn: 'N',
      }),
    );
  return quoteReply({ output1: chartSummary(quoted, broker), output2: rows });
}

function dailyPrice(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const period = periodOf(call.field('FID_PERIOD_DIV_CODE'));
  if (period === null || period === 'Y') return fieldReply('FID_PERIOD_DIV_CODE');
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: [] });
  const { date: to } = broker.venue.state;
  const rows = rowsOf(quoted, broker, { from: to.subtract({ years: 4 }), to, period }).slice(-recentRows);
  const output = rows.toReversed().map(({ bar, previous }) =>
    encodeBlock('dailyPrice', {
      ...rowFields(bar, previous),
      prdy_vrss_vol_rate: percentText(bar.volume - (previous?.volume ?? bar.volume), previous?.volume ?? bar.volume),
      prdy_ctrt: percentText(bar.close - (previous?.close ?? bar.close), previous?.close ?? bar.close),
      hts_frgn_ehrt: '30.00',
      frgn_ntby_qty: investorsOf(quoted.desk.instrument.symbol, bar).foreign.net,
      flng_cls_code: '00',
      acml_prtt_rate: '0.00',
    }),
  );
  return quoteReply({ output });
}

/** Rows of `inquire-daily-price`. */
const recentRows = 30;

interface Wanted {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  readonly period: Period;
}

/** Bars of the period, oldest first, each with the one before; a day looks past `from` for it. */
function rowsOf(
  quoted: Quoted,
  broker: Broker,
  { from, to, period }: Wanted,
): { bar: Bar; previous: Bar | undefined }[] {
  const first = boundedFrom(from, to, period);
  const earlier = period === 'D' ? first.subtract({ days: 15 }) : first;
  const bars = withToday(dayBarsOf(broker, quoted.home, earlier, to), quoted);
  const merged = barsByPeriod(bars, period, (bar, next) => ({ ...bar, close: next.close }));
  return withPrevious(merged).filter(({ bar }) => Temporal.PlainDate.compare(plainDate(bar.date), first) >= 0);
}

/** Both boards as one show their common day; the past is that of the home board. */
function withToday(bars: readonly Bar[], { home, desk }: Quoted): readonly Bar[] {
  const last = bars.at(-1);
  const { stats } = desk;
  if (desk === home || last === undefined || last.volume !== home.stats.volume) return bars;
  const high = won(stats.high);
  return [...bars.slice(0, -1), { ...last, high, low: won(stats.low), close: won(stats.last), volume: stats.volume }];
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

function chartSummary({ desk, previous }: Quoted, broker: Broker): Record<string, string> {
  const { date } = broker.venue.state;
  const { stats, basePrice, instrument } = desk;
  const { lower, upper } = priceLimits(instrument, basePrice, date);
  const depth = desk.book.depth(1, broker.venue.floor.reached);
  const shares = sharesOf(instrument);
  return encodeBlock('dailyChartSummary', {
    ...changeFields(desk, stats.last, date),
    stck_prdy_clpr: basePrice,
    acml_vol: stats.volume,
    acml_tr_pbmn: stats.value,
    hts_kor_isnm: instrument.name,
    stck_prpr: stats.last,
    stck_shrn_iscd: instrument.symbol,
    prdy_vol: previous?.volume ?? 0,
    stck_mxpr: upper,
    stck_llam: lower,
    stck_oprc: stats.open,
    stck_hgpr: stats.high,
    stck_lwpr: stats.low,
    stck_prdy_oprc: previous?.open ?? 0,
    stck_prdy_hgpr: previous?.high ?? 0,
    stck_prdy_lwpr: previous?.low ?? 0,
    askp: depth.asks[0]?.price ?? 0,
    bidp: depth.bids[0]?.price ?? 0,
    prdy_vrss_vol: stats.volume - (previous?.volume ?? 0),
    vol_tnrt: percentText(stats.volume, shares),
    stck_fcam: 100,
    lstn_stcn: shares,
    cpfn: 100,
    hts_avls: Math.floor((stats.last * shares) / 100_000_000),
  });
}
