import { plainDate } from '#domain/trading-date.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { dailyChartRows, minuteChartRows } from '../../limits.ts';
import { encodeIndexChartSummary, encodeIndexDay, encodeIndexMinute } from '../encode/encode-index.ts';
import { indexDays, indexMinutes } from '../encode/index-bars.ts';
import { barsByPeriod, boundedFrom, periodOf } from '../encode/period-bars.ts';
import { parseDateText } from '../encode/text-fields.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { figuresOf, indexOf } from './index-routes.ts';
import { quoteRoute } from './quote-route.ts';

/** Charts of an index, newest row first. @see spec §4.2 */
export const indexChartRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.indexBars, periodChart),
  quoteRoute(quoteEndpoints.indexMinuteBars, minuteChart),
];

/** `FID_INPUT_HOUR_1`: seconds of one bar. */
const barSeconds = ['30', '60', '600', '3600'];
/** Rows of one answer about minutes of an index: the KRX day's page of the stock chart, and not documented. */
const minuteRows = minuteChartRows;

function periodChart(call: Call, broker: Broker): Reply {
  const index = indexOf(call);
  if ('status' in index) return index;
  const from = parseDateText(call.field('FID_INPUT_DATE_1').replace(/^0000/, '1900'));
  const to = parseDateText(call.field('FID_INPUT_DATE_2'));
  if (from === null) return fieldReply('FID_INPUT_DATE_1');
  if (to === null) return fieldReply('FID_INPUT_DATE_2');
  const period = periodOf(call.field('FID_PERIOD_DIV_CODE'));
  if (period === null) return fieldReply('FID_PERIOD_DIV_CODE');
  const days = indexDays(broker, index, boundedFrom(from, to, period), to);
  const bars = barsByPeriod(days, period, (bar, next) => ({
    ...bar,
    close: next.close,
    value: bar.value + next.value,
  }));
  const shown = bars.filter(({ date }) => Temporal.PlainDate.compare(plainDate(date), from) >= 0);
  return quoteReply({
    output1: encodeIndexChartSummary(index, figuresOf(broker, index)),
    output2: shown.slice(-dailyChartRows).toReversed().map(encodeIndexDay),
  });
}

/** Bars of today; half a minute is answered with whole ones, the shortest that this venue keeps. */
function minuteChart(call: Call, broker: Broker): Reply {
  const index = indexOf(call);
  if ('status' in index) return index;
  const seconds = call.field('FID_INPUT_HOUR_1');
  if (!barSeconds.includes(seconds)) return fieldReply('FID_INPUT_HOUR_1');
  let value = 0;
  const rows = indexMinutes(broker, index, Number(seconds)).map((bar) => {
    value += bar.value;
    return encodeIndexMinute(bar, value);
  });
  return quoteReply({
    output1: encodeIndexChartSummary(index, figuresOf(broker, index)),
    output2: rows.slice(-minuteRows).toReversed(),
  });
}
