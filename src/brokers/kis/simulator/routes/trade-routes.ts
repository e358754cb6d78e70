import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { changeFields } from '../encode/encode-price.ts';
import type { QuoteDesk } from '../encode/quote-desk.ts';
import { clockText, percentText } from '../encode/text-fields.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { quotedOf, quoteRoute, wrongMarket, type Quoted } from './quote-route.ts';

/** The last trades of an instrument, newest first. @see spec §4.2 */
export const tradeRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.trades, recentTrades),
  quoteRoute(quoteEndpoints.tradesByTime, tradesByTime),
];

const rowsMax = 30;

function recentTrades(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: [] });
  const { desk } = quoted;
  const output = desk.stats.recent.toReversed().map((print) =>
    encodeBlock('recentTrade', {
      ...changeFields(desk, print.price, broker.venue.state.date),
      stck_cntg_hour: clockText(print.at),
      stck_prpr: print.price,
      cntg_vol: print.quantity,
      tday_rltv: strengthOf(desk),
    }),
  );
  return quoteReply({ output });
}

/** Trades up to a time of today; a time that has not come is now, and so is `000000`. */
function tradesByTime(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const hour = call.field('FID_INPUT_HOUR_1');
  if (!/^\d{6}$/.test(hour)) return fieldReply('FID_INPUT_HOUR_1');
  const quoted = quotedOf(call, broker);
  if (quoted === null) {
    return quoteReply({ output1: encodeBlock('timedTradeSummary', { prdy_vrss_sign: '3' }), output2: [] });
  }
  const until = hour === '000000' ? '999999' : hour;
  const shown = tradesOf(quoted.desk).filter(({ at }) => clockText(at) <= until);
  return quoteReply({
    output1: summary(quoted, broker),
    output2: shown
      .slice(-rowsMax)
      .toReversed()
      .map((trade) => timedRow(trade, quoted.desk, broker)),
  });
}

interface TimedTrade {
  readonly at: number;
  readonly price: number;
  readonly quantity: number;
  readonly volume: number;
}

/** The prints that are kept, oldest first, and before them one row for every minute. */
function tradesOf({ stats }: QuoteDesk): readonly TimedTrade[] {
  const firstAt = stats.recent[0]?.at ?? Number.POSITIVE_INFINITY;
  const minutes: TimedTrade[] = [];
  let volume = 0;
  for (const bar of stats.minutes) {
    volume += bar.volume;
    const at = bar.startsAtMs + 59_000;
    if (at < firstAt) minutes.push({ at, price: bar.close, quantity: bar.volume, volume });
  }
  return [...minutes, ...stats.recent];
}

function timedRow(trade: TimedTrade, desk: QuoteDesk, broker: Broker): Record<string, string> {
  const { asks, bids } = desk.book.depth(1, broker.venue.floor.reached);
  return encodeBlock('timedTrade', {
    ...changeFields(desk, trade.price, broker.venue.state.date),
    stck_cntg_hour: clockText(trade.at),
    stck_prpr: trade.price,
    askp: asks[0]?.price ?? 0,
    bidp: bids[0]?.price ?? 0,
    tday_rltv: strengthOf(desk),
    acml_vol: trade.volume,
    cnqn: trade.quantity,
  });
}

function summary({ desk, previous }: Quoted, broker: Broker): Record<string, string> {
  return encodeBlock('timedTradeSummary', {
    ...changeFields(desk, desk.stats.last, broker.venue.state.date),
    stck_prpr: desk.stats.last,
    acml_vol: desk.stats.volume,
    prdy_vol: previous?.volume ?? 0,
    rprs_mrkt_kor_name: desk.instrument.market,
  });
}

/** 체결강도: volume bought in percent of volume sold. */
function strengthOf({ stats }: QuoteDesk): string {
  return percentText(stats.buyVolume, stats.sellVolume);
}
