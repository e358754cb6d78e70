import { z } from 'zod';

/** First line of every file. */
export const tickFileHead = { format: 'snowball-ticks', version: 1 } as const;

const count = z.number().int().nonnegative();

/** An instrument gets its number: `["i", number, symbol, name, market, kind, leverage]`. */
const instrumentLine = z.tuple([
  z.literal('i'),
  count,
  z.string(),
  z.string(),
  z.enum(['KOSPI', 'KOSDAQ', 'KONEX']),
  z.enum(['stock', 'etf', 'etn']),
  z.number().positive(),
]);
/** A day of an instrument begins: `["d", number, yyyy-mm-dd, base price]`. */
const dayLine = z.tuple([z.literal('d'), count, z.iso.date(), z.number().int().positive()]);
/** One print: `[number, milliseconds since the print before it, price, shares, 1 when a buyer took it]`. */
const printLine = z.tuple([
  count,
  z.number().int(),
  z.number().int().positive(),
  z.number().int().positive(),
  z.union([z.literal(0), z.literal(1)]),
]);

/** A line after the first. */
export const tickLine = z.union([printLine, dayLine, instrumentLine]);

export type TickLine = z.infer<typeof tickLine>;
