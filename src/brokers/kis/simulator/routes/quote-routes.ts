import { yearOf } from '../venue/day-bars.ts';
import { encodeBlock } from '../encode/encode-block.ts';
import { encodeExpected, encodeOrderBook } from '../encode/encode-order-book.ts';
import { changeFields, encodeNoPrice, encodePrice } from '../encode/encode-price.ts';
import { fieldReply, quoteReply, refusalReply, type Reply } from '../host/envelope.ts';
import type { Desk } from '../venue/market-floor.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { dayPart, type DayPart } from '../encode/session-code.ts';
import { clockText, percentText } from '../encode/text-fields.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';

/** Prices, books and trades of listed instruments. @see spec §4.2 */
export const quoteRoutes: readonly Route[] = [
  both('inquire-price', 'FHKST01010100', price),
  both('inquire-asking-price-exp-ccn', 'FHKST01010200', orderBook),
  both('inquire-ccnl', 'FHKST01010300', recentTrades),
  { method: 'GET', path: `${quotations}/search-info`, real: ['CTPF1604R'], paper: [], handle: searchInfo },
];

/** The desk that `FID_INPUT_ISCD` names, or null. */
export function deskOf(call: Call, broker: Broker): Desk | null {
  return broker.venue.floor.desk(call.field('FID_INPUT_ISCD'));
}

/** The answer to a market division nobody has, or null. */
export function wrongMarket(call: Call): Reply | null {
  return ['J', 'UN', 'NX'].includes(call.field('FID_COND_MRKT_DIV_CODE')) ? null : fieldReply('FID_COND_MRKT_DIV_CODE');
}

function both(name: string, trId: string, handle: Route['handle']): Route {
  return { method: 'GET', path: `${quotations}/${name}`, real: [trId], paper: [trId], handle };
}

function price(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output: encodeNoPrice(call.field('FID_INPUT_ISCD')) });
  const { date } = broker.venue.state;
  const output = encodePrice(desk, yearOf(broker, desk), date);
  if (call.fault?.fault === 'zero-price') output['stck_prpr'] = '0';
  return quoteReply({ output });
}

function orderBook(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output1: encodeBlock('orderBook', {}), output2: encodeBlock('expected', {}) });
  return quoteReply({
    output1: encodeOrderBook(desk, broker.venue.floor.reached, partOf(broker, desk)),
    output2: encodeExpected(desk, broker.venue.state.date, partOf(broker, desk)),
  });
}

function partOf(broker: Broker, desk: Desk): DayPart {
  return dayPart(broker.session, desk.board, broker.venue.floor.reached);
}

function recentTrades(call: Call, broker: Broker): Reply {
  const wrong = wrongMarket(call);
  if (wrong !== null) return wrong;
  const desk = deskOf(call, broker);
  if (desk === null) return quoteReply({ output: [] });
  const strength = percentText(desk.stats.buyVolume, desk.stats.sellVolume);
  const output = desk.stats.recent.toReversed().map((print) =>
    encodeBlock('recentTrade', {
      ...changeFields(desk, print.price, broker.venue.state.date),
      stck_cntg_hour: clockText(print.at),
      stck_prpr: print.price,
      cntg_vol: print.quantity,
      tday_rltv: strength,
    }),
  );
  return quoteReply({ output });
}

function searchInfo(call: Call, broker: Broker): Reply {
  const desk = broker.venue.floor.desk(call.field('PDNO'));
  const type = call.field('PRDT_TYPE_CD');
  if (desk === null || type !== '300') {
    return refusalReply({ rt_cd: '7', msg_cd: 'KIER2620', msg1: '해당 상품정보가 없습니다.' });
  }
  const { symbol, name, market } = desk.instrument;
  const output = encodeBlock('product', {
    pdno: `00000A${symbol}`,
    prdt_type_cd: '300',
    prdt_name: name,
    prdt_name120: name,
    prdt_abrv_name: name,
    prdt_eng_name: `KRX ${symbol}`,
    prdt_eng_name120: `KRX ${symbol}`,
    prdt_eng_abrv_name: `KRX ${symbol}`,
    std_pdno: `KR7${symbol}${isinTail(symbol)}`,
    shtn_pdno: symbol,
    prdt_clsf_name: market,
    ivst_prdt_type_cd_name: '주식',
  });
  const reply = quoteReply({ output });
  return { ...reply, body: { ...reply.body, msg_cd: 'KIOK0530', msg1: '조회되었습니다'.padEnd(80) } };
}

/** `00` and the check digit of ISO 6166: letters as two digits, every second digit from the right doubled. */
function isinTail(symbol: string): string {
  const digits = Array.from(`KR7${symbol}00`, (char) => String(Number.parseInt(char, 36))).join('');
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.at(-1 - index));
    const weighted = index % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return `00${(10 - (sum % 10)) % 10}`;
}
