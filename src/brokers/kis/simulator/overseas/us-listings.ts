/** One US stock of the simulated market. Prices are in 1/10,000 dollar. */
export interface UsListing {
  readonly symbol: string;
  /** `OVRS_EXCG_CD`. */
  readonly exchange: 'NASD' | 'NYSE' | 'AMEX';
  readonly name: string;
  readonly nameEnglish: string;
  readonly isin: string;
  /** Level around which the simulated price moves; nobody's real price. */
  readonly levelPrice: number;
  readonly sharesListed: number;
  /** Shares of an ordinary day. */
  readonly dayVolume: number;
}

/** Codes of one exchange. @see spec §6.1 */
export interface UsExchange {
  /** `EXCD` of quotes. */
  readonly quote: string;
  /** `EXCD` of the daytime market, whose quotes are answered from the same prices. */
  readonly daytimeQuote: string;
  readonly productType: string;
  readonly name: string;
  /** `ODER_COND` of a notice. @see spec §7.7 */
  readonly noticeCode: string;
  /** `tr_mket_cd`. */
  readonly marketCode: string;
}

export const usExchanges: Readonly<Record<UsListing['exchange'], UsExchange>> = {
  NASD: { quote: 'NAS', daytimeQuote: 'BAQ', productType: '512', name: '나스닥', noticeCode: '6', marketCode: '01' },
  NYSE: {
    quote: 'NYS',
    daytimeQuote: 'BAY',
    productType: '513',
    name: '뉴욕거래소',
    noticeCode: '7',
    marketCode: '02',
  },
  AMEX: { quote: 'AMS', daytimeQuote: 'BAA', productType: '529', name: '아멕스', noticeCode: '8', marketCode: '05' },
};

/** Twelve well-known names; every price of this market is made up. */
export const usListings: readonly UsListing[] = [
  listing('AAPL', 'NASD', '애플', 'APPLE INC', 'US0378331005', 2_300_000, 14_840, 52),
  listing('MSFT', 'NASD', '마이크로소프트', 'MICROSOFT CORP', 'US5949181045', 4_800_000, 7_433, 21),
  listing('NVDA', 'NASD', '엔비디아', 'NVIDIA CORP', 'US67066G1040', 1_700_000, 24_400, 180),
  listing('TSLA', 'NASD', '테슬라', 'TESLA INC', 'US88160R1014', 3_500_000, 3_220, 95),
  listing('AMZN', 'NASD', '아마존닷컴', 'AMAZON.COM INC', 'US0231351067', 2_200_000, 10_610, 44),
  listing('QQQ', 'NASD', '인베스코 QQQ', 'INVESCO QQQ TRUST', 'US46090E1038', 5_900_000, 650, 48),
  listing('KO', 'NYSE', '코카콜라', 'COCA-COLA CO', 'US1912161007', 680_000, 4_300, 15),
  listing('BRK/B', 'NYSE', '버크셔 해서웨이 B', 'BERKSHIRE HATHAWAY INC B', 'US0846707026', 4_900_000, 1_340, 4),
  listing('JPM', 'NYSE', '제이피모간 체이스', 'JPMORGAN CHASE & CO', 'US46625H1005', 2_900_000, 2_780, 9),
  listing('DIS', 'NYSE', '월트 디즈니', 'WALT DISNEY CO', 'US2546871060', 1_150_000, 1_800, 8),
  listing('SPY', 'AMEX', 'SPDR S&P 500', 'SPDR S&P 500 ETF TRUST', 'US78462F1030', 6_500_000, 1_000, 66),
  listing('GLD', 'AMEX', 'SPDR 골드', 'SPDR GOLD SHARES', 'US78463V1070', 3_100_000, 340, 9),
];

/** Null when the simulated market does not list `symbol`. */
export function usListingOf(symbol: string): UsListing | null {
  return bySymbol.get(symbol) ?? null;
}

/** By `EXCD` of quotes, the daytime market's included, or by `OVRS_EXCG_CD`; null for another country's. */
export function usExchangeOf(code: string): UsListing['exchange'] | null {
  for (const exchange of ['NASD', 'NYSE', 'AMEX'] as const) {
    const { quote, daytimeQuote } = usExchanges[exchange];
    if (code === exchange || code === quote || code === daytimeQuote) return exchange;
  }
  return null;
}

const bySymbol: ReadonlyMap<string, UsListing> = new Map(usListings.map((one) => [one.symbol, one]));

function listing(
  symbol: string,
  exchange: UsListing['exchange'],
  name: string,
  nameEnglish: string,
  isin: string,
  levelPrice: number,
  sharesListedMillions: number,
  dayVolumeMillions: number,
): UsListing {
  const [sharesListed, dayVolume] = [sharesListedMillions * 1_000_000, dayVolumeMillions * 1_000_000];
  return { symbol, exchange, name, nameEnglish, isin, levelPrice, sharesListed, dayVolume };
}
