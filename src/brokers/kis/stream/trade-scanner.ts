import { plainDate, seoulInstant } from '#domain/trading-date.ts';

import { tradeRecord } from '../wire-types.ts';
import { FieldKernel } from './field-kernel.ts';

/** Records of one frame at the most: its count has three digits. */
const recordsMax = 999;

/** Fields whose numbers a trade is made of, in the order in which the kernel gives them. */
const chosen = [
  tradeRecord.time,
  tradeRecord.price,
  tradeRecord.high,
  tradeRecord.low,
  tradeRecord.quantity,
  tradeRecord.volumeOfDay,
  tradeRecord.date,
];

/** The trades of the frame scanned last, as columns; valid until the next scan. */
export interface TradeColumns {
  /** 1 where a trade could be read; 0 where any part of it is not what it must be, and the rest means nothing. */
  readonly isTrade: Uint8Array;
  /** Listing codes, as `packSymbol` packs them. */
  readonly symbol: Float64Array;
  /** Epoch milliseconds. */
  readonly atMs: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  readonly volumeOfDay: Float64Array;
}

/**
 * Reads trade frames (H0STCNT0 and its NXT and unified sisters) in place and without allocating: the fast twin of
 * `splitRecords` and `tickOf`, which say the same of every frame, accepted or refused (property test).
 */
export class TradeScanner {
  readonly columns: TradeColumns = {
    isTrade: new Uint8Array(recordsMax),
    symbol: new Float64Array(recordsMax),
    atMs: new Float64Array(recordsMax),
    price: new Float64Array(recordsMax),
    quantity: new Float64Array(recordsMax),
    volumeOfDay: new Float64Array(recordsMax),
  };
  readonly #kernel = new FieldKernel();
  /** Fields a record of the frame scanned last had. */
  #width = 0;
  /** The trading day that was read last, and its midnight in Seoul: NaN for eight digits that are no day. */
  #date = 0;
  #midnightMs = Number.NaN;
  /** Trades of one frame are mostly of one second. */
  #time = -1;
  #timeMs = Number.NaN;

  constructor() {
    this.#kernel.choose(chosen);
  }

  get width(): number {
    return this.#width;
  }

  /**
   * @param from where the payload begins
   * @param count records that the frame says it holds, 1 to 999
   * @returns false when the layout has drifted, and then no column may be read
   */
  scan(frame: Uint8Array, from: number, count: number): boolean {
    const kernel = this.#kernel;
    const width = kernel.load(frame, from) / count;
    this.#width = width;
    if (!Number.isInteger(width) || width < tradeRecord.fieldsMin) return false;
    kernel.read(count, width, chosen.length);
    this.#take(count, width);
    return true;
  }

  #take(count: number, width: number): void {
    const { isTrade, symbol, atMs, price, quantity, volumeOfDay } = this.columns;
    const { numbers, ends, bytes } = this.#kernel;
    let packed = 0;
    for (let record = 0, number = 0, field = 0; record < count; record += 1, number += chosen.length, field += width) {
      const trade = at(numbers, number + 1);
      const shares = at(numbers, number + 4);
      const ofDay = at(numbers, number + 5);
      const start = at(ends, field) + 1;
      const end = at(ends, field + 1);
      // The records of a frame are mostly of one stock, whose code need not be looked at again.
      if (end - start !== 6 || packed === 0 || pack(bytes, start) !== packed) packed = symbolIn(bytes, start, end);
      // A time or a date with leading zeros too few or too many would still be a number.
      const isSix = at(ends, field + tradeRecord.time + 1) - at(ends, field + tradeRecord.time) === 7;
      const isEight = at(ends, field + tradeRecord.date + 1) - at(ends, field + tradeRecord.date) === 9;
      const instant = isSix && isEight ? this.#instant(at(numbers, number + 6), at(numbers, number)) : Number.NaN;
      const isInside = isWithinDay(trade, at(numbers, number + 2), at(numbers, number + 3));
      const canBe = isInside && shares >= 1 && ofDay >= shares && packed > 0 && !Number.isNaN(instant);
      isTrade[record] = canBe ? 1 : 0;
      symbol[record] = packed;
      atMs[record] = instant;
      price[record] = trade;
      quantity[record] = shares;
      volumeOfDay[record] = ofDay;
    }
  }

  /** Epoch milliseconds of `hhmmss` on `yyyymmdd` in Seoul, where no clock has been changed since 1988; NaN for neither. */
  #instant(date: number, time: number): number {
    if (date !== this.#date) {
      this.#date = date;
      this.#midnightMs = midnightMs(date);
    }
    if (time !== this.#time) {
      this.#time = time;
      this.#timeMs = millisecondsOf(time);
    }
    return this.#midnightMs + this.#timeMs;
  }
}

/** Since midnight; NaN when six digits are no time of day. */
function millisecondsOf(time: number): number {
  const hour = Math.trunc(time / 10_000);
  const minute = Math.trunc(time / 100) % 100;
  const second = time % 100;
  if (time < 0 || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  return (hour * 3_600 + minute * 60 + second) * 1_000;
}

/** -1, which no field is, outside of the column. */
function at(column: Float64Array | Int32Array, index: number): number {
  return column[index] ?? -1;
}

function isWithinDay(price: number, high: number, low: number): boolean {
  return price >= 1 && low >= 0 && price >= low && price <= high;
}

/** Six characters as one number below 2^48, so that a symbol can be compared and looked up without a string. */
export function packSymbol(symbol: string): number {
  return pack(Buffer.from(symbol, 'latin1'), 0);
}

function pack(bytes: Uint8Array, start: number): number {
  const high = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
  const low = ((bytes[start + 3] ?? 0) << 16) | ((bytes[start + 4] ?? 0) << 8) | (bytes[start + 5] ?? 0);
  return high * 0x100_0000 + low;
}

/** 1 for a digit, 2 for a capital letter, 0 for everything else. */
const characterClass = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 48 && code <= 57) return 1;
  return code >= 65 && code <= 90 ? 2 : 0;
});
const letterQ = 0x51;

/** A digit and five digits or capital letters, an ETN with a `Q` before them; 0 when it is no listing code. */
function symbolIn(bytes: Uint8Array, start: number, end: number): number {
  const from = end - start === 7 && bytes[start] === letterQ ? start + 1 : start;
  if (end - from !== 6 || characterClass[bytes[from] ?? 0] !== 1) return 0;
  for (let place = from + 1; place < end; place += 1) if (characterClass[bytes[place] ?? 0] === 0) return 0;
  return pack(bytes, from);
}

function midnightMs(date: number): number {
  try {
    return seoulInstant(plainDate(date), Temporal.PlainTime.from('00:00')).epochMilliseconds;
  } catch {
    // Eight digits that are no day of the calendar.
    return Number.NaN;
  }
}
