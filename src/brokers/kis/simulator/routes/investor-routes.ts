import type { Bar } from '#domain/bar.ts';
import { dateNumber, seoul } from '#domain/trading-date.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { pointSign } from '../encode/encode-index-record.ts';
import { encodeMembers } from '../encode/encode-members.ts';
import { investorsOf, type InvestorFigures } from '../encode/investor-split.ts';
import { quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { dayBarsOf } from '../venue/floor/day-bars.ts';
import { quotedOf, quoteRoute, wrongMarket } from './quote-route.ts';

/** Who trades: kinds of investors by day, and firms today. Simulated, see the README. @see spec §4.2 */
export const investorRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.investors, investors),
  quoteRoute(quoteEndpoints.members, memberShares),
];

const rowsMax = 30;
/** Calendar days that surely hold thirty sessions and one more. */
const daysBack = 60;
/** Figures of today come when the regular session is over. */
const publishedAt = Temporal.PlainTime.from('15:40');

/** The whole of both boards is not offered. @see spec §4.1 */
function investors(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call, ['J', 'NX']);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: [] });
  const { date } = broker.venue.state;
  const to = isPublished(broker) ? date : date.subtract({ days: 1 });
  const bars = dayBarsOf(broker, quoted.home, date.subtract({ days: daysBack }), to);
  const { symbol } = quoted.desk.instrument;
  const rows = bars.map((bar, index) => row(symbol, bar, bars[index - 1]));
  return quoteReply({ output: rows.slice(-rowsMax).toReversed() });
}

function memberShares(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: encodeBlock('member', {}) });
  const { desk } = quoted;
  return quoteReply({
    output: encodeMembers(desk.instrument.symbol, dateNumber(broker.venue.state.date), desk.stats.volume),
  });
}

function isPublished({ venue }: Broker): boolean {
  const time = venue.floor.reached.toZonedDateTimeISO(seoul).toPlainTime();
  return Temporal.PlainTime.compare(time, publishedAt) >= 0;
}

function row(symbol: string, bar: Bar, previous: Bar | undefined): Record<string, string> {
  const change = bar.close - (previous?.close ?? bar.close);
  const { person, foreign, institution } = investorsOf(symbol, bar);
  return encodeBlock('investor', {
    stck_bsop_date: bar.date,
    stck_clpr: bar.close,
    prdy_vrss: change,
    prdy_vrss_sign: pointSign(change),
    ...kindFields('prsn', person),
    ...kindFields('frgn', foreign),
    ...kindFields('orgn', institution),
  });
}

function kindFields(kind: string, figures: InvestorFigures): Record<string, number> {
  return {
    [`${kind}_ntby_qty`]: figures.net,
    [`${kind}_ntby_tr_pbmn`]: figures.netValue,
    [`${kind}_shnu_vol`]: figures.bought,
    [`${kind}_shnu_tr_pbmn`]: figures.boughtValue,
    [`${kind}_seln_vol`]: figures.sold,
    [`${kind}_seln_tr_pbmn`]: figures.soldValue,
  };
}
