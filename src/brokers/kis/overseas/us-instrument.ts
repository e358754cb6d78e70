import { usInstrumentId, type UsInstrumentId, type UsMarket } from '#domain/overseas-order.ts';

import { usMarketCodes } from './us-market-codes.ts';

const marketOfExchange: ReadonlyMap<string, UsMarket> = new Map([
  [usMarketCodes.NASDAQ.exchange, 'NASDAQ'],
  [usMarketCodes.NYSE.exchange, 'NYSE'],
  [usMarketCodes.AMEX.exchange, 'AMEX'],
]);

/** `OVRS_EXCG_CD` and ticker as one id; null for another country's exchange and for what is no ticker. */
export function wireUsInstrument(exchange: string, ticker: string): UsInstrumentId | null {
  const market = marketOfExchange.get(exchange);
  if (market === undefined) return null;
  try {
    return usInstrumentId(market, ticker);
  } catch {
    // No ticker that we could order; the caller says what that means.
    return null;
  }
}
