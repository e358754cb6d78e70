import type { Designation } from '#domain/instrument.ts';

/** Where prices come from: the exchange, the alternative venue, or both taken together. */
export type Board = 'krx' | 'nxt' | 'unified';

/** `FID_COND_MRKT_DIV_CODE` of stocks, ETFs and ETNs. @see spec §4.1 */
export const boardCodes = { krx: 'J', nxt: 'NX', unified: 'UN' } as const satisfies Readonly<Record<Board, string>>;

/** `FID_COND_MRKT_DIV_CODE` of indices and sectors. */
export const indexBoardCode = 'U';

/** The span of one bar of a period chart. */
export type Period = 'day' | 'week' | 'month' | 'year';

/** `FID_PERIOD_DIV_CODE`. */
export const periodCodes = { day: 'D', week: 'W', month: 'M', year: 'Y' } as const satisfies Readonly<
  Record<Period, string>
>;

/** `FID_ORG_ADJ_PRC` of the period chart. */
export const chartAdjustmentCodes = { adjusted: '0', raw: '1' } as const;

/** `FID_ORG_ADJ_PRC` of the list of recent days, which means the opposite (spec §0.21). */
export const recentAdjustmentCodes = { adjusted: '1', raw: '0' } as const;

/** Of which instruments a ranking is. */
export type RankingScope = 'all' | 'kospi' | 'kosdaq' | 'kospi200';

/** `FID_INPUT_ISCD` of rankings. */
export const rankingScopeCodes = {
  all: '0000',
  kospi: '0001',
  kosdaq: '1001',
  kospi200: '2001',
} as const satisfies Readonly<Record<RankingScope, string>>;

/** `FID_BLNG_CLS_CODE` of the volume ranking. @see portal text of 거래량순위 */
export const volumeOrderCodes = {
  'average-volume': '0',
  'volume-growth': '1',
  turnover: '2',
  value: '3',
  'value-turnover': '4',
} as const;

/** Market whose sectors are listed: `FID_INPUT_ISCD` and `FID_MRKT_CLS_CODE`. */
export const sectorMarketCodes = {
  kospi: { index: '0001', market: 'K' },
  kosdaq: { index: '1001', market: 'Q' },
  kospi200: { index: '2001', market: 'K2' },
} as const;

/** `mrkt_warn_cls_code`. @see spec §4.1 */
export const warningDesignations: Readonly<Record<string, Designation>> = {
  '00': 'none',
  '01': 'caution',
  '02': 'warning',
  '03': 'risk',
};
