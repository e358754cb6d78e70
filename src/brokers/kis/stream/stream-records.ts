import type { BookLevel, OrderBook, Tick } from '#domain/market-data.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

import type { OrderNotice } from '../../broker.ts';
import { changeCodes, sideCodes } from '../codes.ts';
import { wireInstrument, wireOrderNumber, wireTime } from '../calls/wire-row.ts';
import { bookRecord, noticeRecord, tradeRecord } from '../wire-types.ts';

type Fields = readonly string[];

/**
 * One trade of H0STCNT0, or null when any part of it is not what it must be. A record whose columns have shifted puts
 * a time or a sign where the price stands; the day's high and low, two columns further on, give that away.
 */
export function tickOf(fields: Fields): Tick | null {
  const instrument = wireInstrument(at(fields, tradeRecord.symbol));
  const time = wireTime(at(fields, tradeRecord.time));
  const date = wireDate(at(fields, tradeRecord.date));
  const price = whole(at(fields, tradeRecord.price));
  const high = whole(at(fields, tradeRecord.high));
  const low = whole(at(fields, tradeRecord.low));
  const shares = whole(at(fields, tradeRecord.quantity));
  const volumeOfDay = whole(at(fields, tradeRecord.volumeOfDay));
  if (instrument === null || time === null || date === null) return null;
  if (price === null || high === null || low === null || shares === null || volumeOfDay === null) return null;
  if (price < 1 || price > high || price < low || shares < 1 || volumeOfDay < shares) return null;
  return { instrument, at: seoulInstant(date, time), price: won(price), quantity: quantity(shares), volumeOfDay };
}

/** One book of H0STASP0, or null. It carries a time but no date: `today` is ours. */
export function orderBookOf(fields: Fields, today: Temporal.PlainDate): OrderBook | null {
  const instrument = wireInstrument(at(fields, bookRecord.symbol));
  const time = wireTime(at(fields, bookRecord.time));
  const asks = levelsOf(fields, bookRecord.askPrices, bookRecord.askQuantities);
  const bids = levelsOf(fields, bookRecord.bidPrices, bookRecord.bidQuantities);
  if (instrument === null || time === null || asks === null || bids === null) return null;
  if (!isSorted(asks, 1) || !isSorted(bids, -1)) return null;
  return { instrument, at: seoulInstant(today, time), asks, bids };
}

/** `foreign`: of another account of the same HTS id · `silent`: a receipt that changes no order. */
export type NoticeReading = OrderNotice | 'foreign' | 'silent' | null;

/** One notice of H0STCNI0 or H0STCNI9, in clear text, or null when it cannot be read. */
export function noticeOf(fields: Fields, account: string, today: Temporal.PlainDate): NoticeReading {
  if (at(fields, noticeRecord.account) !== account) return 'foreign';
  const brokerOrderId = wireOrderNumber(at(fields, noticeRecord.orderNumber));
  const instrument = wireInstrument(at(fields, noticeRecord.symbol));
  const side = sideOf(at(fields, noticeRecord.side));
  const time = wireTime(at(fields, noticeRecord.time));
  const shares = whole(at(fields, noticeRecord.quantity));
  const price = whole(at(fields, noticeRecord.price));
  if (brokerOrderId === null || instrument === null || side === null || time === null) return null;
  if (shares === null || price === null) return null;
  const instant = seoulInstant(today, time);
  if (at(fields, noticeRecord.isFill) === '2') {
    if (shares < 1 || price < 1) return null;
    return {
      kind: 'filled',
      fill: { brokerOrderId, instrument, side, price: won(price), quantity: quantity(shares), at: instant },
    };
  }
  const kind = changeKind(fields);
  if (kind === null || kind === 'silent') return kind;
  return {
    kind,
    order: { brokerOrderId, forwardingOffice: at(fields, noticeRecord.branch), instrument, side },
    originalId: wireOrderNumber(at(fields, noticeRecord.originalNumber)),
    quantity: quantity(shares),
    price: won(price),
    at: instant,
  };
}

type ChangeKind = Exclude<OrderNotice['kind'], 'filled'>;

/**
 * What a notice that is no fill says. A request to amend or cancel is told twice, when it is received (1) and when it
 * has happened (2); only the second changes an order.
 */
function changeKind(fields: Fields): ChangeKind | 'silent' | null {
  if (at(fields, noticeRecord.isFill) !== '1') return null;
  if (at(fields, noticeRecord.isRefused) === '1') return 'rejected';
  const change = at(fields, noticeRecord.change);
  const acceptance = at(fields, noticeRecord.acceptance);
  if (acceptance === '3') return 'expired';
  if (change === '0') return acceptance === '1' || acceptance === '2' ? 'accepted' : null;
  if (acceptance === '1') return 'silent';
  if (acceptance !== '2') return null;
  if (Number(change) === Number(changeCodes.amend)) return 'amended';
  return Number(change) === Number(changeCodes.cancel) ? 'cancelled' : null;
}

function at(fields: Fields, index: number): string {
  return fields[index] ?? '';
}

/** Digits only, zero padding allowed; anything else, an empty text included, is no number. */
function whole(text: string): number | null {
  if (!/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

function wireDate(text: string): Temporal.PlainDate | null {
  if (!/^\d{8}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    // Eight digits that are no day of the calendar.
    return null;
  }
}

function sideOf(code: string): 'buy' | 'sell' | null {
  if (code === sideCodes.buy) return 'buy';
  return code === sideCodes.sell ? 'sell' : null;
}

/** Unused levels come as price 0, and a level without shares is no level; null when a field is no number. */
function levelsOf(fields: Fields, firstPrice: number, firstQuantity: number): readonly BookLevel[] | null {
  const levels: { price: Won; quantity: Quantity }[] = [];
  for (let level = 0; level < bookRecord.levels; level += 1) {
    const price = whole(at(fields, firstPrice + level));
    const shares = whole(at(fields, firstQuantity + level));
    if (price === null || shares === null) return null;
    if (price > 0 && shares > 0) levels.push({ price: won(price), quantity: quantity(shares) });
  }
  return levels;
}

function isSorted(levels: readonly BookLevel[], direction: 1 | -1): boolean {
  return levels.every((level, index) => {
    const before = levels[index - 1];
    return before === undefined || (level.price - before.price) * direction > 0;
  });
}
