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
