import type { InstrumentId } from '#domain/instrument.ts';

/** What a book has to know of the account whose orders it keeps. */
export interface TriggerAccount {
  /** Shares of the strategy now: an exit never sells more. */
  readonly held: (instrument: InstrumentId) => number;
  /** Those of them that its own sells, on their way or at the broker, may still sell: an exit leaves them to those. */
  readonly offered: (instrument: InstrumentId) => number;
  /** Won of the largest single order that the guard lets through: a larger exit goes in parts. */
  readonly orderValueMax: () => number;
}

/**
 * Shares of an exit that may leave at once, 0 or fewer when there are none; one share even where that is worth too much, so
 * that the guard says so.
 *
 * @param price won that woke it; null when it is not known, and then all of them are asked for
 * @param sold shares that others are about to sell
 */
export function exitMax(
  { held, offered, orderValueMax }: TriggerAccount,
  instrument: InstrumentId,
  price: number | null,
  sold: number,
): number {
  const atOnce = price === null ? Infinity : Math.max(1, Math.floor(orderValueMax() / price));
  return Math.min(held(instrument) - offered(instrument) - sold, atOnce);
}
