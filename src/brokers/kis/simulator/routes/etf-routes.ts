import { quote } from '../../endpoints/endpoint.ts';
import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeEtfPrice } from '../encode/encode-etf-price.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { yearOf } from '../venue/floor/day-bars.ts';
import { quotedOf, quoteRoute, wrongMarket, type Quoted } from './quote-route.ts';

const trendEndpoint = quote('/uapi/etfetn/v1/quotations/nav-comparison-trend', 'FHPST02440000', 'real-only');

/** Prices of ETFs and ETNs with the value behind them. @see spec §4.2 and A.14 */
export const etfRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.etfPrice, (call, broker) =>
    answer(call, broker, (quoted) => ({ output: encode(quoted, broker) })),
  ),
  quoteRoute(trendEndpoint, (call, broker) => answer(call, broker, (quoted) => trend(encode(quoted, broker)))),
];

function answer(call: Call, broker: Broker, blocks: (quoted: Quoted) => Readonly<Record<string, unknown>>): Reply {
  const wrong = wrongMarket(call, ['J']);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null || quoted.desk.instrument.kind === 'stock') return fieldReply('FID_INPUT_ISCD');
  return quoteReply(blocks(quoted));
}

function encode({ desk, home, previous }: Quoted, broker: Broker): Record<string, string> {
  return encodeEtfPrice(desk, { previous, year: yearOf(broker, home), date: broker.venue.state.date });
}

/** Price and value side by side: the fields of the price answer that are about each. */
function trend(price: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(price);
  const isPrice = (name: string): boolean => /^(stck_|prdy_|acml_)/.test(name) && name !== 'prdy_last_nav';
  return {
    output1: Object.fromEntries(entries.filter(([name]) => isPrice(name))),
    output2: Object.fromEntries(entries.filter(([name]) => /nav/.test(name))),
  };
}
