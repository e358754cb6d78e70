import { RetryLater } from '#domain/errors.ts';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import { quantity, type Quantity } from '#domain/quantity.ts';
import { won, type Won } from '#domain/won.ts';

const wholeNumber = /^[+-]?\d{1,16}$/;
const decimalNumber = /^(\d{1,15})(?:\.(\d{1,8}))?$/;

/**
 * One row or block of an answer: named fields, each a string. Numbers may be padded with zeros or spaces and may carry
 * a sign; an empty text is no number, so that nothing missing ever becomes a price of 0.
 *
 * Every reader throws {RetryLater} `kis.unreadable-answer` naming the TR id and the field, never the value.
 */
export class WireRow<Field extends string> {
  readonly #trId: string;
  readonly #values: ReadonlyMap<string, string>;

  /** @throws {RetryLater} `kis.unreadable-answer` when `block` is no object or lacks one of `fields` */
  constructor(trId: string, block: unknown, fields: readonly Field[]) {
    if (typeof block !== 'object' || block === null || Array.isArray(block))
      throw unreadable(trId, 'block', 'no object');
    this.#trId = trId;
    const given = new Map<string, unknown>(Object.entries(block));
    const values = new Map<string, string>();
    for (const field of fields) {
      const value = given.get(field);
      if (typeof value !== 'string') throw unreadable(trId, field, given.has(field) ? 'no text' : 'missing');
      values.set(field, value.trim());
    }
    this.#values = values;
  }

  text(field: Field): string {
    return this.#values.get(field) ?? '';
  }

  /** A whole number of `min` or more. */
  whole(field: Field, min = 0): number {
    const text = this.text(field);
    const value = wholeNumber.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < min) {
      throw this.unreadable(field, `not a whole number of ${min} or more`);
    }
    return value;
  }

  /** A price that may be 0 where nothing traded yet. */
  won(field: Field): Won {
    return won(this.whole(field));
  }

  /** A price of one won or more. */
  price(field: Field): Won {
    return won(this.whole(field, 1));
  }

  /** An amount that may be negative. */
  amount(field: Field): Won {
    return won(this.whole(field, Number.MIN_SAFE_INTEGER));
  }

  quantity(field: Field): Quantity {
    return quantity(this.whole(field));
  }

  /** An average such as `70120.5000`, rounded half up to whole won. */
  average(field: Field): Won {
    const parts = decimalNumber.exec(this.text(field));
    if (parts === null) throw this.unreadable(field, 'not a number');
    return won(Number(parts[1]) + (Number((parts[2] ?? '0')[0]) >= 5 ? 1 : 0));
  }

  /** `yyyymmdd`. */
  date(field: Field): Temporal.PlainDate {
    const text = this.text(field);
    try {
      if (/^\d{8}$/.test(text)) return Temporal.PlainDate.from(text);
    } catch {
      // A text of eight digits that is no day of the calendar: reported below like any other.
    }
    throw this.unreadable(field, 'not a date');
  }

  /** `hhmmss`. */
  time(field: Field): Temporal.PlainTime {
    const time = wireTime(this.text(field));
    if (time === null) throw this.unreadable(field, 'not a time');
    return time;
  }

  orderNumber(field: Field): BrokerOrderId {
    const id = wireOrderNumber(this.text(field));
    if (id === null) throw this.unreadable(field, 'not an order number');
    return id;
  }

  /** Null when the code is none of the listing codes we trade (subscription rights, funds). */
  instrument(field: Field): InstrumentId | null {
    return wireInstrument(this.text(field));
  }

  unreadable(field: Field, problem: string): RetryLater {
    return unreadable(this.#trId, field, problem);
  }
}

/** `hhmmss`, or null. */
export function wireTime(text: string): Temporal.PlainTime | null {
  if (!/^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(text)) return null;
  return new Temporal.PlainTime(Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6)));
}

/** KIS pads order numbers to ten digits, but not in every message; all zeros and an empty text mean "none". */
export function wireOrderNumber(text: string): BrokerOrderId | null {
  if (!/^\d{1,10}$/.test(text) || Number(text) === 0) return null;
  return text.padStart(10, '0') as BrokerOrderId;
}

/** The number of a reservation, as it came: nothing says that its width is fixed. Null for all zeros and no number. */
export function wireReservationNumber(text: string): BrokerOrderId | null {
  return /^\d{1,10}$/.test(text) && Number(text) !== 0 ? (text as BrokerOrderId) : null;
}

/** KIS writes ETNs as `Q` and the six characters. */
export function wireInstrument(text: string): InstrumentId | null {
  const symbol = /^Q\w{6}$/.test(text) ? text.slice(1) : text;
  try {
    return instrumentId(symbol);
  } catch {
    // Not one of the listing codes we trade; the caller says what that means.
    return null;
  }
}

export function unreadable(trId: string, field: string, problem: string): RetryLater {
  return new RetryLater('kis.unreadable-answer', `Cannot read the answer of ${trId}: field "${field}" is ${problem}`);
}
