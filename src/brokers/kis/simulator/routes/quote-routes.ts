import { quote } from '../../endpoints/endpoint.ts';
import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { encodeExpected, encodeOrderBook } from '../encode/encode-order-book.ts';
import { encodePrice2 } from '../encode/encode-price-2.ts';
import { encodeNoPrice, encodePrice } from '../encode/encode-price.ts';
import { fieldReply, quoteReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { yearOf } from '../venue/floor/day-bars.ts';
import { encodeMultiPrice } from '../encode/encode-multi-price.ts';
import { quotedOf, quoteRoute, wrongMarket } from './quote-route.ts';

const price2Endpoint = quote('/uapi/domestic-stock/v1/quotations/inquire-price-2', 'FHPST01010000', 'real-only');

/** Prices and books of listed instruments. @see spec §4.2 */
export const quoteRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.price, price),
  quoteRoute(price2Endpoint, price2),
  quoteRoute(quoteEndpoints.orderBook, orderBook),
  quoteRoute(quoteEndpoints.prices, multiPrice),
];

/** Codes of one `intstock-multprice` call. */
const codesMax = 30;
/** Market divisions it takes; both boards as one are not offered. @see spec §4.1 */
const multiDivisions = ['J', 'NX'];

function price(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: encodeNoPrice(call.field('FID_INPUT_ISCD')) });
  return quoteReply({ output: encodePrice(quoted.desk, yearOf(broker, quoted.home), broker.venue.state.date) });
}

function price2(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) return quoteReply({ output: encodeBlock('price2', { prdy_vrss_sign: '3' }) });
  return quoteReply({ output: encodePrice2(quoted.desk, quoted.previous, broker.venue.state.date) });
}

function orderBook(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const quoted = quotedOf(call, broker);
  if (quoted === null) {
    return quoteReply({ output1: encodeBlock('orderBook', {}), output2: encodeBlock('expected', {}) });
  }
  const { desk, part } = quoted;
  return quoteReply({
    output1: encodeOrderBook(desk, broker.venue.floor.reached, part),
    output2: encodeExpected(desk, broker.venue.state.date, part),
  });
}

/** `FID_COND_MRKT_DIV_CODE_n` and `FID_INPUT_ISCD_n` for n of 1 to 30; codes that nobody lists are left out. */
function multiPrice(call: Call, broker: Broker): Reply {
  const output: Record<string, string>[] = [];
  for (let index = 1; index <= codesMax; index += 1) {
    const symbol = call.field(`FID_INPUT_ISCD_${index}`);
    if (symbol === '') continue;
    const division = call.field(`FID_COND_MRKT_DIV_CODE_${index}`);
    if (!multiDivisions.includes(division)) return fieldReply(`FID_COND_MRKT_DIV_CODE_${index}`);
    const quoted = quotedOf(call, broker, symbol, division);
    if (quoted !== null)
      output.push(encodeMultiPrice(quoted.desk, broker.venue.floor.reached, broker.venue.state.date));
  }
  return quoteReply({ output });
}
