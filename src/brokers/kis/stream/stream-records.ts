import type { BookLevel, FeedVenue, OrderBook, Tick } from '#domain/market-data.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';

import type { OrderNotice } from '../../broker.ts';
import { wireInstrument, wireOrderNumber, wireTime } from '../calls/wire-row.ts';
import { bookRecord, noticeRecord, tradeRecord } from '../wire-types.ts';
import { branchForm, changeKind } from './notice-kind.ts';
import { dateField, fieldAt, sideField, wholeField, type Fields } from './wire-field.ts';

/**
 * One trade of H0STCNT0, or null when any part of it is not what it must be. A record whose columns have shifted puts
 * a time or a sign where the price stands; the day's high and low, two columns further on, give that away.
 *
 * This is the plain version: the live path reads trades with `TradeScanner`, which must say the same.
 */
export function tickOf(fields: Fields): Tick | null {
  const instrument = wireInstrument(fieldAt(fields, tradeRecord.symbol));
  const time = wireTime(fieldAt(fields, tradeRecord.time));
  const date = dateField(fieldAt(fields, tradeRecord.date));
  const price = wholeField(fieldAt(fields, tradeRecord.price));
  const high = wholeField(fieldAt(fields, tradeRecord.high));
  const low = wholeField(fieldAt(fields, tradeRecord.low));
  const shares = wholeField(fieldAt(fields, tradeRecord.quantity));
  const volumeOfDay = wholeField(fieldAt(fields, tradeRecord.volumeOfDay));
  if (instrument === null || time === null || date === null) return null;
  if (price === null || high === null || low === null || shares === null || volumeOfDay === null) return null;
  if (price < 1 || price > high || price < low || shares < 1 || volumeOfDay < shares) return null;
  return { instrument, at: seoulInstant(date, time), price: won(price), quantity: quantity(shares), volumeOfDay };
}

/**
 * One book of H0STASP0 or a sister, or null. It carries a time but no date: `today` is ours. A level missing between two,
 * levels out of order, or more shares than their total mean that the columns have shifted.
 */
export function orderBookOf(fields: Fields, today: Temporal.PlainDate, venue: FeedVenue = 'KRX'): OrderBook | null {
  const instrument = wireInstrument(fieldAt(fields, bookRecord.symbol));
  const time = wireTime(fieldAt(fields, bookRecord.time));
  const asks = levelsOf(fields, { price: bookRecord.askPrices, quantity: bookRecord.askQuantities });
  const bids = levelsOf(fields, { price: bookRecord.bidPrices, quantity: bookRecord.bidQuantities });
  if (instrument === null || time === null || asks === null || bids === null) return null;
  if (!isSorted(asks, 1) || !isSorted(bids, -1)) return null;
  if (!isWithin(asks, fieldAt(fields, bookRecord.askTotal))) return null;
  if (!isWithin(bids, fieldAt(fields, bookRecord.bidTotal))) return null;
  return { instrument, at: seoulInstant(today, time), asks, bids, ...(venue === 'KRX' ? {} : { venue }) };
}

/** `foreign`: of another account of the same HTS id · `silent`: a receipt that changes no order. */
export type NoticeReading = OrderNotice | 'foreign' | 'silent' | null;

/** One notice of H0STCNI0 or H0STCNI9, in clear text, or null when it cannot be read. */
export function noticeOf(fields: Fields, account: string, today: Temporal.PlainDate): NoticeReading {
  if (fieldAt(fields, noticeRecord.account) !== account) return 'foreign';
  const brokerOrderId = wireOrderNumber(fieldAt(fields, noticeRecord.orderNumber));
  const instrument = wireInstrument(fieldAt(fields, noticeRecord.symbol));
  const side = sideField(fieldAt(fields, noticeRecord.side));
  const time = wireTime(fieldAt(fields, noticeRecord.time));
  const shares = wholeField(fieldAt(fields, noticeRecord.quantity));
  const price = wholeField(fieldAt(fields, noticeRecord.price));
  const branch = fieldAt(fields, noticeRecord.branch);
  if (brokerOrderId === null || instrument === null || side === null || time === null) return null;
  // The branch behind the one-digit flags: in a shifted record a flag stands there.
  if (shares === null || price === null || !branchForm.test(branch)) return null;
  const instant = seoulInstant(today, time);
  if (fieldAt(fields, noticeRecord.isFill) === '2') {
    if (shares < 1 || price < 1) return null;
    return {
      kind: 'filled',
      fill: { brokerOrderId, instrument, side, price: won(price), quantity: quantity(shares), at: instant },
    };
  }
  const kind = changeKind(fields, noticeRecord);
  if (kind === null || kind === 'silent') return kind;
  return {
    kind,
    order: { brokerOrderId, forwardingOffice: branch, instrument, side },
    originalId: wireOrderNumber(fieldAt(fields, noticeRecord.originalNumber)),
    quantity: quantity(shares),
    price: won(price),
    at: instant,
  };
}

/** Unused levels come as price 0 behind the used ones, and a level without shares is no level; null for anything else. */
function levelsOf(
  fields: Fields,
  first: { readonly price: number; readonly quantity: number },
): readonly BookLevel[] | null {
  const levels: { price: Won; quantity: Quantity }[] = [];
  let isOver = false;
  for (let level = 0; level < bookRecord.levels; level += 1) {
    const price = wholeField(fieldAt(fields, first.price + level));
    const shares = wholeField(fieldAt(fields, first.quantity + level));
    if (price === null || shares === null || (isOver && price > 0)) return null;
    isOver = price === 0;
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

/** A total of 0 says nothing: outside the regular session KIS may leave it out. */
function isWithin(levels: readonly BookLevel[], total: string): boolean {
  const most = wholeField(total);
  if (most === null) return false;
  return most === 0 || levels.reduce((sum, level) => sum + level.quantity, 0) <= most;
}
