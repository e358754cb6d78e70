import { change, inquiry, quote, type KisEndpoint } from './endpoint.ts';

const prices = '/uapi/overseas-price/v1/quotations';
const trading = '/uapi/overseas-stock/v1/trading';

/**
 * Stocks listed in the United States. KIS derives the paper id of the sell order in two ways (`VTTT1001U` in the
 * portal's text, `VTTT1006U` by the first letter); servers take both, we send the first.
 *
 * @see spec §6.2
 */
export const overseasEndpoints = {
  price: quote(`${prices}/price`, 'HHDFS00000300'),
  priceDetail: quote(`${prices}/price-detail`, 'HHDFS76200200', 'real-only'),
  orderBook: quote(`${prices}/inquire-asking-price`, 'HHDFS76200100', 'real-only'),
  bars: quote(`${prices}/dailyprice`, 'HHDFS76240000'),
  minuteBars: quote(`${prices}/inquire-time-itemchartprice`, 'HHDFS76950200', 'real-only'),
  product: quote(`${prices}/search-info`, 'CTPF1702R', 'real-only'),
  holidays: quote('/uapi/overseas-stock/v1/quotations/countries-holiday', 'CTOS5011R', 'real-only'),
  buy: change(`${trading}/order`, 'TTTT1002U', 'VTTT1002U'),
  sell: { ...change(`${trading}/order`, 'TTTT1006U', 'VTTT1001U'), legacyPaper: 'VTTT1006U' },
  amend: change(`${trading}/order-rvsecncl`, 'TTTT1004U', 'VTTT1004U'),
  cancel: change(`${trading}/order-rvsecncl`, 'TTTT1004U', 'VTTT1004U', 'cancel'),
  workingOrders: inquiry(`${trading}/inquire-nccs`, 'TTTS3018R', 'VTTS3018R'),
  orders: inquiry(`${trading}/inquire-ccnl`, 'TTTS3035R', 'VTTS3035R'),
  balance: { ...inquiry(`${trading}/inquire-balance`, 'TTTS3012R', 'VTTS3012R'), spacingMs: 1_000 },
  presentBalance: { ...inquiry(`${trading}/inquire-present-balance`, 'CTRP6504R', 'VTRP6504R'), spacingMs: 1_000 },
  buyable: inquiry(`${trading}/inquire-psamount`, 'TTTS3007R', 'VTTS3007R'),
  profitByPeriod: inquiry(`${trading}/inquire-period-profit`, 'TTTS3039R', null),
} as const satisfies Readonly<Record<string, KisEndpoint>>;
