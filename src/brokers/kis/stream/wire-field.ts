import type { UsInstrumentId, UsMarket } from '#domain/overseas-order.ts';
import { usInstrumentId } from '#domain/overseas-order.ts';
import { usdScale, usdTick, type UsdTick } from '#domain/usd.ts';

import { sideCodes } from '../codes.ts';
import { usMarketCodes } from '../overseas/us-market-codes.ts';

/** The fields of one record, as text. */
export type Fields = readonly string[];

/** The field at `index`; empty when there is none. */
export function fieldAt(fields: Fields, index: number): string {
  return fields[index] ?? '';
}

/** Digits only, zero padding allowed; anything else, an empty text included, is no number. */
export function wholeField(text: string): number | null {
  if (!/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * A decimal number of 0 or more as whole units of 10^-`places`, exactly.
 *
 * @returns null for anything else, more than `places` digits behind the point that are not 0 included
 */
export function decimalField(text: string, places: number): number | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,8}))?$/.exec(text);
  if (parts === null) return null;
  const fraction = (parts[2] ?? '').padEnd(places, '0');
  if (/[1-9]/.test(fraction.slice(places))) return null;
  const value = Number((parts[1] ?? '') + fraction.slice(0, places));
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * A price of a US feed as whole 1/10,000 dollar. With a point it is dollars. Without one it is dollars only when the
 * frame's own number of decimals is 0: `2281300` could as well be `228.1300`, and nothing says which.
 */
export function dollarField(text: string, decimals: string): UsdTick | null {
  if (!text.includes('.') && decimals !== '0') return wholeField(text) === 0 ? usdTick(0) : null;
  const value = decimalField(text, Math.log10(usdScale));
  return value === null ? null : usdTick(value);
}

/** `yyyymmdd`, or null. */
export function dateField(text: string): Temporal.PlainDate | null {
  if (!/^\d{8}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    // Eight digits that are no day of the calendar.
    return null;
  }
}

export function sideField(code: string): 'buy' | 'sell' | null {
  if (code === sideCodes.buy) return 'buy';
  return code === sideCodes.sell ? 'sell' : null;
}

const usMarkets = ['NASDAQ', 'NYSE', 'AMEX'] as const satisfies readonly UsMarket[];

/** `DNASAAPL`, of which the second field repeats the ticker; null when the two disagree or it is no US stock. */
export function usInstrumentField(key: string, symbol: string): UsInstrumentId | null {
  const market = usMarkets.find((one) => usMarketCodes[one].socketPrefix.slice(1) === key.slice(1, 4));
  if (market === undefined || key.slice(4) !== symbol) return null;
  return usInstrumentOn(market, symbol);
}

/** Null for a text that is no ticker. */
export function usInstrumentOn(market: UsMarket, symbol: string): UsInstrumentId | null {
  try {
    return usInstrumentId(market, symbol);
  } catch {
    // No ticker that we could order; the caller says what that means.
    return null;
  }
}
