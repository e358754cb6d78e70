import { quoteEndpoints } from '../../endpoints/quotes.ts';
import { encodeProduct, encodeStockInfo } from '../encode/encode-product.ts';
import { quoteReply, refusalReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { listingCode, quoteRoute } from './quote-route.ts';

/** What a code names: name, standard code, and where it may be traded. @see spec §4.3 */
export const productRoutes: readonly Route[] = [
  quoteRoute(quoteEndpoints.product, (call, broker) =>
    answer(call, broker, ({ instrument }) => encodeProduct(instrument)),
  ),
  quoteRoute(quoteEndpoints.stock, (call, broker) => answer(call, broker, (desk) => stockInfo(desk, broker))),
];

/** `PRDT_TYPE_CD` of Korean stocks, ETFs and ETNs. */
const stockType = '300';

function answer(call: Call, broker: Broker, encode: (desk: Desk) => Record<string, string>): Reply {
  const desk = broker.venue.floor.desk(listingCode(call.field('PDNO')));
  if (desk === null || call.field('PRDT_TYPE_CD') !== stockType) {
    return refusalReply({ rt_cd: '7', msg_cd: 'KIER2620', msg1: '해당 상품정보가 없습니다.' });
  }
  const reply = quoteReply({ output: encode(desk) });
  return { ...reply, body: { ...reply.body, msg_cd: 'KIOK0530', msg1: '조회되었습니다'.padEnd(80) } };
}

function stockInfo({ instrument, stats, basePrice }: Desk, { venue }: Broker): Record<string, string> {
  const isOnNxt = venue.floor.desk(instrument.symbol, 'NXT') !== null;
  const facts = { date: venue.state.date, last: stats.last, previousClose: basePrice, isOnNxt };
  return encodeStockInfo(instrument, facts);
}
