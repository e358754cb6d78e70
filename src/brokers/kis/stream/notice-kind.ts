import type { OrderNotice } from '../../broker.ts';
import { changeCodes } from '../codes.ts';
import { fieldAt, type Fields } from './wire-field.ts';

/** Where a notice says what it is about. */
export interface NoticePlaces {
  readonly change: number;
  readonly isRefused: number;
  readonly isFill: number;
  readonly acceptance: number;
}

/** `BRNC_NO`, which may be blank. */
export const branchForm = /^(?: *|\d{2,6})$/;

type ChangeKind = Exclude<OrderNotice['kind'], 'filled'>;

/**
 * What a notice that is no fill says. A request to amend or cancel is told twice, when it is received (1) and when it
 * has happened (2); only the second changes an order.
 */
export function changeKind(fields: Fields, place: NoticePlaces): ChangeKind | 'silent' | null {
  if (fieldAt(fields, place.isFill) !== '1') return null;
  if (fieldAt(fields, place.isRefused) === '1') return 'rejected';
  const change = fieldAt(fields, place.change);
  const acceptance = fieldAt(fields, place.acceptance);
  if (acceptance === '3') return 'expired';
  if (change === '0') return acceptance === '1' || acceptance === '2' ? 'accepted' : null;
  if (acceptance === '1') return 'silent';
  if (acceptance !== '2') return null;
  if (Number(change) === Number(changeCodes.amend)) return 'amended';
  return Number(change) === Number(changeCodes.cancel) ? 'cancelled' : null;
}
