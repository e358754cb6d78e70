import type { OrderSide } from '#domain/order.ts';
import type { OrderTrigger } from '../strategy.ts';

/** The prices of a bar; its path in between is not known. */
export interface BarPath {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Where the market met a trigger: at the first price seen, or on the way. */
export interface Touch {
  /** Won; never better for the order than a market that moves without jumping inside the bar would give. */
  readonly price: number;
  readonly phase: 'open' | 'during';
}

/** A trigger at work. `extreme` is the highest price seen by a trailing sell, the lowest by a buy; null before the first. */
export interface WatchedTrigger {
  readonly side: OrderSide;
  readonly trigger: OrderTrigger;
  extreme: number | null;
}

/**
 * Where a bar meets the trigger, or null. A bar that opens beyond it meets it at the open, which may be better or worse
 * than the price waited for; otherwise it is met at that price.
 *
 * A trailing stop stands where the bars before left it. When the bar does not come down to it there, the bar's own high
 * lifts it, and a close below the lifted stop proves that the market came through it after the high.
 */
export function touchInBar(watched: WatchedTrigger, bar: BarPath): Touch | null {
  const { side, trigger } = watched;
  if (trigger.kind !== 'trailing') return touchOfLevel(trigger.price, waitsForRise(side, trigger.kind), bar);
  const isBuy = side === 'buy';
  watched.extreme ??= bar.open;
  const before = touchOfLevel(trailingLevel(side, watched.extreme, trigger.distanceBps), isBuy, bar);
  watched.extreme = isBuy ? Math.min(watched.extreme, bar.low) : Math.max(watched.extreme, bar.high);
  if (before !== null) return before;
  const level = trailingLevel(side, watched.extreme, trigger.distanceBps);
  const isThrough = isBuy ? bar.close >= level : bar.close <= level;
  return isThrough ? { price: level, phase: 'during' } : null;
}

/** The same for a single price of the running market. */
export function touchAtPrice(watched: WatchedTrigger, price: number): Touch | null {
  return touchInBar(watched, { open: price, high: price, low: price, close: price });
}

/** True for what the risk wants out of, false for what the gain does; of two in one bar the first is assumed first. */
export function isStop({ kind }: OrderTrigger): boolean {
  return kind !== 'target';
}

function touchOfLevel(level: number, isRise: boolean, bar: BarPath): Touch | null {
  if (isRise) {
    if (bar.open >= level) return { price: bar.open, phase: 'open' };
    return bar.high >= level ? { price: level, phase: 'during' } : null;
  }
  if (bar.open <= level) return { price: bar.open, phase: 'open' };
  return bar.low <= level ? { price: level, phase: 'during' } : null;
}

/** A buy's stop and a sell's target lie above the market. */
function waitsForRise(side: OrderSide, kind: 'stop' | 'target'): boolean {
  return (side === 'buy') === (kind === 'stop');
}

/** Rounded away from the extreme to whole won, so that the stop never stands closer than was asked for. */
function trailingLevel(side: OrderSide, extreme: number, distanceBps: number): number {
  if (side === 'sell') return Math.floor((extreme * (10_000 - distanceBps)) / 10_000);
  return Math.ceil((extreme * (10_000 + distanceBps)) / 10_000);
}
