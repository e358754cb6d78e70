import type { WireRow } from '../calls/wire-row.ts';

/**
 * A share in per cent, for people to look at; never an amount. Null when KIS leaves the field empty.
 *
 * @throws {RetryLater} `kis.unreadable-answer` when it is no number
 */
export function percent<Field extends string>(row: WireRow<Field>, field: Field): number | null {
  const text = row.text(field);
  if (text === '') return null;
  if (!/^[+-]?\d{0,12}(?:\.\d{1,12})?$/.test(text) || !/\d/.test(text)) throw row.unreadable(field, 'not a number');
  return Number(text);
}
