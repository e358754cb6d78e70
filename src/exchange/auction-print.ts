import { invariant } from '#domain/invariant.ts';
import type { OrderSide } from '#domain/order.ts';
import type { Won } from '#domain/won.ts';
import { auctionPrice, type AuctionResult, type AuctionRules } from './auction-price.ts';
import type { RestingOrder } from './price-levels.ts';
import type { RestingOrders } from './resting-orders.ts';

/** The price and quantity that a call auction over what waits would print; mid-price orders stand aside. */
export function auctionOf(orders: RestingOrders, rules: AuctionRules): AuctionResult | null {
  return auctionPrice(
    {
      bids: orders.levels('buy').levels,
      asks: orders.levels('sell').levels,
      marketBuys: orders.queued('market', 'buy'),
      marketSells: orders.queued('market', 'sell'),
    },
    rules,
  );
}

/**
 * Hands out the shares of an auction, market orders first, then by price and time. `trade` books one pair and says how
 * many shares it took.
 */
export function allotAuction(
  orders: RestingOrders,
  { price, quantity }: AuctionResult,
  trade: (seller: RestingOrder, buyer: RestingOrder, price: Won) => number,
): void {
  let left = quantity;
  while (left > 0) {
    const buyer = firstInLine(orders, 'buy');
    const seller = firstInLine(orders, 'sell');
    invariant(buyer !== undefined && seller !== undefined, 'an auction allots no more than both sides hold');
    left -= trade(seller, buyer, price);
  }
}

/** The oldest market order, then the oldest order at the best price. */
function firstInLine(orders: RestingOrders, side: OrderSide): RestingOrder | undefined {
  const oldest = orders.queue('market', side).values().next();
  return oldest.value ?? orders.levels(side).best?.orders.values().next().value;
}
