import type { Brand } from './brand.ts';

/** A number of shares; a safe integer, 0 or more. */
export type Quantity = Brand<number, 'Quantity'>;

/** @throws {RangeError} fractions, negatives, NaN and anything past 2^53 */
export function quantity(value: number): Quantity {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a number of shares: ${value}`);
  return (value === 0 ? 0 : value) as Quantity;
}
