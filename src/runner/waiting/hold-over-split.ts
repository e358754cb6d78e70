import { holdRebased, type PriceToday } from '#backtest/desk/hold-rebased.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import { notes } from './waiting-notes.ts';
import type { WaitingOptions } from './waiting-options.ts';

/**
 * `holdRebased` with what the gateway told of the day; of a split the person is told once, because what is held stays so.
 *
 * @returns true when orders are held that were not before
 */
export function holdOverSplit(
  triggers: TriggerBook,
  { market, note }: Pick<WaitingOptions, 'market' | 'note'>,
  seen: Pick<PriceToday, 'instrument' | 'price' | 'date' | 'atMs'>,
): boolean {
  const symbol = symbolOf(seen.instrument);
  const basePrice = market.basePriceOn(symbol, seen.date);
  const before = holdRebased(triggers, { ...seen, listing: market.instrument(symbol), basePrice });
  if (before === null) return false;
  note(seen.instrument, notes.held(before, seen.price));
  return true;
}
