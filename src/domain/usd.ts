import type { Brand } from './brand.ts';
import { won, type Won } from './won.ts';

/** An amount or a price in whole 1/10,000 of a US dollar; a safe integer, negative for a loss. */
export type UsdTick = Brand<number, 'UsdTick'>;

/** Won for one US dollar, in whole 1/10,000 won; a safe integer above 0. */
export type WonPerUsd = Brand<number, 'WonPerUsd'>;

/** How many units make one dollar, and one won in a rate. */
export const usdScale = 10_000;

/**
 * @returns `value` as ten-thousandths of a dollar
 * @throws {RangeError} fractions, NaN, infinities and anything past 2^53
 */
export function usdTick(value: number): UsdTick {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole amount in 1/10,000 dollar: ${value}`);
  return (value === 0 ? 0 : value) as UsdTick;
}

/** @throws {RangeError} 0, negatives, fractions, NaN and anything past 2^53 */
export function wonPerUsd(value: number): WonPerUsd {
  if (!Number.isSafeInteger(value) || value <= 0)
    throw new RangeError(`Not an exchange rate in 1/10,000 won: ${value}`);
  return value as WonPerUsd;
}

/** Price times shares. @throws {RangeError} when the product leaves the safe range */
export function usdValue(price: UsdTick, quantity: number): UsdTick {
  return usdTick(price * quantity);
}

/** What `amount` is worth in won, rounded up to whole won, so that a limit is never passed by rounding. */
export function wonOfUsd(amount: UsdTick, rate: WonPerUsd): Won {
  const product = BigInt(amount) * BigInt(rate);
  const scale = BigInt(usdScale) * BigInt(usdScale);
  const cut = product / scale;
  return won(Number(product > cut * scale ? cut + 1n : cut));
}
