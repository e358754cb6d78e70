import { invariant } from '#domain/invariant.ts';

import { blockFields, type BlockName } from './block-fields.ts';

/** Names, dates, codes and flags are empty when there is nothing to say; everything else is a number and `0`. */
const textual =
  /(_name|_isnm|_cls_code|_yn|_dt|_date|_cd|_dvsn|_tmd|_code|_tlno|_addr|_empno|odno|_brno|_orgno|_month|_iscd|_cnnm|cnnm|_dtmd|loan_dt|pdno|_hour|name120)$/;

/**
 * One block with every field of its list, text throughout.
 *
 * @throws InvariantError when `values` names a field that the block does not have
 */
export function encodeBlock(
  name: BlockName,
  values: Readonly<Record<string, string | number>>,
): Record<string, string> {
  const names = blockFields[name];
  const block: Record<string, string> = {};
  for (const field of names) block[field] = textual.test(field) ? '' : '0';
  for (const [field, value] of Object.entries(values)) {
    invariant(field in block, `block ${name} has a field ${field}`);
    block[field] = String(value);
  }
  return block;
}
