import { z } from 'zod';
import { unrepeatableUses } from '#link/unrepeatable.ts';

/** Longest line in either direction, in bytes of UTF-8, its `\n` not counted. */
export const lineBytesMax = 65_536;

const instrument = z.string().regex(/^KRX:[0-9][0-9A-Z]{5}$/);
const text = z.string().max(500);

const wonPrice = z.int().positive().max(1_000_000_000);
const distanceBps = z.int().positive().max(10_000);

/** The words of an `OrderDraft` beyond a limit order for the day. */
const terms = {
  pricing: z.enum(['limit', 'market', 'market-on-open', 'market-on-close']).exactOptional(),
  trigger: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.enum(['stop', 'target']), price: wonPrice }),
      z.strictObject({ kind: z.literal('trailing'), distanceBps }),
    ])
    .exactOptional(),
  goodTill: z.int().min(19_900_101).max(20_991_231).exactOptional(),
  group: z.string().min(1).max(32).exactOptional(),
  exits: z
    .strictObject({
      stopPrice: wonPrice.exactOptional(),
      targetPrice: wonPrice.exactOptional(),
      trailingBps: distanceBps.exactOptional(),
    })
    .exactOptional(),
};

const action = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('submit'),
    /** The child's own name of the request, unique in its life. */
    ref: z.string().max(64),
    instrument,
    side: z.enum(['buy', 'sell']),
    quantity: z.int().positive().max(1_000_000_000),
    price: wonPrice,
    reason: z.string().max(200),
    ...terms,
  }),
  z.strictObject({ kind: z.literal('cancel'), ref: z.string().max(64) }),
  z.strictObject({ kind: z.literal('log'), instrument, message: text }),
]);

/** What a strategy's child may say. Anything else ends it. */
export const childMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    name: z.string().max(64),
    instruments: z.array(instrument).min(1).max(20),
    interval: z.enum(['1m', '1d']),
    warmUpBars: z.int().min(0).max(500),
  }),
  /** Everything that the strategy did about the event of this number. */
  z.strictObject({
    kind: z.literal('done'),
    event: z.int().positive(),
    actions: z.array(action).max(40),
    /** What it asked of chance and the clock that it had not asked before. */
    unrepeatable: unrepeatableUses.exactOptional(),
  }),
  /** The strategy threw. */
  z.strictObject({ kind: z.literal('failed'), reason: text }),
]);

export type ChildMessage = z.infer<typeof childMessage>;
export type ChildAction = z.infer<typeof action>;

/** Splits a stream of bytes into lines, and refuses one that is too long before it has filled the memory. */
export class LineReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @returns whole lines without their end; null when a line is longer than `lineBytesMax` */
  push(chunk: Buffer): readonly string[] | null {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const lines: string[] = [];
    for (let end = this.#rest.indexOf(10); end >= 0; end = this.#rest.indexOf(10)) {
      if (end > lineBytesMax) return null;
      lines.push(this.#rest.toString('utf8', 0, end));
      this.#rest = this.#rest.subarray(end + 1);
    }
    return this.#rest.length > lineBytesMax ? null : lines;
  }
}
