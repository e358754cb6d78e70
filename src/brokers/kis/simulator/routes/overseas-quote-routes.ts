import { dateNumber, plainDate } from '#domain/trading-date.ts';

import type { KisEndpoint } from '../../endpoints/endpoint.ts';
import { overseasEndpoints } from '../../endpoints/overseas.ts';
import { dateText, parseDateText } from '../encode/text-fields.ts';
import { fieldReply, ledgerReply, quoteReply, refusalReply, type Reply } from '../host/envelope.ts';
import type { Broker, Call, Route } from '../host/route.ts';
import { encodeUsBlock } from '../overseas/encode-us-block.ts';
import { encodeUsBook, encodeUsPrice, encodeUsPriceDetail, usRealtimeSymbol } from '../overseas/encode-us-quotes.ts';
import { usBarRows } from '../overseas/us-bars.ts';
import { usExchangeOf, usExchanges, usListingOf, type UsListing } from '../overseas/us-listings.ts';
import { usMinuteRows } from '../overseas/us-minutes.ts';
import { isUsTradingDay, nextUsTradingDay, previousUsTradingDay, usDay } from '../overseas/us-sessions.ts';

/** Quotes of US stocks; every price is simulated. @see spec §6.2 */
export const overseasQuoteRoutes: readonly Route[] = [
  quoteRoute(overseasEndpoints.price, price),
  quoteRoute(overseasEndpoints.priceDetail, priceDetail),
  quoteRoute(overseasEndpoints.orderBook, (listing, _call, { us }) =>
    quoteReply(encodeUsBook(listing, us.prices.now(listing, us.now))),
  ),
  quoteRoute(overseasEndpoints.bars, bars),
  quoteRoute(overseasEndpoints.minuteBars, minuteBars),
  route(overseasEndpoints.product, product),
  route(overseasEndpoints.holidays, settlementDays),
];

type Answer = (listing: UsListing, call: Call, broker: Broker) => Reply;

/** Exchanges of other countries are valid and empty; a symbol that a US exchange does not list is, too. */
function quoteRoute(endpoint: KisEndpoint, answer: Answer): Route {
  return route(endpoint, (call, broker) => {
    broker.us.advance();
    const listing = usListingOf(call.field('SYMB').trim());
    const exchange = usExchangeOf(call.field('EXCD'));
    if (exchange === null && !otherExchanges.has(call.field('EXCD'))) return fieldReply('EXCD');
    return listing === null || listing.exchange !== exchange
      ? quoteReply(emptyQuotes[endpoint.real] ?? { output: {} })
      : answer(listing, call, broker);
  });
}

function route(endpoint: KisEndpoint, handle: Route['handle']): Route {
  const { method, path, real, paper } = endpoint;
  return { method, path, real: [real], paper: paper === null ? [] : [paper], handle };
}

/** `EXCD` outside the United States. @see spec §6.1 */
const otherExchanges: ReadonlySet<string> = new Set(['HKS', 'SHS', 'SZS', 'TSE', 'HNX', 'HSX', 'HKN', 'SHI', 'SZI']);

const emptyQuotes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  [overseasEndpoints.price.real]: { output: encodeUsBlock('price', blanks('price')) },
  [overseasEndpoints.priceDetail.real]: { output: encodeUsBlock('priceDetail', blanks('priceDetail')) },
  [overseasEndpoints.orderBook.real]: { output1: encodeUsBlock('bookSummary'), output2: {}, output3: {} },
  [overseasEndpoints.bars.real]: { output1: encodeUsBlock('barSummary'), output2: [] },
  [overseasEndpoints.minuteBars.real]: { output1: encodeUsBlock('minuteSummary'), output2: [] },
};

/** Of a symbol that is not there the broker sends every field, and sends it empty: no price, not a price of 0. */
function blanks(block: 'price' | 'priceDetail'): Record<string, string> {
  return Object.fromEntries(Object.keys(encodeUsBlock(block)).map((name) => [name, '']));
}

function price(listing: UsListing, _call: Call, { us }: Broker): Reply {
  const now = us.prices.now(listing, us.now);
  const before = usDay(previousUsTradingDay(now.day.date, us.session), us.session);
  const volume = us.prices.volumeTo(listing, now.day, us.now);
  const yesterday = us.prices.dayBar(listing, before ?? now.day, us.now);
  return quoteReply({ output: encodeUsPrice(listing, now, volume, yesterday) });
}

