import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisAnswer, KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow, wireInstrument } from '../calls/wire-row.ts';
import type { KisEndpoint } from '../endpoints/endpoint.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardCodes, rankingScopeCodes, volumeOrderCodes, type Board, type RankingScope } from './quote-codes.ts';
import { amountOrNull, hundredthsOrNull, priceOrNull, quantityOrNull, marketValueOrNull } from './quote-numbers.ts';

/** What every ranking says of an instrument; 30 rows at the most, and no more pages. */
export interface RankedInstrument {
  /** 1 is the first. */
  readonly rank: number;
  readonly instrument: InstrumentId;
  readonly name: string;
  readonly price: Won | null;
  readonly change: Won | null;
  readonly changeBps: number | null;
  /** Shares traded today. */
  readonly volume: number | null;
}

export interface VolumeRanked extends RankedInstrument {
  readonly volumeYesterday: number | null;
  /** Won traded today. */
  readonly value: Won | null;
  /** Growth against the day before, in basis points. */
  readonly volumeGrowthBps: number | null;
}

export interface MarketCapRanked extends RankedInstrument {
  /** Rounded by the broker to whole 100,000,000 won. */
  readonly marketCap: Won | null;
  /** Part of the whole market, in basis points. */
  readonly marketShareBps: number | null;
}

export interface RankingRequest {
  /** `all` if not said. */
  readonly scope?: RankingScope;
  readonly board?: Exclude<Board, 'unified'>;
}

export interface VolumeRankingRequest extends RankingRequest {
  /** `average-volume` if not said. */
  readonly by?: keyof typeof volumeOrderCodes;
}

export interface ChangeRankingRequest extends RankingRequest {
  /** Largest rises first, unless falls are asked for. */
  readonly isFalling?: boolean;
}

const rankFields = ['data_rank', 'hts_kor_isnm', 'stck_prpr', 'prdy_vrss', 'prdy_ctrt', 'acml_vol'] as const;
const volumeFields = ['mksc_shrn_iscd', ...rankFields, 'prdy_vol', 'acml_tr_pbmn', 'vol_inrt'] as const;
const changeFields = ['stck_shrn_iscd', ...rankFields] as const;
const marketCapFields = ['mksc_shrn_iscd', ...rankFields, 'stck_avls', 'mrkt_whol_avls_rlim'] as const;

/** Most traded first. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readVolumeRanking(
  calls: KisCalls,
  { scope = 'all', board = 'krx', by = 'average-volume' }: VolumeRankingRequest,
): Promise<readonly VolumeRanked[]> {
  const answer = await calls.read(quoteEndpoints.volumeRank, {
    FID_COND_MRKT_DIV_CODE: boardCodes[board],
    FID_COND_SCR_DIV_CODE: '20171',
    FID_INPUT_ISCD: rankingScopeCodes[scope],
    FID_DIV_CLS_CODE: '0',
    FID_BLNG_CLS_CODE: volumeOrderCodes[by],
    // All margin classes in, nothing left out: nine and ten switches.
    FID_TRGT_CLS_CODE: '111111111',
    FID_TRGT_EXLS_CLS_CODE: '0000000000',
    FID_INPUT_PRICE_1: '',
    FID_INPUT_PRICE_2: '',
    FID_VOL_CNT: '',
    FID_INPUT_DATE_1: '',
  });
  return ranked(answer, volumeFields, 'mksc_shrn_iscd', (row) => ({
    volumeYesterday: quantityOrNull(row, 'prdy_vol'),
    value: amountOrNull(row, 'acml_tr_pbmn'),
    volumeGrowthBps: hundredthsOrNull(row, 'vol_inrt'),
  }));
}

/** Largest rises, or falls, against the day before. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readChangeRanking(
  calls: KisCalls,
  { scope = 'all', board = 'krx', isFalling = false }: ChangeRankingRequest,
): Promise<readonly RankedInstrument[]> {
  const answer = await readRanking(
    calls,
    quoteEndpoints.changeRank,
    '20170',
    { scope, board },
    {
      FID_RANK_SORT_CLS_CODE: isFalling ? '1' : '0',
      FID_INPUT_CNT_1: '0',
      FID_PRC_CLS_CODE: '1',
      FID_RSFL_RATE1: '',
      FID_RSFL_RATE2: '',
    },
  );
  return ranked(answer, changeFields, 'stck_shrn_iscd', () => ({}));
}

/** Largest first. Real only. @throws {FixConfiguration} `kis.not-on-paper` */
export async function readMarketCapRanking(
  calls: KisCalls,
  { scope = 'all', board = 'krx' }: RankingRequest,
): Promise<readonly MarketCapRanked[]> {
  const answer = await readRanking(calls, quoteEndpoints.marketCapRank, '20174', { scope, board }, {});
  return ranked(answer, marketCapFields, 'mksc_shrn_iscd', (row) => ({
    marketCap: marketValueOrNull(row, 'stck_avls'),
    marketShareBps: hundredthsOrNull(row, 'mrkt_whol_avls_rlim'),
  }));
}

function readRanking(
  calls: KisCalls,
  endpoint: KisEndpoint,
  screen: '20170' | '20174',
  { scope, board }: { readonly scope: RankingScope; readonly board: Board },
  more: Readonly<Record<string, string>>,
): Promise<KisAnswer> {
  return calls.read(endpoint, {
    FID_COND_MRKT_DIV_CODE: boardCodes[board],
    FID_COND_SCR_DIV_CODE: screen,
    FID_INPUT_ISCD: rankingScopeCodes[scope],
    FID_DIV_CLS_CODE: '0',
    FID_TRGT_CLS_CODE: '0',
    FID_TRGT_EXLS_CLS_CODE: '0',
    FID_INPUT_PRICE_1: '',
    FID_INPUT_PRICE_2: '',
    FID_VOL_CNT: '',
    ...more,
  });
}

/** Rows whose code is none of the listing codes we know, such as those of warrants, are left out. */
function ranked<Field extends string, Extra>(
  { trId, body }: KisAnswer,
  fields: readonly (Field | (typeof rankFields)[number])[],
  codeField: Field,
  extra: (row: WireRow<Field | (typeof rankFields)[number]>) => Extra,
): readonly (RankedInstrument & Extra)[] {
  return rowsOf(trId, body, 'output').flatMap((block) => {
    const row = new WireRow(trId, block, fields);
    const instrument = wireInstrument(row.text(codeField));
    if (instrument === null) return [];
    return [
      {
        rank: row.whole('data_rank', 1),
        instrument,
        name: row.text('hts_kor_isnm'),
        price: priceOrNull(row, 'stck_prpr'),
        change: amountOrNull(row, 'prdy_vrss'),
        changeBps: hundredthsOrNull(row, 'prdy_ctrt'),
        volume: quantityOrNull(row, 'acml_vol'),
        ...extra(row),
      },
    ];
  });
}
