import type { Market } from '#domain/instrument.ts';
import { won, type Won } from '#domain/won.ts';

import { masterHead, masterTails, type MasterField } from '../endpoints/masters.ts';
import { BadField } from './bad-field.ts';

/** Where the fields of one board's records begin, in bytes, and how wide they are. */
export interface MasterLayout {
  readonly headBytes: number;
  readonly lineBytes: number;
  readonly fields: ReadonlyMap<MasterField, readonly [start: number, width: number]>;
}

export function masterLayout(market: Market): MasterLayout {
  const headBytes = masterHead.symbol + masterHead.isin + masterHead.name;
  const fields = new Map<MasterField, readonly [number, number]>();
  let at = headBytes;
  for (const [name, width] of masterTails[market]) {
    if (name !== null) fields.set(name, [at, width]);
    at += width;
  }
  return { headBytes, lineBytes: at, fields };
}

/** The right part of one record. Every reader throws {BadField} for what it cannot read. */
export class MasterFields {
  readonly #layout: MasterLayout;
  /** One character a byte. */
  readonly #line: string;

  constructor(layout: MasterLayout, line: string) {
    this.#layout = layout;
    this.#line = line;
  }

  /** Without the padding; empty where the board has no such field. */
  text(field: MasterField): string {
    const [start, width] = this.#layout.fields.get(field) ?? [0, 0];
    return this.#line.slice(start, start + width).trim();
  }

  /** One of `codes`. */
  code<Meaning>(field: MasterField, codes: Readonly<Record<string, Meaning>>): Meaning {
    const text = this.text(field);
    const meaning = Object.hasOwn(codes, text) ? codes[text] : undefined;
    if (meaning === undefined) throw new BadField(`${field} is none of its codes`);
    return meaning;
  }

  /** Null for nothing and for zeros, which stand where there is no figure. */
  count(field: MasterField, unit = 1): number | null {
    const text = this.text(field);
    if (/^0*$/.test(text)) return null;
    const count = /^\d+$/.test(text) ? Number(text) * unit : Number.NaN;
    if (!Number.isSafeInteger(count)) throw new BadField(`${field} is no number`);
    return count;
  }

  price(field: MasterField): Won | null {
    const count = this.count(field);
    return count === null ? null : won(count);
  }

  date(field: MasterField): Temporal.PlainDate | null {
    const text = this.text(field);
    if (/^0*$/.test(text)) return null;
    try {
      if (/^\d{8}$/.test(text)) return Temporal.PlainDate.from(text);
    } catch {
      // Eight digits that are no day of the calendar: reported below like any other text.
    }
    throw new BadField(`${field} is no day`);
  }
}
