import type { Designation } from '#domain/instrument.ts';

/**
 * From the one that forbids most to none: a halt takes no order at all, the auctions of a liquidation have no price
 * limits; the others ask for cash in full, for single-price trading or for care.
 */
const strongestFirst: readonly Designation[] = [
  'halted',
  'liquidation',
  'managed',
  'risk',
  'overheated',
  'warning',
  'caution',
];

/** The one restriction to tell of when several hold; `none` when `designations` is empty. */
export function strongestDesignation(designations: readonly Designation[]): Designation {
  return strongestFirst.find((designation) => designations.includes(designation)) ?? 'none';
}
