import { volatilityRates } from '#exchange/volatility-rates.ts';
import { volatilityTrigger, type VolatilityTrigger } from '#exchange/volatility.ts';

import type { Desk } from './desk.ts';
import { randomFrom } from '../random.ts';
import type { VenueSession } from '../hours/venue-session.ts';
import { volatilitySubject } from './volatility-subject.ts';

/** An interruption lasts so long, and on KRX up to thirty seconds more. @see kis.md §9.4 */
export const interruptionMs = { KRX: 120_000, NXT: 30_000 } as const;

const randomEndMs = { KRX: 30_000, NXT: 0 } as const;

/** How much longer an interruption or an auction takes than planned: the same at every start, another each time. */
export function randomEnd({ board, instrument, interruptions }: Desk, date: Temporal.PlainDate): number {
  const seed = `${board}/${instrument.symbol}/${date.toString()}/${interruptions.length}/end`;
  return randomFrom(seed).below(randomEndMs[board] + 1);
}

/**
 * Whether the price that KRX's opening or closing auction is about to print jumps: by the rates of continuous trading at
 * the opening, by the narrower ones at the close. Null for every other session and when nothing would print.
 */
export function auctionTrigger(desk: Desk, session: VenueSession, date: Temporal.PlainDate): VolatilityTrigger | null {
  if (session !== 'closing-auction' && session !== 'opening-auction') return null;
  const { book, instrument } = desk;
  const price = book.indicative()?.price;
  if (price === undefined) return null;
  const window = session === 'closing-auction' ? 'closing' : 'continuous';
  const { lastPrice, singlePrice } = book;
  return volatilityTrigger(
    price,
    { lastPrice, singlePrice },
    volatilityRates(volatilitySubject(instrument), window, date),
  );
}
