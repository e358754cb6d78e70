import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import { amountOrNull, hundredthsOrNull, levelOrNull, priceOrNull, quantityOrNull } from './quote-numbers.ts';

/** An ETF or ETN now, beside what it holds is worth. */
export interface EtfQuote {
  readonly instrument: InstrumentId;
  readonly price: Won | null;
  readonly change: Won | null;
  readonly changeBps: number | null;
  readonly open: Won | null;
  readonly high: Won | null;
  readonly low: Won | null;
  readonly upperLimit: Won | null;
  readonly lowerLimit: Won | null;
  readonly volume: number | null;
  /** Net asset value a share, in hundredths of a won; of now, and of the last close. */
  readonly navHundredths: number | null;
  readonly navYesterdayHundredths: number | null;
  /** By how much the price is off the net asset value (괴리율), in basis points. */
  readonly deviationBps: number | null;
  /** Tracking error against the index, in basis points. */
  readonly trackingErrorBps: number | null;
  readonly sharesOutstanding: number | null;
  readonly indexName: string;
}

const fields = [
  'stck_prpr',
  'prdy_vrss',
  'prdy_ctrt',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'stck_mxpr',
  'stck_llam',
  'acml_vol',
  'nav',
  'prdy_last_nav',
  'dprt',
  'trc_errt',
  'etf_crcl_stcn',
  'etf_rprs_bstp_kor_isnm',
] as const;

/** KRX only. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readEtfQuote(calls: KisCalls, instrument: InstrumentId): Promise<EtfQuote> {
  const { trId, body } = await calls.read(quoteEndpoints.etfPrice, boardQuery(instrument, 'krx'));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), fields);
  return {
    instrument,
    price: priceOrNull(row, 'stck_prpr'),
    change: amountOrNull(row, 'prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'prdy_ctrt'),
    open: priceOrNull(row, 'stck_oprc'),
    high: priceOrNull(row, 'stck_hgpr'),
    low: priceOrNull(row, 'stck_lwpr'),
    upperLimit: priceOrNull(row, 'stck_mxpr'),
    lowerLimit: priceOrNull(row, 'stck_llam'),
    volume: quantityOrNull(row, 'acml_vol'),
    navHundredths: levelOrNull(row, 'nav'),
    navYesterdayHundredths: levelOrNull(row, 'prdy_last_nav'),
    deviationBps: hundredthsOrNull(row, 'dprt'),
    trackingErrorBps: hundredthsOrNull(row, 'trc_errt'),
    sharesOutstanding: quantityOrNull(row, 'etf_crcl_stcn'),
    indexName: row.text('etf_rprs_bstp_kor_isnm'),
  };
}
