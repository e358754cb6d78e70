import { encodeFields } from '../encode/encode-fields.ts';
import { usBlockFields, type UsBlockName } from './us-block-fields.ts';

/**
 * One overseas block with every field of its list, text throughout.
 *
 * @throws InvariantError when `values` names a field that the block does not have
 */
export function encodeUsBlock(
  name: UsBlockName,
  values: Readonly<Record<string, string | number>> = {},
): Record<string, string> {
  return encodeFields(usBlockFields[name], values);
}

/** 1/10,000 dollar as dollars with `digits` decimals, four or more. */
export function dollarText(amount: number, digits = 4): string {
  const [sign, whole] = [amount < 0 ? '-' : '', Math.abs(amount)];
  const fraction = String(whole % 10_000).padStart(4, '0');
  return `${sign}${Math.floor(whole / 10_000)}.${fraction.padEnd(digits, '0')}`;
}
