import type { Bar } from '#domain/bar.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import type { Strategy, StrategyContext } from '#strategy/strategy.ts';

/** What a bar says: `in` asks for a share when none is held, `out` sells it. */
export type Wish = 'in' | 'out' | null;

/** The distance is cut to the day's price limits: the order trades at the next opening, wherever that is. */
const anywhereBps = 4_000;

/**
 * One share of each instrument, in at the opening after `in` and out at the opening after `out`: what every back-test
 * library can do, so that trades can be compared one by one.
 *
 * @param restsOnFillDay as grademark, which asks no rule on the day of a fill: what would have been decided then is not
 */
export function oneShareStrategy(
  instruments: readonly InstrumentId[],
  startWishes: () => (bar: Bar) => Wish,
  restsOnFillDay = false,
): Strategy {
  const heldBefore = new Map<InstrumentId, boolean>();
  const wishes = new Map(instruments.map((instrument) => [instrument, startWishes()]));
  return {
    name: 'one-share',
    instruments,
    interval: '1d',
    warmUpBars: 0,
    onBar(context: StrategyContext, instrument: InstrumentId, bar: Bar): void {
      const wish = wishes.get(instrument)?.(bar) ?? null;
      const isHeld = context.position(instrument) !== null;
      const isFillDay = isHeld !== (heldBefore.get(instrument) ?? false);
      heldBefore.set(instrument, isHeld);
      if (wish === null || (restsOnFillDay && isFillDay) || context.hasOpenOrder(instrument)) return;
      const side = wish === 'in' ? 'buy' : 'sell';
      if (isHeld === (side === 'buy')) return;
      const price = context.limitPrice(instrument, side, bar.close, anywhereBps);
      context.submit({ instrument, side, quantity: quantity(1), price, reason: side });
    },
  };
}
