import type { InstrumentId } from '#domain/instrument.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';

/**
 * Takes away what waits to sell an instrument of which the account holds nothing any more. A bracket whose entry still buys
 * stays.
 *
 * @returns true when anything waited
 */
export function dropSold(triggers: TriggerBook, instrument: InstrumentId): boolean {
  const before = triggers.watched.length;
  triggers.forget(instrument);
  for (const { requestId, draft, exitOf } of triggers.watched) {
    const isOwnSale = draft.instrument === instrument && draft.side === 'sell' && exitOf === null;
    if (isOwnSale) triggers.cancel(requestId);
  }
  return triggers.watched.length < before;
}
