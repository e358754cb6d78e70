import { usdTick, wonPerUsd, type UsdTick, type WonPerUsd } from '#domain/usd.ts';

import type { WireRow } from '../calls/wire-row.ts';

const decimal = /^([+-]?)(\d{1,12})(?:\.(\d{1,12}))?$/;

/**
 * A decimal text as ten-thousandths, exactly; digits behind the fourth are rounded half away from zero, which matters
 * for averages only. Null when it is no number; an empty text is none.
 */
export function tenThousandths(text: string): number | null {
  const parts = decimal.exec(text);
  if (parts === null) return null;
  const [, sign, whole = '', fraction = ''] = parts;
  const digits = fraction.padEnd(5, '0');
  const value = Number(whole + digits.slice(0, 4)) + (Number(digits[4]) >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(value)) return null;
  return sign === '-' && value !== 0 ? -value : value;
}

/** An amount in dollars that may be 0 or negative. @throws {RetryLater} `kis.unreadable-answer` */
export function usdField<Field extends string>(row: WireRow<Field>, field: NoInfer<Field>): UsdTick {
  const value = tenThousandths(row.text(field));
  if (value === null) throw row.unreadable(field, 'not an amount in dollars');
  return usdTick(value);
}

/** A price above 0. @throws {RetryLater} `kis.unreadable-answer`, so that nothing missing becomes a price of 0 */
export function usdPriceField<Field extends string>(row: WireRow<Field>, field: NoInfer<Field>): UsdTick {
  const price = usdField(row, field);
  if (price <= 0) throw row.unreadable(field, 'not a price above 0');
  return price;
}

/** Won for a dollar. @throws {RetryLater} `kis.unreadable-answer` */
export function rateField<Field extends string>(row: WireRow<Field>, field: NoInfer<Field>): WonPerUsd {
  const value = tenThousandths(row.text(field));
  if (value === null || value <= 0) throw row.unreadable(field, 'not an exchange rate above 0');
  return wonPerUsd(value);
}

/** A price as KIS takes it: dollars with two decimals, four where a price has more. */
export function usdText(price: UsdTick): string {
  const digits = String(price).padStart(5, '0');
  const fraction = digits.slice(-4);
  return `${digits.slice(0, -4)}.${fraction.endsWith('00') ? fraction.slice(0, 2) : fraction}`;
}

/** A count of shares that may be written with decimals, such as `3.00000000`. @throws {RetryLater} on fractions */
export function sharesField<Field extends string>(row: WireRow<Field>, field: NoInfer<Field>): number {
  const value = tenThousandths(row.text(field));
  if (value === null || value < 0 || value % 10_000 !== 0) throw row.unreadable(field, 'not a whole number of shares');
  return value / 10_000;
}
