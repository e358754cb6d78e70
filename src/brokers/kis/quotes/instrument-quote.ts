import type { Designation, InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import { strongestDesignation } from '#markets/designations.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import { warningDesignations, type Board } from './quote-codes.ts';
import {
  amountOrNull,
  dateOrNull,
  flagOrNull,
  hundredthsOrNull,
  levelOrNull,
  marketValueOrNull,
  priceOrNull,
  quantityOrNull,
} from './quote-numbers.ts';

/** A price and the day on which it was paid. */
export interface DatedPrice {
  readonly price: Won;
  readonly date: Temporal.PlainDate | null;
}

/** All that the price answer says and an individual uses. Null is not known, never 0. */
export interface InstrumentQuote {
  readonly instrument: InstrumentId;
  readonly board: Board;
  readonly price: Won | null;
  /** Against the close before; negative for a fall. */
  readonly change: Won | null;
  /** In basis points. */
  readonly changeBps: number | null;
  readonly open: Won | null;
  readonly high: Won | null;
  readonly low: Won | null;
  readonly basePrice: Won | null;
  readonly upperLimit: Won | null;
  readonly lowerLimit: Won | null;
  readonly tickSize: Won | null;
  /** Shares traded today. */
  readonly volume: number | null;
  /** Won traded today. */
  readonly value: Won | null;
  readonly sharesListed: number | null;
  /** Rounded by the broker to whole 100,000,000 won. */
  readonly marketCap: Won | null;
  /** Price to earnings and to book value, in hundredths. */
  readonly perHundredths: number | null;
  readonly pbrHundredths: number | null;
  /** Earnings and book value a share, in hundredths of a won. */
  readonly epsHundredths: number | null;
  readonly bpsHundredths: number | null;
  readonly high52Weeks: DatedPrice | null;
  readonly low52Weeks: DatedPrice | null;
  /** Share of the foreign limit that is used, in basis points. */
  readonly foreignUsedBps: number | null;
  /** Part of an order's value that must be there as cash, in basis points. */
  readonly marginBps: number | null;
  /** The strongest of the restrictions the answer names; null when it does not say. */
  readonly designation: Designation | null;
  readonly isVolatilityInterrupted: boolean | null;
}

const fields = [
  'iscd_stat_cls_code',
  'temp_stop_yn',
  'stck_prpr',
  'prdy_vrss',
  'prdy_ctrt',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'stck_sdpr',
  'stck_mxpr',
  'stck_llam',
  'aspr_unit',
  'acml_vol',
  'acml_tr_pbmn',
  'lstn_stcn',
  'hts_avls',
  'per',
  'pbr',
  'eps',
  'bps',
  'w52_hgpr',
  'w52_hgpr_date',
  'w52_lwpr',
  'w52_lwpr_date',
  'hts_frgn_ehrt',
  'marg_rate',
  'mrkt_warn_cls_code',
  'short_over_yn',
  'sltr_yn',
  'mang_issu_cls_code',
  'vi_cls_code',
] as const;
type Row = WireRow<(typeof fields)[number]>;

/** The price and everything beside it, of one board. An instrument that a board does not trade has no price there. */
export async function readInstrumentQuote(
  calls: KisCalls,
  instrument: InstrumentId,
  board: Board,
): Promise<InstrumentQuote> {
  const { trId, body } = await calls.read(quoteEndpoints.price, boardQuery(instrument, board));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), fields);
  return {
    instrument,
    board,
    price: priceOrNull(row, 'stck_prpr'),
    change: amountOrNull(row, 'prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'prdy_ctrt'),
    open: priceOrNull(row, 'stck_oprc'),
    high: priceOrNull(row, 'stck_hgpr'),
    low: priceOrNull(row, 'stck_lwpr'),
    basePrice: priceOrNull(row, 'stck_sdpr'),
    upperLimit: priceOrNull(row, 'stck_mxpr'),
    lowerLimit: priceOrNull(row, 'stck_llam'),
    tickSize: priceOrNull(row, 'aspr_unit'),
    volume: quantityOrNull(row, 'acml_vol'),
    value: amountOrNull(row, 'acml_tr_pbmn'),
    sharesListed: priceOrNull(row, 'lstn_stcn'),
    marketCap: marketValueOrNull(row, 'hts_avls'),
    perHundredths: levelOrNull(row, 'per'),
    pbrHundredths: levelOrNull(row, 'pbr'),
    epsHundredths: hundredthsOrNull(row, 'eps'),
    bpsHundredths: hundredthsOrNull(row, 'bps'),
    high52Weeks: datedPrice(row, 'w52_hgpr', 'w52_hgpr_date'),
    low52Weeks: datedPrice(row, 'w52_lwpr', 'w52_lwpr_date'),
    foreignUsedBps: hundredthsOrNull(row, 'hts_frgn_ehrt'),
    marginBps: levelOrNull(row, 'marg_rate'),
    designation: designationOf(row),
    isVolatilityInterrupted: flagOrNull(row, 'vi_cls_code'),
  };
}

function datedPrice(row: Row, price: 'w52_hgpr' | 'w52_lwpr', date: `${typeof price}_date`): DatedPrice | null {
  const paid = priceOrNull(row, price);
  return paid === null ? null : { price: paid, date: dateOrNull(row, date) };
}

/** `iscd_stat_cls_code`. @see spec §4.1; 55 (credit allowed) and 57 (margin 100 %) restrict no trading */
const statusDesignations: Readonly<Record<string, Designation>> = {
  '51': 'managed',
  '52': 'risk',
  '53': 'warning',
  '54': 'caution',
  '58': 'halted',
  '59': 'overheated',
};

/** The status code names one restriction, the flags beside it name the others; the strongest counts. */
function designationOf(row: Row): Designation | null {
  const status = row.text('iscd_stat_cls_code');
  if (status === '') return null;
  const said: Designation[] = ['none'];
  const add = (designation: Designation | undefined): void => void (designation && said.push(designation));
  add(statusDesignations[status]);
  add(warningDesignations[row.text('mrkt_warn_cls_code')]);
  if (row.text('temp_stop_yn') === 'Y') said.push('halted');
  if (row.text('sltr_yn') === 'Y') said.push('liquidation');
  if (row.text('mang_issu_cls_code') === 'Y') said.push('managed');
  if (row.text('short_over_yn') === 'Y') said.push('overheated');
  return strongestDesignation(said);
}
