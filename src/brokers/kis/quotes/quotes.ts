import type { Clock } from '#domain/clock.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import type { BookLevel, OrderBook, PriceSnapshot } from '#domain/market-data.ts';
import { seoulDate, seoulInstant } from '#domain/trading-date.ts';

import type { KisCalls } from '../calls/calls.ts';
import { quoteEndpoints } from '../endpoints/quotes.ts';
import { blockOf } from '../calls/envelope.ts';
import type { InstrumentNames } from './instrument-names.ts';
import { WireRow } from '../calls/wire-row.ts';
import { priceFields } from '../wire-types.ts';

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
type Level = (typeof levels)[number];
type BookField = 'aspr_acpt_hour' | `${'askp' | 'bidp' | 'askp_rsqn' | 'bidp_rsqn'}${Level}`;

const bookFields: readonly BookField[] = [
  'aspr_acpt_hour',
  ...levels.flatMap((level): BookField[] => [`askp${level}`, `bidp${level}`, `askp_rsqn${level}`, `bidp_rsqn${level}`]),
];

/** Quotes of the KRX board; `J` is KIS's code for it. */
export function instrumentQuery(instrument: InstrumentId): Record<string, string> {
  return { FID_COND_MRKT_DIV_CODE: 'J', FID_INPUT_ISCD: symbolOf(instrument) };
}

/** Before the first trade of the day open, high and low are 0. The answer carries no time: it is ours. */
export async function readPrice(
  calls: KisCalls,
  clock: Clock,
  names: InstrumentNames,
  instrument: InstrumentId,
): Promise<PriceSnapshot> {
  const { trId, body } = await calls.read(quoteEndpoints.price, instrumentQuery(instrument));
  const row = new WireRow(trId, blockOf(trId, body, 'output'), priceFields);
  return {
    instrument,
    name: names.nameOf(instrument),
    at: clock.now(),
    price: row.price('stck_prpr'),
    basePrice: row.price('stck_sdpr'),
    open: row.won('stck_oprc'),
    high: row.won('stck_hgpr'),
    low: row.won('stck_lwpr'),
    upperLimit: row.price('stck_mxpr'),
    lowerLimit: row.price('stck_llam'),
    volumeOfDay: row.whole('acml_vol'),
  };
}

export async function readOrderBook(calls: KisCalls, clock: Clock, instrument: InstrumentId): Promise<OrderBook> {
  const { trId, body } = await calls.read(quoteEndpoints.orderBook, instrumentQuery(instrument));
  const row = new WireRow(trId, blockOf(trId, body, 'output1'), bookFields);
  return {
    instrument,
    at: seoulInstant(seoulDate(clock.now()), row.time('aspr_acpt_hour')),
    asks: levelsOf(row, 'ask'),
    bids: levelsOf(row, 'bid'),
  };
}

/** Unused levels come as price 0; a level without shares is no level either. */
function levelsOf(row: WireRow<BookField>, side: 'ask' | 'bid'): readonly BookLevel[] {
  return levels
    .map((level) => ({ price: row.won(`${side}p${level}`), quantity: row.quantity(`${side}p_rsqn${level}`) }))
    .filter((level) => level.price > 0 && level.quantity > 0);
}
