import type { OrderSide, Requester } from './order.ts';
import type { Quantity } from './quantity.ts';
import type { UsdTick } from './usd.ts';

/** Where a US stock is listed. */
export type UsMarket = 'NASDAQ' | 'NYSE' | 'AMEX';

/** What is traded in the United States: the market it is listed on and its ticker, `NASDAQ:AAPL`. */
export type UsInstrumentId = `${UsMarket}:${string}`;

/**
 * `limit` rests until the day's close; the others trade in one auction only, at any price (`market-…`) or at the limit
 * or better.
 */
export type UsOrderType = 'limit' | 'market-on-open' | 'limit-on-open' | 'market-on-close' | 'limit-on-close';

/** What a strategy or a person asks for abroad; nothing has been checked yet. Good for one US trading day. */
export interface OverseasOrderRequest {
  /** Chosen by the requester, unique for the requester. */
  readonly requestId: string;
  readonly requester: Requester;
  readonly instrument: UsInstrumentId;
  readonly side: OrderSide;
  readonly type: UsOrderType;
  readonly quantity: Quantity;
  /** Limit price; 0 for the market types. */
  readonly price: UsdTick;
  /** One short sentence: why. */
  readonly reason: string;
}

const ticker = /^[A-Z][A-Z0-9./]{0,11}$/;
const markets: readonly string[] = ['NASDAQ', 'NYSE', 'AMEX'] satisfies readonly UsMarket[];

/** @throws {RangeError} when `symbol` is not a ticker of up to twelve capitals, digits, dots and slashes */
export function usInstrumentId(market: UsMarket, symbol: string): UsInstrumentId {
  if (!markets.includes(market) || !ticker.test(symbol)) {
    throw new RangeError(`Not a US stock: "${symbol}" on "${market}", wanted a ticker such as "AAPL" on "NASDAQ"`);
  }
  return `${market}:${symbol}`;
}

/** The ticker of `id`. */
export function tickerOf(id: UsInstrumentId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** The market of `id`. */
export function usMarketOf(id: UsInstrumentId): UsMarket {
  const market = id.slice(0, id.indexOf(':'));
  return market === 'NASDAQ' || market === 'NYSE' ? market : 'AMEX';
}
