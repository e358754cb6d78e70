import { invariant } from '#domain/invariant.ts';

/**
 * One block with every field of `names`, text throughout. A name that ends with `*` is text and empty when there is
 * nothing to say; the rest are numbers and `0`.
 *
 * @throws InvariantError when `values` names a field that the block does not have
 */
export function encodeFields(
  names: readonly string[],
  values: Readonly<Record<string, string | number>> = {},
): Record<string, string> {
  const block: Record<string, string> = {};
  for (const field of names) {
    if (field.endsWith('*')) block[field.slice(0, -1)] = '';
    else block[field] = '0';
  }
  for (const [field, value] of Object.entries(values)) {
    invariant(field in block, `the block has a field ${field}`);
    block[field] = String(value);
  }
  return block;
}
