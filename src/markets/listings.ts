import { instrumentId, type Instrument, type InstrumentKind, type Market } from '#domain/instrument.ts';

type Row = readonly [symbol: string, name: string, market: Market, kind: InstrumentKind, leverage: number];

/** Last days on KOSDAQ of what is on KOSPI now (krx-rules §0.7 for NAVER; the exchange's notices of the moves). */
const lastKosdaqDays: ReadonlyMap<string, number> = new Map([
  ['035420', 2008_11_27],
  ['035720', 2017_07_07],
  ['068270', 2018_02_08],
]);

/** Well-known KRX listings: enough for the trial market and the examples until a broker's master file is read. */
const rows: readonly Row[] = [
  ['005930', '삼성전자', 'KOSPI', 'stock', 1],
  ['000660', 'SK하이닉스', 'KOSPI', 'stock', 1],
  ['005380', '현대차', 'KOSPI', 'stock', 1],
  ['035420', 'NAVER', 'KOSPI', 'stock', 1],
  ['035720', '카카오', 'KOSPI', 'stock', 1],
  ['000270', '기아', 'KOSPI', 'stock', 1],
  ['005490', 'POSCO홀딩스', 'KOSPI', 'stock', 1],
  ['051910', 'LG화학', 'KOSPI', 'stock', 1],
  ['006400', '삼성SDI', 'KOSPI', 'stock', 1],
  ['068270', '셀트리온', 'KOSPI', 'stock', 1],
  ['105560', 'KB금융', 'KOSPI', 'stock', 1],
  ['055550', '신한지주', 'KOSPI', 'stock', 1],
  ['012330', '현대모비스', 'KOSPI', 'stock', 1],
  ['066570', 'LG전자', 'KOSPI', 'stock', 1],
  ['015760', '한국전력', 'KOSPI', 'stock', 1],
  ['017670', 'SK텔레콤', 'KOSPI', 'stock', 1],
  ['247540', '에코프로비엠', 'KOSDAQ', 'stock', 1],
  ['035900', 'JYP Ent.', 'KOSDAQ', 'stock', 1],
  ['293490', '카카오게임즈', 'KOSDAQ', 'stock', 1],
  ['069500', 'KODEX 200', 'KOSPI', 'etf', 1],
  ['091160', 'KODEX 반도체', 'KOSPI', 'etf', 1],
  ['229200', 'KODEX 코스닥150', 'KOSPI', 'etf', 1],
  ['305720', 'KODEX 2차전지산업', 'KOSPI', 'etf', 1],
  ['114800', 'KODEX 인버스', 'KOSPI', 'etf', 1],
  ['122630', 'KODEX 레버리지', 'KOSPI', 'etf', 2],
  ['233740', 'KODEX 코스닥150레버리지', 'KOSPI', 'etf', 2],
  ['252670', 'KODEX 200선물인버스2X', 'KOSPI', 'etf', 2],
];

export const listings: readonly Instrument[] = rows.map(([symbol, name, market, kind, leverage]) => ({
  id: instrumentId(symbol),
  symbol,
  name,
  market,
  kind,
  leverage,
  ...movedFromKosdaq(symbol),
}));

const bySymbol = new Map(listings.map((listing) => [listing.symbol, listing]));

/** Null when the table does not hold `symbol`; that does not mean it is not listed. */
export function listingOf(symbol: string): Instrument | null {
  return bySymbol.get(symbol) ?? null;
}

function movedFromKosdaq(symbol: string): Pick<Instrument, 'movedFrom'> {
  const until = lastKosdaqDays.get(symbol);
  return until === undefined ? {} : { movedFrom: { market: 'KOSDAQ', until } };
}
