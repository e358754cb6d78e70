import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { indexQuery, type IndexCode } from './index-code.ts';
import { indexBoardCode, sectorMarketCodes } from './quote-codes.ts';
import { hundredthsOrNull, levelOrNull, inUnitsOrNull, wholeOrNull } from './quote-numbers.ts';

/** An index now. Levels have two decimals and are whole hundredths: 2,634.56 is 263,456. */
export interface IndexQuote {
  readonly level: number | null;
  /** Against the close before, in hundredths of a point; negative for a fall. */
  readonly change: number | null;
  readonly changeBps: number | null;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  /** Shares; KIS counts in thousands. */
  readonly volume: number | null;
  /** Won; KIS counts in millions. */
  readonly value: Won | null;
  /** How many instruments rose, fell or stood; those at their limit are counted in the broker's way, apart. */
  readonly rising: number | null;
  readonly falling: number | null;
  readonly unchanged: number | null;
  readonly atUpperLimit: number | null;
  readonly atLowerLimit: number | null;
}

/** One sector among those of a market. */
export interface SectorIndex {
  readonly code: string;
  readonly name: string;
  readonly level: number | null;
  readonly change: number | null;
  readonly changeBps: number | null;
  readonly volume: number | null;
  readonly value: Won | null;
}

const indexFields = [
  'bstp_nmix_prpr',
  'bstp_nmix_prdy_vrss',
  'bstp_nmix_prdy_ctrt',
  'bstp_nmix_oprc',
  'bstp_nmix_hgpr',
  'bstp_nmix_lwpr',
  'acml_vol',
  'acml_tr_pbmn',
  'ascn_issu_cnt',
  'down_issu_cnt',
  'stnr_issu_cnt',
  'uplm_issu_cnt',
  'lslm_issu_cnt',
] as const;
const sectorFields = [
  'bstp_cls_code',
  'hts_kor_isnm',
  'bstp_nmix_prpr',
  'bstp_nmix_prdy_vrss',
  'bstp_nmix_prdy_ctrt',
  'acml_vol',
  'acml_tr_pbmn',
] as const;

/** Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readIndex(calls: KisCalls, index: IndexCode): Promise<IndexQuote> {
  const { trId, body } = await calls.read(quoteEndpoints.index, indexQuery(index));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), indexFields);
  return {
    level: levelOrNull(row, 'bstp_nmix_prpr'),
    change: hundredthsOrNull(row, 'bstp_nmix_prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'bstp_nmix_prdy_ctrt'),
    open: levelOrNull(row, 'bstp_nmix_oprc'),
    high: levelOrNull(row, 'bstp_nmix_hgpr'),
    low: levelOrNull(row, 'bstp_nmix_lwpr'),
    volume: inUnitsOrNull(row, 'acml_vol', 1_000),
    value: inUnitsOrNull(row, 'acml_tr_pbmn', 1_000_000),
    rising: wholeOrNull(row, 'ascn_issu_cnt'),
    falling: wholeOrNull(row, 'down_issu_cnt'),
    unchanged: wholeOrNull(row, 'stnr_issu_cnt'),
    atUpperLimit: wholeOrNull(row, 'uplm_issu_cnt'),
    atLowerLimit: wholeOrNull(row, 'lslm_issu_cnt'),
  };
}

/** All sectors of a market. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readSectorIndices(
  calls: KisCalls,
  market: keyof typeof sectorMarketCodes,
): Promise<readonly SectorIndex[]> {
  const { trId, body } = await calls.read(quoteEndpoints.sectorIndices, {
    FID_COND_MRKT_DIV_CODE: indexBoardCode,
    FID_INPUT_ISCD: sectorMarketCodes[market].index,
    FID_COND_SCR_DIV_CODE: '20214',
    FID_MRKT_CLS_CODE: sectorMarketCodes[market].market,
    FID_BLNG_CLS_CODE: '0',
  });
  return rowsOf(trId, body, 'output2').map((block) => sectorOf(new WireRow(trId, block, sectorFields)));
}

function sectorOf(row: WireRow<(typeof sectorFields)[number]>): SectorIndex {
  return {
    code: row.text('bstp_cls_code'),
    name: row.text('hts_kor_isnm'),
    level: levelOrNull(row, 'bstp_nmix_prpr'),
    change: hundredthsOrNull(row, 'bstp_nmix_prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'bstp_nmix_prdy_ctrt'),
    volume: inUnitsOrNull(row, 'acml_vol', 1_000),
    value: inUnitsOrNull(row, 'acml_tr_pbmn', 1_000_000),
  };
}
