import { priceLimits } from '#markets/price-limits.ts';

import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeIndexCategory, encodeIndexPrice } from '../encode/encode-index.ts';
import { indexDays } from '../encode/index-bars.ts';
import { desksOf, indexFigures, type IndexFigures } from '../encode/index-level.ts';
import { marketIndex, marketIndices, type MarketIndex } from '../encode/index-table.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { quoteRoute, wrongMarket, wrongScreen } from './quote-route.ts';

/** Index levels, calculated from the stocks of this venue. @see spec §4.1 for units */
export const indexRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.index, indexPrice),
  quoteRoute(quoteEndpoints.sectorIndices, categories),
];

/** The index that a call names, or the answer that says why there is none. */
export function indexOf(call: Call): MarketIndex | Reply {
  return wrongMarket(call, ['U']) ?? marketIndex(call.field('FID_INPUT_ISCD')) ?? fieldReply('FID_INPUT_ISCD');
}

/** Today's figures of `index`. */
export function figuresOf(broker: Broker, index: MarketIndex): IndexFigures {
  const { date } = broker.venue.state;
  return indexFigures(broker, index, ({ instrument, basePrice }: Desk) => priceLimits(instrument, basePrice, date));
}

function indexPrice(call: Call, broker: Broker): Reply {
  const index = indexOf(call);
  if ('status' in index) return index;
  const { date } = broker.venue.state;
  const year = indexDays(broker, index, date.with({ month: 1, day: 1 }), date);
  const waiting = waitingShares(desksOf(broker, index), broker);
  return quoteReply({ output: encodeIndexPrice(figuresOf(broker, index), year, waiting) });
}

/** All indices: the one asked for as `output1`, every one as a row of `output2`. */
function categories(call: Call, broker: Broker): Reply {
  const index = indexOf(call);
  if ('status' in index) return index;
  const wrong = wrongScreen(call, broker, '20214');
  if (wrong !== null) return wrong;
  const whole = figuresOf(broker, index);
  const output1 = encodeIndexPrice(whole, [], { asks: 0, bids: 0 });
  const output2 = marketIndices.map((one) => encodeIndexCategory(one, figuresOf(broker, one), whole));
  return quoteReply({ output1, output2 });
}

function waitingShares(desks: readonly Desk[], { venue }: Broker): { asks: number; bids: number } {
  let [asks, bids] = [0, 0];
  for (const { book } of desks) {
    const depth = book.depth(10, venue.floor.reached);
    for (const { quantity } of depth.asks) asks += quantity;
    for (const { quantity } of depth.bids) bids += quantity;
  }
  return { asks, bids };
}
