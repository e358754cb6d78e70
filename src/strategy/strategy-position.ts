import { invariant } from '#domain/invariant.ts';
import type { OrderSide } from '#domain/order.ts';

/** Shares of one strategy in one instrument, and what they cost in whole won without fees. */
export interface Holding {
  readonly quantity: number;
  readonly cost: number;
}

export const heldNothing: Holding = { quantity: 0, cost: 0 };

/**
 * The holding after an execution, at average cost.
 *
 * A sale takes its share of the cost, `cost × sold / held` cut off to whole won; the last share takes all that is left,
 * so that nothing remains at 0 shares. More sold than held, which happens only when the person sold by hand, leaves 0.
 *
 * @param fill whole shares, 1 or more, and their value in won
 * @returns `realised`: sale value less cost before fees and tax; 0 for a buy
 */
export function withFill(
  held: Holding,
  fill: { readonly side: OrderSide; readonly quantity: number; readonly value: number },
): { readonly holding: Holding; readonly realised: number } {
  invariant(fill.quantity > 0, `a fill of ${fill.quantity} shares`);
  if (fill.side === 'buy') {
    return { holding: { quantity: held.quantity + fill.quantity, cost: held.cost + fill.value }, realised: 0 };
  }
  if (fill.quantity >= held.quantity) return { holding: heldNothing, realised: fill.value - held.cost };
  // Through BigInt: cost times shares may pass 2^53.
  const taken = Number((BigInt(held.cost) * BigInt(fill.quantity)) / BigInt(held.quantity));
  return {
    holding: { quantity: held.quantity - fill.quantity, cost: held.cost - taken },
    realised: fill.value - taken,
  };
}
