import type { UsMarket } from '#domain/overseas-order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { usdTick } from '#domain/usd.ts';

import { wireOrderNumber, wireTime } from '../calls/wire-row.ts';
import { overseasBookRecord, overseasNoticeRecord, overseasTradeRecord } from '../wire-types.ts';
import type { OverseasBook, OverseasBookLevel, OverseasNotice, OverseasTick } from './kis-stream-listener.ts';
import { branchForm, changeKind } from './notice-kind.ts';
import {
  dateField,
  dollarField,
  fieldAt,
  sideField,
  usInstrumentField,
  usInstrumentOn,
  wholeField,
  type Fields,
} from './wire-field.ts';

/** One trade of HDFSCNT0, or null. The day's high and low give a shifted record away, as at home. */
export function overseasTickOf(fields: Fields): OverseasTick | null {
  const decimals = fieldAt(fields, overseasTradeRecord.decimals);
  const instrument = usInstrumentField(
    fieldAt(fields, overseasTradeRecord.key),
    fieldAt(fields, overseasTradeRecord.symbol),
  );
  const at = koreanInstant(fields, overseasTradeRecord);
  const price = dollarField(fieldAt(fields, overseasTradeRecord.price), decimals);
  const high = dollarField(fieldAt(fields, overseasTradeRecord.high), decimals);
  const low = dollarField(fieldAt(fields, overseasTradeRecord.low), decimals);
  const shares = wholeField(fieldAt(fields, overseasTradeRecord.quantity));
  const volumeOfDay = wholeField(fieldAt(fields, overseasTradeRecord.volumeOfDay));
  if (instrument === null || at === null || price === null || high === null || low === null) return null;
  if (shares === null || volumeOfDay === null) return null;
  // Whole shares behind the prices of the best bid and ask: in a shifted record a price stands there.
  if (wholeField(fieldAt(fields, overseasTradeRecord.bidQuantity)) === null) return null;
  if (wholeField(fieldAt(fields, overseasTradeRecord.askQuantity)) === null) return null;
  if (price < 1 || price > high || price < low || shares < 1 || volumeOfDay < shares) return null;
  return { instrument, at, price, quantity: quantity(shares), volumeOfDay };
}

/** One book of HDFSASP0 with as many levels as the record has room for, or null. */
export function overseasBookOf(fields: Fields): OverseasBook | null {
  const instrument = usInstrumentField(
    fieldAt(fields, overseasBookRecord.key),
    fieldAt(fields, overseasBookRecord.symbol),
  );
  const at = koreanInstant(fields, overseasBookRecord);
  const asks = levelsOf(fields, overseasBookRecord.askPrice, overseasBookRecord.askQuantity);
  const bids = levelsOf(fields, overseasBookRecord.bidPrice, overseasBookRecord.bidQuantity);
  if (instrument === null || at === null || asks === null || bids === null) return null;
  if (!isSorted(asks, 1) || !isSorted(bids, -1)) return null;
  return { instrument, at, asks, bids };
}

/** `ODER_COND` of the markets we trade. @see spec §7.7 */
const marketCodes: ReadonlyMap<string, UsMarket> = new Map([
  ['6', 'NASDAQ'],
  ['7', 'NYSE'],
  ['8', 'AMEX'],
]);

/** `foreign`: of another account or another country · `silent`: a receipt that changes no order. */
export type OverseasNoticeReading = OverseasNotice | 'foreign' | 'silent' | null;

/**
 * One notice of H0GSCNI0 or H0GSCNI9 in clear text, or null. Its price has no point: the last four digits of a US price
 * are decimals, which makes it whole 1/10,000 dollar as it stands.
 */
export function overseasNoticeOf(fields: Fields, account: string, today: Temporal.PlainDate): OverseasNoticeReading {
  const place = overseasNoticeRecord;
  const marketCode = fieldAt(fields, place.market).trim();
  const market = marketCodes.get(marketCode);
  if (fieldAt(fields, place.account) !== account) return 'foreign';
  if (market === undefined) return /^[0-9A-F]$/.test(marketCode) ? 'foreign' : null;
  const order = orderOf(fields, market, today);
  if (order === null) return null;
  if (fieldAt(fields, place.isFill) === '2') {
    return order.quantity < 1 || order.price < 1 ? null : { kind: 'filled', ...order };
  }
  const kind = changeKind(fields, place);
  return kind === null || kind === 'silent' ? kind : { kind, ...order };
}

function orderOf(fields: Fields, market: UsMarket, today: Temporal.PlainDate): Omit<OverseasNotice, 'kind'> | null {
  const place = overseasNoticeRecord;
  const brokerOrderId = wireOrderNumber(fieldAt(fields, place.orderNumber));
  const originalId = wireOrderNumber(fieldAt(fields, place.originalNumber));
  const instrument = usInstrumentOn(market, fieldAt(fields, place.symbol).trim());
  const side = sideField(fieldAt(fields, place.side));
  const time = wireTime(fieldAt(fields, place.time));
  const shares = wholeField(fieldAt(fields, place.quantity));
  const price = wholeField(fieldAt(fields, place.price));
  if (brokerOrderId === null || instrument === null || side === null || time === null) return null;
  // As at home, the branch behind the one-digit flags gives a shifted record away.
  if (shares === null || price === null || !branchForm.test(fieldAt(fields, place.branch))) return null;
  const at = seoulInstant(today, time);
  return { brokerOrderId, originalId, instrument, side, price: usdTick(price), quantity: quantity(shares), at };
}

function koreanInstant(
  fields: Fields,
  place: { readonly koreanDate: number; readonly koreanTime: number },
): Temporal.Instant | null {
  const date = dateField(fieldAt(fields, place.koreanDate));
  const time = wireTime(fieldAt(fields, place.koreanTime));
  return date === null || time === null ? null : seoulInstant(date, time);
}

function levelsOf(fields: Fields, priceAt: number, quantityAt: number): readonly OverseasBookLevel[] | null {
  const { levels: first, fieldsOfLevel, levelsMax } = overseasBookRecord;
  const count = Math.min(levelsMax, Math.floor((fields.length - first) / fieldsOfLevel));
  const decimals = fieldAt(fields, overseasBookRecord.decimals);
  const levels: OverseasBookLevel[] = [];
  for (let level = 0; level < count; level += 1) {
    const price = dollarField(fieldAt(fields, first + level * fieldsOfLevel + priceAt), decimals);
    const shares = wholeField(fieldAt(fields, first + level * fieldsOfLevel + quantityAt));
    if (price === null || shares === null) return null;
    if (price > 0 && shares > 0) levels.push({ price, quantity: quantity(shares) });
  }
  return levels;
}

function isSorted(levels: readonly OverseasBookLevel[], direction: 1 | -1): boolean {
  return levels.every((level, index) => {
    const before = levels[index - 1];
    return before === undefined || (level.price - before.price) * direction > 0;
  });
}
