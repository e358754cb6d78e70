import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { dateOrNull, flagOrNull, priceOrNull, quantityOrNull } from './quote-numbers.ts';

/** `PRDT_TYPE_CD` of Korean stocks, ETFs and ETNs. */
const stockTypeCode = '300';

export interface ProductInfo {
  readonly instrument: InstrumentId;
  /** ISIN, 12 characters. */
  readonly isin: string;
  readonly name: string;
  readonly nameEnglish: string;
}

export interface StockInfo {
  readonly instrument: InstrumentId;
  readonly isin: string;
  readonly name: string;
  readonly nameEnglish: string;
  readonly sharesListed: number | null;
  readonly parValue: Won | null;
  /** First day on KOSPI or KOSDAQ; null where it never was listed. */
  readonly kospiListedOn: Temporal.PlainDate | null;
  readonly kosdaqListedOn: Temporal.PlainDate | null;
  readonly delistedOn: Temporal.PlainDate | null;
  readonly isKospi200: boolean | null;
  readonly isHalted: boolean | null;
  readonly isManaged: boolean | null;
  /** Whether NXT trades it, and whether NXT has stopped to. */
  readonly isOnNxt: boolean | null;
  readonly isHaltedOnNxt: boolean | null;
  /** Industry in the broker's words; empty for what has none. */
  readonly industry: string;
}

const productFields = ['std_pdno', 'prdt_abrv_name', 'prdt_eng_abrv_name'] as const;
const stockFields = [
  ...productFields,
  'lstg_stqt',
  'papr',
  'scts_mket_lstg_dt',
  'kosdaq_mket_lstg_dt',
  'lstg_abol_dt',
  'kospi200_item_yn',
  'tr_stop_yn',
  'admn_item_yn',
  'cptt_trad_tr_psbl_yn',
  'nxt_tr_stop_yn',
  'std_idst_clsf_cd_name',
] as const;

/** Name and ISIN. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readProduct(calls: KisCalls, instrument: InstrumentId): Promise<ProductInfo> {
  const { trId, body } = await calls.read(quoteEndpoints.product, {
    PDNO: symbolOf(instrument),
    PRDT_TYPE_CD: stockTypeCode,
  });
  const row = new WireRow(trId, blockOf(trId, body, 'output'), productFields);
  return {
    instrument,
    isin: row.text('std_pdno'),
    name: row.text('prdt_abrv_name'),
    nameEnglish: row.text('prdt_eng_abrv_name'),
  };
}

/** Listing, flags and where else it trades. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readStockInfo(calls: KisCalls, instrument: InstrumentId): Promise<StockInfo> {
  const { trId, body } = await calls.read(quoteEndpoints.stock, {
    PRDT_TYPE_CD: stockTypeCode,
    PDNO: symbolOf(instrument),
  });
  const row = new WireRow(trId, blockOf(trId, body, 'output'), stockFields);
  return {
    instrument,
    isin: row.text('std_pdno'),
    name: row.text('prdt_abrv_name'),
    nameEnglish: row.text('prdt_eng_abrv_name'),
    sharesListed: quantityOrNull(row, 'lstg_stqt'),
    parValue: priceOrNull(row, 'papr'),
    kospiListedOn: dateOrNull(row, 'scts_mket_lstg_dt'),
    kosdaqListedOn: dateOrNull(row, 'kosdaq_mket_lstg_dt'),
    delistedOn: dateOrNull(row, 'lstg_abol_dt'),
    isKospi200: flagOrNull(row, 'kospi200_item_yn'),
    isHalted: flagOrNull(row, 'tr_stop_yn'),
    isManaged: flagOrNull(row, 'admn_item_yn'),
    isOnNxt: flagOrNull(row, 'cptt_trad_tr_psbl_yn'),
    isHaltedOnNxt: flagOrNull(row, 'nxt_tr_stop_yn'),
    industry: row.text('std_idst_clsf_cd_name'),
  };
}
