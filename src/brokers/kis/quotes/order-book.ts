import type { Clock } from '#domain/clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BookLevel, OrderBook } from '#domain/market-data.ts';
import type { Quantity } from '#domain/quantity.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { blockOf, rowsOf } from '../calls/envelope.ts';
import { WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import type { Board } from './quote-codes.ts';
import { priceOrNull } from './quote-numbers.ts';

/** What the call auction would print if it ended now. */
export interface ExpectedTrade {
  readonly price: Won;
  readonly quantity: Quantity;
}

export interface BookQuote {
  readonly book: OrderBook;
  /** Null outside an auction, and while no buyer meets a seller in one. */
  readonly expected: ExpectedTrade | null;
}

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
type Level = (typeof levels)[number];
type BookField = 'aspr_acpt_hour' | `${'askp' | 'bidp' | 'askp_rsqn' | 'bidp_rsqn'}${Level}`;

const bookFields: readonly BookField[] = [
  'aspr_acpt_hour',
  ...levels.flatMap((level): BookField[] => [`askp${level}`, `bidp${level}`, `askp_rsqn${level}`, `bidp_rsqn${level}`]),
];
const expectedFields = ['antc_cnpr', 'antc_vol'] as const;

/** All levels of one board, and the expected auction trade. The answer carries a time and no day: the day is ours. */
export async function readBookQuote(
  { calls, clock }: { readonly calls: KisCalls; readonly clock: Clock },
  instrument: InstrumentId,
  board: Board,
): Promise<BookQuote> {
  const { trId, body } = await calls.read(quoteEndpoints.orderBook, boardQuery(instrument, board));
  const row = new WireRow(trId, blockOf(trId, body, 'output1'), bookFields);
  const asks = levelsOf(row, 'ask');
  const bids = levelsOf(row, 'bid');
  // A board that does not trade the instrument has a book without levels, and may leave its time empty.
  const isVoid = asks.length === 0 && bids.length === 0 && /^0?$/.test(row.text('aspr_acpt_hour'));
  const at = isVoid ? clock.now() : seoulInstant(seoulDate(clock.now()), row.time('aspr_acpt_hour'));
  return { book: { instrument, at, asks, bids }, expected: expectedOf(trId, rowsOf(trId, body, 'output2')) };
}

/** Unused levels come as price 0; a level without shares is no level either. */
function levelsOf(row: WireRow<BookField>, side: 'ask' | 'bid'): readonly BookLevel[] {
  return levels
    .map((level) => ({ price: row.won(`${side}p${level}`), quantity: row.quantity(`${side}p_rsqn${level}`) }))
    .filter((level) => level.price > 0 && level.quantity > 0);
}

function expectedOf(trId: string, [block]: readonly unknown[]): ExpectedTrade | null {
  if (block === undefined) return null;
  const row = new WireRow(trId, block, expectedFields);
  const price = priceOrNull(row, 'antc_cnpr');
  return price === null ? null : { price, quantity: row.quantity('antc_vol') };
}