/** Highs and lows of a year are those of the days that a chart would show. */
function priceDetail(listing: UsListing, _call: Call, { us }: Broker): Reply {
  const now = us.prices.now(listing, us.now);
  const rows = usBarRows(us, listing, { span: 'month', until: now.day.date, count: 12 });
  const highest = rows.reduce((best, row) => (row.bar.high > best.bar.high ? row : best));
  const lowest = rows.reduce((best, row) => (row.bar.low < best.bar.low ? row : best));
  const year = {
    high: highest.bar.high,
    highDate: dateText(highest.date),
    low: lowest.bar.low,
    lowDate: dateText(lowest.date),
  };
  const volume = us.prices.volumeTo(listing, now.day, us.now);
  return quoteReply({ output: encodeUsPriceDetail(listing, now, volume, year) });
}

const spans = { '0': 'day', '1': 'week', '2': 'month' } as const;

function bars(listing: UsListing, call: Call, { us }: Broker): Reply {
  const code = call.field('GUBN');
  if (code !== '0' && code !== '1' && code !== '2') return fieldReply('GUBN');
  const asked = call.field('BYMD').trim();
  const until = asked === '' ? us.date : parseDateText(asked);
  if (until === null) return fieldReply('BYMD');
  const rows = usBarRows(us, listing, { span: spans[code], until, count: 100 });
  const output1 = encodeUsBlock('barSummary', { rsym: usRealtimeSymbol(listing), zdiv: '4', nrec: rows.length });
  return quoteReply({ output1, output2: rows.map(({ row }) => row) });
}

function minuteBars(listing: UsListing, call: Call, { us }: Broker): Reply {
  const minutes = Number(call.field('NMIN'));
  if (!Number.isSafeInteger(minutes) || minutes < 1 || minutes > 240) return fieldReply('NMIN');
  const asked = Number(call.field('NREC') || '120');
  if (!Number.isSafeInteger(asked) || asked < 1) return fieldReply('NREC');
  const key = call.field('KEYB').trim();
  if (key !== '' && !/^\d{14}$/.test(key)) return fieldReply('KEYB');
  return quoteReply(usMinuteRows(us, listing, { minutes, count: Math.min(asked, 120), key }));
}

function product(call: Call): Reply {
  const listing = usListingOf(call.field('PDNO').trim());
  const isKnown = listing !== null && usExchanges[listing.exchange].productType === call.field('PRDT_TYPE_CD');
  if (!isKnown) return refusalReply({ rt_cd: '7', msg_cd: 'APBK0656', msg1: '해당종목정보가 없습니다.' });
  const { name, marketCode } = usExchanges[listing.exchange];
  const output = encodeUsBlock('product', {
    std_pdno: listing.isin,
    prdt_eng_name: listing.nameEnglish,
    natn_cd: '840',
    natn_name: '미국',
    tr_mket_cd: marketCode,
    tr_mket_name: name,
    ovrs_excg_cd: listing.exchange,
    ovrs_excg_name: name,
    tr_crcy_cd: 'USD',
    crcy_name: '미국 달러',
    ovrs_stck_dvsn_cd: '01',
    sll_unit_qty: 1,
    buy_unit_qty: 1,
    lstg_stck_num: listing.sharesListed,
    prdt_name: listing.name,
  });
  return { status: 200, body: { output, rt_cd: '0', msg_cd: 'KIOK0530', msg1: '조회되었습니다' }, continuation: '' };
}

/** A row for each US market that trades on the day; none on a holiday, and none for a day to come. */
function settlementDays(call: Call, { us }: Broker): Reply {
  const date = parseDateText(call.field('TRAD_DT'));
  if (date === null) return fieldReply('TRAD_DT');
  const isKnown = dateNumber(date) <= dateNumber(us.date);
  const isOpen = isKnown && isUsTradingDay(date, us.session);
  const settles = nextUsTradingDay(plainDate(dateNumber(date)), us.session);
  const output = (isOpen ? Object.values(usExchanges) : []).map(({ productType, marketCode, name }) =>
    encodeUsBlock('settlementDay', {
      prdt_type_cd: productType,
      tr_natn_cd: '840',
      tr_natn_name: '미국',
      natn_eng_abrv_cd: 'US',
      tr_mket_cd: marketCode,
      tr_mket_name: name,
      acpl_sttl_dt: dateText(settles),
      dmst_sttl_dt: dateText(settles.add({ days: 1 })),
    }),
  );
  const keys = { ctx_area_nk: ' '.repeat(20), ctx_area_fk: dateText(date).padEnd(20) };
  return ledgerReply('real', { ...keys, output }, { continuation: 'D', isEmpty: output.length === 0 });
}
