import { quote, type KisEndpoint } from './endpoint.ts';

const quotations = '/uapi/domestic-stock/v1/quotations';
const ranking = '/uapi/domestic-stock/v1/ranking';

/** Market data of Korean stocks and indices. @see spec §4.2 and appendix C */
export const quoteEndpoints = {
  price: quote(`${quotations}/inquire-price`, 'FHKST01010100'),
  /** The second price answer: what is special about an instrument. */
  restrictions: quote(`${quotations}/inquire-price-2`, 'FHPST01010000', 'real-only'),
  /** The last thirty trades. */
  trades: quote(`${quotations}/inquire-ccnl`, 'FHKST01010300'),
  tradesByTime: quote(`${quotations}/inquire-time-itemconclusion`, 'FHPST01060000'),
  orderBook: quote(`${quotations}/inquire-asking-price-exp-ccn`, 'FHKST01010200'),
  /** The last thirty days, weeks or months. */
  recentDays: quote(`${quotations}/inquire-daily-price`, 'FHKST01010400'),
  investors: quote(`${quotations}/inquire-investor`, 'FHKST01010900'),
  members: quote(`${quotations}/inquire-member`, 'FHKST01010600'),
  dailyBars: quote(`${quotations}/inquire-daily-itemchartprice`, 'FHKST03010100'),
  minuteBars: quote(`${quotations}/inquire-time-itemchartprice`, 'FHKST03010200'),
  pastMinuteBars: quote(`${quotations}/inquire-time-dailychartprice`, 'FHKST03010230', 'real-only'),
  /** KIS asks for about one call a day. */
  holidays: { ...quote(`${quotations}/chk-holiday`, 'CTCA0903R', 'real-only'), spacingMs: 60_000 },
  product: quote(`${quotations}/search-info`, 'CTPF1604R', 'real-only'),
  stock: quote(`${quotations}/search-stock-info`, 'CTPF1002R', 'real-only'),
  prices: quote(`${quotations}/intstock-multprice`, 'FHKST11300006', 'real-only'),
  volumeRank: quote(`${quotations}/volume-rank`, 'FHPST01710000', 'real-only'),
  changeRank: quote(`${ranking}/fluctuation`, 'FHPST01700000', 'real-only'),
  marketCapRank: quote(`${ranking}/market-cap`, 'FHPST01740000', 'real-only'),
  index: quote(`${quotations}/inquire-index-price`, 'FHPUP02100000', 'real-only'),
  indexBars: quote(`${quotations}/inquire-daily-indexchartprice`, 'FHKUP03500100'),
  indexMinuteBars: quote(`${quotations}/inquire-time-indexchartprice`, 'FHKUP03500200', 'real-only'),
  sectorIndices: quote(`${quotations}/inquire-index-category-price`, 'FHPUP02140000', 'real-only'),
  viStatus: quote(`${quotations}/inquire-vi-status`, 'FHPST01390000', 'real-only'),
  news: quote(`${quotations}/news-title`, 'FHKST01011800', 'real-only'),
  etfPrice: quote('/uapi/etfetn/v1/quotations/inquire-price', 'FHPST02400000', 'real-only'),
} as const satisfies Readonly<Record<string, KisEndpoint>>;
