import type { Designation, InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import { strongestDesignation } from '#markets/designations.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import { warningDesignations, type Board } from './quote-codes.ts';
import { flagOrNull, levelOrNull, priceOrNull, quantityOrNull } from './quote-numbers.ts';

/** What is special about an instrument today, and about the day before. Null is not known. */
export interface Restrictions {
  readonly instrument: InstrumentId;
  /** The strongest of those that the answer names; null when it names no warning code at all. */
  readonly designation: Designation | null;
  readonly isHalted: boolean | null;
  readonly isLiquidated: boolean | null;
  readonly isManaged: boolean | null;
  readonly isOverheated: boolean | null;
  readonly isShortSaleOverheated: boolean | null;
  readonly isAbnormalRise: boolean | null;
  readonly isUnfaithfulDisclosure: boolean | null;
  readonly isLowLiquidity: boolean | null;
  readonly isVolatilityInterrupted: boolean | null;
  readonly isCreditAllowed: boolean | null;
  /** Part of an order's value that must be there as cash, in basis points. */
  readonly marginBps: number | null;
  readonly previousClose: Won | null;
  readonly previousVolume: number | null;
}

const fields = [
  'mrkt_warn_cls_code',
  'trht_yn',
  'sltr_yn',
  'mang_issu_yn',
  'short_over_yn',
  'ssts_hot_yn',
  'stange_runup_yn',
  'insn_pbnt_yn',
  'low_current_yn',
  'vi_cls_code',
  'crdt_able_yn',
  'marg_rate',
  'stck_prdy_clpr',
  'prdy_vol',
] as const;
type Row = WireRow<(typeof fields)[number]>;

/** The second price answer of KIS. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readRestrictions(calls: KisCalls, instrument: InstrumentId, board: Board): Promise<Restrictions> {
  const { trId, body } = await calls.read(quoteEndpoints.restrictions, boardQuery(instrument, board));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), fields);
  return {
    instrument,
    designation: designationOf(row),
    isHalted: flagOrNull(row, 'trht_yn'),
    isLiquidated: flagOrNull(row, 'sltr_yn'),
    isManaged: flagOrNull(row, 'mang_issu_yn'),
    isOverheated: flagOrNull(row, 'short_over_yn'),
    isShortSaleOverheated: flagOrNull(row, 'ssts_hot_yn'),
    isAbnormalRise: flagOrNull(row, 'stange_runup_yn'),
    isUnfaithfulDisclosure: flagOrNull(row, 'insn_pbnt_yn'),
    isLowLiquidity: flagOrNull(row, 'low_current_yn'),
    isVolatilityInterrupted: flagOrNull(row, 'vi_cls_code'),
    isCreditAllowed: flagOrNull(row, 'crdt_able_yn'),
    marginBps: levelOrNull(row, 'marg_rate'),
    previousClose: priceOrNull(row, 'stck_prdy_clpr'),
    previousVolume: quantityOrNull(row, 'prdy_vol'),
  };
}

function designationOf(row: Row): Designation | null {
  const warning = warningDesignations[row.text('mrkt_warn_cls_code')];
  if (warning === undefined) return null;
  const said: Designation[] = [warning];
  if (row.text('trht_yn') === 'Y') said.push('halted');
  if (row.text('sltr_yn') === 'Y') said.push('liquidation');
  if (row.text('mang_issu_yn') === 'Y') said.push('managed');
  if (row.text('short_over_yn') === 'Y') said.push('overheated');
  return strongestDesignation(said);
}
