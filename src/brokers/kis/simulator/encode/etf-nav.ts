import { randomFrom } from '../venue/random.ts';
import { percentText } from './text-fields.ts';

/** Widest distance of the value behind an ETF from its price. */
const spread = 0.002;

/**
 * Net asset value of one share, won with two decimals: the price moved by at most 0.2 %, drawn from the symbol and the
 * price, so that the same price always has the same value behind it. This venue knows no baskets.
 */
export function navOf(symbol: string, price: number): number {
  const draw = randomFrom(`nav/${symbol}/${price}`).next();
  return Math.round(price * (1 + spread * (2 * draw - 1)) * 100) / 100;
}

/** 괴리율: how far `price` stands from `nav`, in percent of `nav`. */
export function deviationText(price: number, nav: number): string {
  return percentText(price - nav, nav);
}
