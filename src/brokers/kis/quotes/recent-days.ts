import type { InstrumentId } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import { periodCodes, recentAdjustmentCodes, type Board, type Period } from './quote-codes.ts';
import { amountOrNull, hundredthsOrNull, priceOrNull, wholeOrNull } from './quote-numbers.ts';

/** One of the last thirty days, weeks or months. */
export interface RecentPeriod {
  readonly date: Temporal.PlainDate;
  /** Null on a day without trading. */
  readonly open: Won | null;
  readonly high: Won | null;
  readonly low: Won | null;
  readonly close: Won;
  readonly volume: number;
  /** Against the close before; negative for a fall. */
  readonly change: Won | null;
  readonly changeBps: number | null;
  /** Share of the foreign limit that is used, in basis points. */
  readonly foreignUsedBps: number | null;
  /** Shares bought less sold by foreigners. */
  readonly foreignNet: number | null;
}

export interface RecentPeriodsRequest {
  /** Days if not said. */
  readonly period?: Exclude<Period, 'year'>;
  /** Prices as they were paid, instead of adjusted for splits and rights. */
  readonly isRaw?: boolean;
  readonly board?: Board;
}

const fields = [
  'stck_bsop_date',
  'stck_oprc',
  'stck_hgpr',
  'stck_lwpr',
  'stck_clpr',
  'acml_vol',
  'prdy_vrss',
  'prdy_ctrt',
  'hts_frgn_ehrt',
  'frgn_ntby_qty',
] as const;

/** The last thirty, oldest first, in one call; older ones are in the period chart. */
export async function readRecentPeriods(
  calls: KisCalls,
  instrument: InstrumentId,
  { period = 'day', isRaw = false, board = 'krx' }: RecentPeriodsRequest,
): Promise<readonly RecentPeriod[]> {
  const { trId, body } = await calls.read(quoteEndpoints.recentDays, {
    ...boardQuery(instrument, board),
    FID_PERIOD_DIV_CODE: periodCodes[period],
    FID_ORG_ADJ_PRC: recentAdjustmentCodes[isRaw ? 'raw' : 'adjusted'],
  });
  return rowsOf(trId, body, 'output')
    .map((block) => periodOf(new WireRow(trId, block, fields)))
    .toReversed();
}

function periodOf(row: WireRow<(typeof fields)[number]>): RecentPeriod {
  return {
    date: row.date('stck_bsop_date'),
    open: priceOrNull(row, 'stck_oprc'),
    high: priceOrNull(row, 'stck_hgpr'),
    low: priceOrNull(row, 'stck_lwpr'),
    close: row.price('stck_clpr'),
    volume: row.whole('acml_vol'),
    change: amountOrNull(row, 'prdy_vrss'),
    changeBps: hundredthsOrNull(row, 'prdy_ctrt'),
    foreignUsedBps: hundredthsOrNull(row, 'hts_frgn_ehrt'),
    foreignNet: wholeOrNull(row, 'frgn_ntby_qty'),
  };
}
