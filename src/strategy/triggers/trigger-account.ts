import type { InstrumentId } from '#domain/instrument.ts';

/** What a book has to know of the account whose orders it keeps. */
export interface TriggerAccount {
  /** Shares of the strategy now: an exit never sells more. */
  readonly held: (instrument: InstrumentId) => number;
  /** Won of the largest single order that the guard lets through: a larger exit goes in parts. */
  readonly orderValueMax: () => number;
}

/**
 * Shares of an exit that may leave at once; one share even where that is too much, so that the guard says so.
 *
 * @param price won that woke it; null when it is not known, and then all of them are asked for
 */
export function exitMax(
  { held, orderValueMax }: TriggerAccount,
  instrument: InstrumentId,
  price: number | null,
): number {
  const atOnce = price === null ? Infinity : Math.max(1, Math.floor(orderValueMax() / price));
  return Math.min(held(instrument), atOnce);
}
