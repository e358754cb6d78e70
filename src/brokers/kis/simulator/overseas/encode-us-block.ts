import { invariant } from '#domain/invariant.ts';

import { usBlockFields, type UsBlockName } from './us-block-fields.ts';

/**
 * One block with every field of its list, text throughout.
 *
 * @throws InvariantError when `values` names a field that the block does not have
 */
export function encodeUsBlock(
  name: UsBlockName,
  values: Readonly<Record<string, string | number>> = {},
): Record<string, string> {
  const block: Record<string, string> = {};
  for (const field of usBlockFields[name]) {
    if (field.endsWith('*')) block[field.slice(0, -1)] = '';
    else block[field] = '0';
  }
  for (const [field, value] of Object.entries(values)) {
    invariant(field in block, `block ${name} has a field ${field}`);
    block[field] = String(value);
  }
  return block;
}

/** 1/10,000 dollar as dollars with `digits` decimals, four or more. */
export function dollarText(amount: number, digits = 4): string {
  const [sign, whole] = [amount < 0 ? '-' : '', Math.abs(amount)];
  const fraction = String(whole % 10_000).padStart(4, '0');
  return `${sign}${Math.floor(whole / 10_000)}.${fraction.padEnd(digits, '0')}`;
}
