import { FixConfiguration } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Caller } from '#link/listener.ts';
import { listingOf } from '#markets/listings.ts';
import type { Watcher } from '../market/watch-list.ts';

/** The instrument of a listing code. @throws {FixConfiguration} `market.unknown-symbol` */
export function listed(symbol: string): InstrumentId {
  const listing = listingOf(symbol);
  if (listing !== null) return listing.id;
  throw new FixConfiguration('market.unknown-symbol', `Cannot find "${symbol}": it is not among the known listings`);
}

/** Whose wish it is to see a price. The runner asks for its strategies, everybody else for a person. */
export function watcher({ role, connectionId }: Caller): Watcher {
  return role === 'runner' ? { kind: 'strategy', connectionId } : { kind: 'person' };
}
