import type { UsMarket, UsOrderType } from '#domain/overseas-order.ts';
import type { OrderSide } from '#domain/order.ts';

/** KIS names a US market differently in orders, quotes, product types and websocket keys. */
export interface UsMarketCodes {
  /** `OVRS_EXCG_CD` of orders and balances. */
  readonly exchange: string;
  /** `EXCD` of quotes. */
  readonly quote: string;
  /** `PRDT_TYPE_CD`. */
  readonly productType: string;
  /** Prefix of a websocket key without delay. */
  readonly socketPrefix: string;
}

/** @see spec §6.1 */
export const usMarketCodes: Readonly<Record<UsMarket, UsMarketCodes>> = {
  NASDAQ: { exchange: 'NASD', quote: 'NAS', productType: '512', socketPrefix: 'DNAS' },
  NYSE: { exchange: 'NYSE', quote: 'NYS', productType: '513', socketPrefix: 'DNYS' },
  AMEX: { exchange: 'AMEX', quote: 'AMS', productType: '529', socketPrefix: 'DAMS' },
};

/**
 * `ORD_DVSN` of US orders by side; null where KIS has none. Paper takes 00 only.
 *
 * @see spec §6.2
 */
export const usOrderDivisions: Readonly<Record<OrderSide, Readonly<Record<UsOrderType, string | null>>>> = {
  buy: {
    limit: '00',
    'market-on-open': null,
    'limit-on-open': '32',
    'market-on-close': null,
    'limit-on-close': '34',
  },
  sell: {
    limit: '00',
    'market-on-open': '31',
    'limit-on-open': '32',
    'market-on-close': '33',
    'limit-on-close': '34',
  },
};

/** Rows of one answer. @see spec §6.2 */
export const usBarRows = 100;
export const usMinuteBarRows = 120;
