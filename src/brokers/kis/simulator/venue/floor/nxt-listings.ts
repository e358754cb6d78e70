import type { Instrument } from '#domain/instrument.ts';
import { dateNumber } from '#domain/trading-date.ts';

const nxtFrom = 2025_03_04;

/**
 * Whether NXT trades `instrument` here. The real set changes by the day and is nobody's constant; the simulated one is
 * every stock but those whose digits sum to a multiple of 5, so that a client meets both kinds. No funds, as there.
 */
export function isOnNxt(instrument: Instrument, date: Temporal.PlainDate): boolean {
  if (instrument.kind !== 'stock' || dateNumber(date) < nxtFrom) return false;
  let sum = 0;
  for (const digit of instrument.symbol) sum += Number.parseInt(digit, 36);
  return sum % 5 !== 0;
}
