import type { InstrumentId } from '#domain/instrument.ts';
import type { Quantity } from '#domain/quantity.ts';
import type { Won } from '#domain/won.ts';

import type { KisCalls } from '../calls/calls.ts';
import { rowsOf } from '../calls/envelope.ts';
import { unreadable, WireRow } from '../calls/wire-row.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { boardQuery } from './board-query.ts';
import { priceOrNull } from './quote-numbers.ts';
import type { Board } from './quote-codes.ts';
import { wireHour } from './wire-times.ts';

/** One trade of today, with the best quotes it met. */
export interface TimedTrade {
  /** Wall clock in Seoul, to the second. */
  readonly time: Temporal.PlainTime;
  readonly price: Won;
  readonly quantity: Quantity;
  /** Shares traded today up to and with this trade; tells trades of one second apart. */
  readonly volumeOfDay: number;
  readonly ask: Won | null;
  readonly bid: Won | null;
}

export interface TradeHistory {
  /** Oldest first, each trade once. */
  readonly trades: readonly TimedTrade[];
  /**
   * Shares by which the day's volume grew between these trades without a row for it: 0 when none is missing. KIS pages
   * by the second and cannot be asked for the rest of a second that fills more than a page.
   */
  readonly volumeMissing: number;
}

export interface TradeHistoryRequest {
  /** The newest second wanted; now if not said. */
  readonly until?: Temporal.PlainTime;
  readonly count: number;
  readonly board?: Board;
}

const fields = ['stck_cntg_hour', 'stck_prpr', 'cnqn', 'acml_vol', 'askp', 'bidp'] as const;
const pagesMax = 2_000;
const endOfDay = Temporal.PlainTime.from('23:59:59');
const midnight = Temporal.PlainTime.from('00:00');

/**
 * The last `count` trades of today up to a time. The next page begins in the second at which the one before ended, and
 * what is known already is told by the day's volume.
 *
 * @throws {RetryLater} `kis.unreadable-answer` and those of a read
 */
export async function readTradeHistory(
  calls: KisCalls,
  instrument: InstrumentId,
  { until = endOfDay, count, board = 'krx' }: TradeHistoryRequest,
): Promise<TradeHistory> {
  const newestFirst: TimedTrade[] = [];
  let cursor: Temporal.PlainTime | null = until;
  for (let pages = 0; cursor !== null && newestFirst.length < count; pages += 1) {
    if (pages === pagesMax) throw unreadable(quoteEndpoints.tradesByTime.real, 'page', `still followed by another`);
    const page = await readPage(calls, { ...boardQuery(instrument, board), FID_INPUT_HOUR_1: wireHour(cursor) });
    const known = newestFirst.at(-1)?.volumeOfDay ?? Number.POSITIVE_INFINITY;
    const fresh = page.filter((trade) => trade.volumeOfDay < known);
    newestFirst.push(...fresh);
    cursor = nextCursor(cursor, page, fresh.at(-1));
  }
  const trades = newestFirst.slice(0, count).toReversed();
  return { trades, volumeMissing: missingBetween(trades) };
}

/** Null at the end: a page that brought nothing although it was asked to begin before all that is known. */
function nextCursor(
  cursor: Temporal.PlainTime,
  page: readonly TimedTrade[],
  oldest: TimedTrade | undefined,
): Temporal.PlainTime | null {
  if (oldest !== undefined && !oldest.time.equals(cursor)) return oldest.time;
  // The second at the cursor is read, or fills a whole page and hides what is older.
  const isAtCursor = page.some((trade) => trade.time.equals(cursor));
  if ((oldest === undefined && !isAtCursor) || cursor.equals(midnight)) return null;
  return cursor.subtract({ seconds: 1 });
}

async function readPage(calls: KisCalls, query: Readonly<Record<string, string>>): Promise<readonly TimedTrade[]> {
  const { trId, body } = await calls.read(quoteEndpoints.tradesByTime, query);
  const page = rowsOf(trId, body, 'output2').map((block) => tradeOf(new WireRow(trId, block, fields)));
  page.forEach((trade, index) => {
    const newer = page[index - 1];
    if (newer !== undefined && trade.volumeOfDay >= newer.volumeOfDay) {
      throw unreadable(trId, 'acml_vol', 'not less than in the row before it');
    }
  });
  return page;
}

function tradeOf(row: WireRow<(typeof fields)[number]>): TimedTrade {
  return {
    time: row.time('stck_cntg_hour'),
    price: row.price('stck_prpr'),
    quantity: row.quantity('cnqn'),
    volumeOfDay: row.whole('acml_vol'),
    ask: priceOrNull(row, 'askp'),
    bid: priceOrNull(row, 'bidp'),
  };
}

function missingBetween(trades: readonly TimedTrade[]): number {
  let missing = 0;
  trades.forEach((trade, index) => {
    const older = trades[index - 1];
    if (older !== undefined) missing += Math.max(0, trade.volumeOfDay - trade.quantity - older.volumeOfDay);
  });
  return missing;
}
