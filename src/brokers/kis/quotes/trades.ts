import type { InstrumentId } from '#domain/instrument.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import type { Board } from './quote-codes.ts';
import { hundredthsOrNull } from './quote-numbers.ts';

/** One trade of today as the short list shows it; the list has no number that tells two equal ones apart. */
export interface RecentTrade {
  /** Wall clock in Seoul, to the second. */
  readonly time: Temporal.PlainTime;
  readonly price: Won;
  readonly quantity: Quantity;
  /** 체결강도, bought per sold shares of the day, in basis points (10,000 is even); null when unknown. */
  readonly strengthBps: number | null;
}

const fields = ['stck_cntg_hour', 'stck_prpr', 'cntg_vol', 'tday_rltv'] as const;

/** About the last thirty trades of today, oldest first; empty before the first. */
export async function readTrades(
  calls: KisCalls,
  instrument: InstrumentId,
  board: Board,
): Promise<readonly RecentTrade[]> {
  const { trId, body } = await calls.read(quoteEndpoints.trades, boardQuery(instrument, board));
  return rowsOf(trId, body, 'output')
    .map((block) => tradeOf(new WireRow(trId, block, fields)))
    .toReversed();
}

function tradeOf(row: WireRow<(typeof fields)[number]>): RecentTrade {
  return {
    time: row.time('stck_cntg_hour'),
    price: row.price('stck_prpr'),
    quantity: row.quantity('cntg_vol'),
    strengthBps: hundredthsOrNull(row, 'tday_rltv'),
  };
}
