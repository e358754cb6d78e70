import { quantity } from '#domain/quantity.ts';
import type { FeedVenue } from '#domain/market-data.ts';
import { seoulInstant } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';

import { wireInstrument, wireTime } from '../calls/wire-row.ts';
import { expectedRecord, indexRecord, marketOperationRecord } from '../wire-types.ts';
import type { ExpectedTrade, IndexValue, MarketOperation } from './kis-stream-listener.ts';
import { countdownCode, expectedCodes, operationCodes, type OperationKind } from './market-operation-codes.ts';
import { dateField, decimalField, fieldAt, wholeField, type Fields } from './wire-field.ts';

/** One record of H0STANC0 or a sister, or null when any part of it is not what it must be. */
export function expectedOf(fields: Fields, venue: FeedVenue): ExpectedTrade | null {
  const instrument = wireInstrument(fieldAt(fields, expectedRecord.symbol));
  const time = wireTime(fieldAt(fields, expectedRecord.time));
  const date = dateField(fieldAt(fields, expectedRecord.date));
  const price = wholeField(fieldAt(fields, expectedRecord.price));
  const shares = wholeField(fieldAt(fields, expectedRecord.quantity));
  // The one-digit sign behind the price gives a shifted record away.
  const isInPlace = /^[0-5]$/.test(fieldAt(fields, expectedRecord.sign));
  if (instrument === null || time === null || date === null || price === null || shares === null || !isInPlace)
    return null;
  return {
    instrument,
    venue,
    at: seoulInstant(date, time),
    price: price === 0 ? null : won(price),
    quantity: quantity(shares),
  };
}

/** One record of H0STMKO0 or a sister, or null. KIS writes `(null)` for a reason it has not. */
export function marketOperationOf(fields: Fields, venue: FeedVenue): MarketOperation | null {
  const instrument = wireInstrument(fieldAt(fields, marketOperationRecord.symbol));
  const isHalted = flag(fieldAt(fields, marketOperationRecord.isHalted));
  const isInterrupted = flag(fieldAt(fields, marketOperationRecord.isInterrupted));
  const isInterruptedLate = flag(fieldAt(fields, marketOperationRecord.isInterruptedAfterHours));
  if (instrument === null || isHalted === null) return null;
  if (isInterrupted === null || isInterruptedLate === null) return null;
  const reason = fieldAt(fields, marketOperationRecord.haltReason).trim();
  const code = fieldAt(fields, marketOperationRecord.phase).trim();
  const expectedCode = fieldAt(fields, marketOperationRecord.expectedPhase).trim();
  return {
    instrument,
    venue,
    phase: operationKind(code),
    expectedPhase: operationKind(expectedCode, expectedCodes),
    code,
    expectedCode,
    isHalted,
    haltReason: reason === '(null)' ? '' : reason,
    isInterrupted: isInterrupted || isInterruptedLate,
  };
}

/** One record of H0UPCNT0, or null. It carries a time but no date: `today` is ours. */
export function indexOf(fields: Fields, today: Temporal.PlainDate): IndexValue | null {
  const code = fieldAt(fields, indexRecord.code);
  const time = wireTime(fieldAt(fields, indexRecord.time));
  const change = signedChange(fieldAt(fields, indexRecord.sign), fieldAt(fields, indexRecord.change));
  const levels = levelsOf(fields);
  const counts = countsOf(fields);
  if (!/^\d{4}$/.test(code) || time === null || change === null || levels === null || counts === null) return null;
  return { code, at: seoulInstant(today, time), change, ...levels, ...counts };
}

function levelsOf(fields: Fields): Pick<IndexValue, 'value' | 'open' | 'high' | 'low'> | null {
  const level = (place: number): number => decimalField(fieldAt(fields, place), 2) ?? Number.NaN;
  const value = level(indexRecord.value);
  const open = level(indexRecord.open);
  const high = level(indexRecord.high);
  const low = level(indexRecord.low);
  // One-digit signs between the numbers behind: in a shifted record a number stands there.
  const isInPlace = indexRecord.signs.every((place) => /^[1-5]$/.test(fieldAt(fields, place)));
  const isInside = value >= 1 && value <= high && value >= low && open <= high && open >= low;
  return isInPlace && isInside ? { value, open, high, low } : null;
}

function countsOf(fields: Fields): Pick<IndexValue, 'risers' | 'unchanged' | 'fallers'> | null {
  const risers = wholeField(fieldAt(fields, indexRecord.risers));
  const unchanged = wholeField(fieldAt(fields, indexRecord.unchanged));
  const fallers = wholeField(fieldAt(fields, indexRecord.fallers));
  return risers === null || unchanged === null || fallers === null ? null : { risers, unchanged, fallers };
}

function operationKind(code: string, more: Readonly<Record<string, OperationKind>> = {}): OperationKind {
  for (const table of [operationCodes, more]) {
    const known = Object.hasOwn(table, code) ? table[code] : undefined;
    if (known !== undefined) return known;
  }
  const countdown = countdownCode.exec(code);
  if (countdown === null) return 'unknown';
  return countdown[1] === '0' ? 'open-soon' : 'close-soon';
}

/** An empty flag means no. */
function flag(text: string): boolean | null {
  if (text === 'Y') return true;
  return text === 'N' || text === '' ? false : null;
}

/** 1 and 2 are up, 4 and 5 down; the difference may carry a minus of its own. */
function signedChange(sign: string, difference: string): number | null {
  const size = decimalField(difference.replace(/^[+-]/, ''), 2);
  if (size === null || !/^[1-5]$/.test(sign)) return null;
  return sign === '4' || sign === '5' ? -size : size;
}
