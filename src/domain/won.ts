import type { Brand } from './brand.ts';

/** An amount or a price in whole Korean won; a safe integer, negative for a debt or a loss. */
export type Won = Brand<number, 'Won'>;

/**
 * @returns `value` as won
 * @throws {RangeError} fractions, NaN, infinities and anything past 2^53
 */
export function won(value: number): Won {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole amount in won: ${value}`);
  return (value === 0 ? 0 : value) as Won;
}

/** @throws {RangeError} when the sum leaves the safe range */
export function addWon(...amounts: readonly Won[]): Won {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return won(sum);
}

/** @throws {RangeError} when the difference leaves the safe range */
export function subtractWon(from: Won, amount: Won): Won {
  return won(from - amount);
}

/** Price times quantity. @throws {RangeError} when the product leaves the safe range */
export function orderValue(price: Won, quantity: number): Won {
  return won(price * quantity);
}

/**
 * `amount × ratePpb / 1,000,000,000`, cut off toward zero to whole won, computed exactly.
 *
 * @param ratePpb whole parts per billion, 0 or more; 0.0140527 % is 140,527
 */
export function portionOfWon(amount: Won, ratePpb: number): Won {
  if (!Number.isSafeInteger(ratePpb) || ratePpb < 0) {
    throw new RangeError(`Not a rate in whole parts per billion: ${ratePpb}`);
  }
  return partOfWon(amount, ratePpb, billion);
}

const billion = 1_000_000_000;

/**
 * `amount × part / whole`, cut off toward zero to whole won, computed exactly.
 *
 * @param part whole, 0 or more
 * @param whole whole, 1 or more
 */
export function partOfWon(amount: Won, part: number, whole: number): Won {
  const product = amount * part;
  // Below 2^53 a quotient that is not whole lies further from the next whole number than a double's rounding can move it.
  if (Number.isSafeInteger(product)) return won(Math.trunc(product / whole));
  return won(Number((BigInt(amount) * BigInt(part)) / BigInt(whole)));
}
