import type { OrderSide } from '#domain/order.ts';
import { won, type Won } from '#domain/won.ts';

/** What a bar tells about an order that rested while it formed. */
export interface BarPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares; 0 means that nothing traded, whatever the prices say. */
  readonly volume: number;
}

/**
 * The price at which a limit order would have filled during a bar, or null.
 *
 * An order that rested since before the open takes part in the opening auction: when the open is at least as good as
 * its limit it fills at the open. Otherwise it fills at its limit when the bar's range reaches it. Touching counts as
 * reaching, which is kind to the order: real queues may be longer than the volume that traded at the extreme.
 *
 * @param sinceOpen false when the order came after the open, so that the opening print is not for it
 * @returns null when the bar has no volume or never reached the limit
 */
export function matchAtBar(
  order: { readonly side: OrderSide; readonly price: Won },
  bar: BarPrices,
  sinceOpen: boolean,
): Won | null {
  if (bar.volume <= 0) return null;
  const { price } = order;
  if (order.side === 'buy') {
    if (sinceOpen && bar.open <= price) return won(bar.open);
    return bar.low <= price ? price : null;
  }
  if (sinceOpen && bar.open >= price) return won(bar.open);
  return bar.high >= price ? price : null;
}

/**
 * How much of `wanted` a bar's volume can be believed to fill: at most its share of the volume, cut off to whole shares.
 *
 * @param shareOfVolumeBps hundredths of a percent of the volume, 0 or more; 10,000 is all of it
 */
export function fillableQuantity(volume: number, shareOfVolumeBps: number, wanted: number): number {
  const share = volume * shareOfVolumeBps;
  return Math.min(wanted, (share - (share % 10_000)) / 10_000);
}
