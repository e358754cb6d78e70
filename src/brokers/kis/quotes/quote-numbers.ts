import type { Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';

import type { WireRow } from '../calls/wire-row.ts';

const decimalText = /^([+-]?)(\d{1,13})(?:\.(\d{1,8}))?$/;

/** A price, or null where KIS leaves it empty or says 0: nothing traded, nobody quotes, or no such venue. */
export function priceOrNull<Field extends string>(row: WireRow<Field>, field: Field): Won | null {
  if (row.text(field) === '') return null;
  const price = row.won(field);
  return price === 0 ? null : price;
}

/** A whole number that may be negative, or null where KIS leaves it empty; 0 is 0. */
export function wholeOrNull<Field extends string>(row: WireRow<Field>, field: Field): number | null {
  return row.text(field) === '' ? null : row.whole(field, Number.MIN_SAFE_INTEGER);
}

/** An amount that may be negative, or null where KIS leaves it empty; 0 is 0. */
export function amountOrNull<Field extends string>(row: WireRow<Field>, field: Field): Won | null {
  return row.text(field) === '' ? null : row.amount(field);
}

/** A number of shares, or null where KIS leaves it empty; 0 is 0. */
export function quantityOrNull<Field extends string>(row: WireRow<Field>, field: Field): Quantity | null {
  return row.text(field) === '' ? null : row.quantity(field);
}

/**
 * A number with decimals as whole hundredths: "2634.56" is 263,456, "-3.53" is -353. Further decimals are rounded half
 * away from zero. A percentage read so is in basis points.
 *
 * @throws {RetryLater} `kis.unreadable-answer`
 */
export function hundredths<Field extends string>(row: WireRow<Field>, field: Field): number {
  const parts = decimalText.exec(row.text(field));
  if (parts === null) throw row.unreadable(field, 'not a number');
  const [, sign, whole = '', decimals = ''] = parts;
  const digits = decimals.padEnd(3, '0');
  const rounded = Number(whole) * 100 + Number(digits.slice(0, 2)) + (Number(digits[2]) >= 5 ? 1 : 0);
  // Minus nothing is nothing.
  return sign === '-' && rounded !== 0 ? -rounded : rounded;
}

/** As `hundredths()`; null where KIS leaves it empty. */
export function hundredthsOrNull<Field extends string>(row: WireRow<Field>, field: Field): number | null {
  return row.text(field) === '' ? null : hundredths(row, field);
}

/** As `hundredths()`; null where KIS leaves it empty or says 0, for levels and values that cannot be 0. */
export function levelOrNull<Field extends string>(row: WireRow<Field>, field: Field): number | null {
  const level = hundredthsOrNull(row, field);
  return level === 0 ? null : level;
}

/** `Y` or `N`; null for anything else, an empty text included. */
export function flagOrNull<Field extends string>(row: WireRow<Field>, field: Field): boolean | null {
  const text = row.text(field);
  return text === 'Y' ? true : text === 'N' ? false : null;
}

/** `yyyymmdd`, or null where KIS leaves it empty or writes zeros. */
export function dateOrNull<Field extends string>(row: WireRow<Field>, field: Field): Temporal.PlainDate | null {
  return /^0*$/.test(row.text(field)) ? null : row.date(field);
}

/**
 * A number of shares or won that KIS counts in thousands, millions or hundreds of millions.
 *
 * @throws {RetryLater} `kis.unreadable-answer`, past 2^53 too
 */
export function inUnits<Field extends string>(row: WireRow<Field>, field: Field, unit: Unit): Won {
  const value = row.whole(field) * unit;
  if (!Number.isSafeInteger(value)) throw row.unreadable(field, 'too large');
  return won(value);
}

/** As `inUnits()`; null where KIS leaves it empty, 0 is 0. */
export function inUnitsOrNull<Field extends string>(row: WireRow<Field>, field: Field, unit: Unit): Won | null {
  return row.text(field) === '' ? null : inUnits(row, field, unit);
}

/** A market value, which KIS counts in hundreds of millions; null where it is empty or 0, for none can be. */
export function marketValueOrNull<Field extends string>(row: WireRow<Field>, field: Field): Won | null {
  return priceOrNull(row, field) === null ? null : inUnits(row, field, 100_000_000);
}

type Unit = 1_000 | 1_000_000 | 100_000_000;
