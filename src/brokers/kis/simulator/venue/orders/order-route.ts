import type { OrderSide } from '#domain/order.ts';

import type { FloorDesk } from '../floor/floor-desk.ts';
import type { OrderDivision } from './order-divisions.ts';

/**
 * Where the broker's router sends an order that may go to either board: to the one that trades at the better price as
 * the order arrives, KRX where neither is better. An order that finds nobody on the other side rests on KRX.
 */
export function routedDesk(
  desks: readonly FloorDesk[],
  order: { readonly side: OrderSide; readonly price: number },
  division: OrderDivision,
): FloorDesk | null {
  const [krx = null, other] = desks;
  if (krx === null || other === undefined) return krx;
  const here = priceAt(krx, order.side);
  const there = priceAt(other, order.side);
  if (there === null || (division.type === 'limit' && !reaches(order, there))) return krx;
  if (here === null) return krx.book.phase === 'continuous' ? other : krx;
  const isBetter = order.side === 'buy' ? there < here : there > here;
  return isBetter ? other : krx;
}

/** Best price of the other side while the board trades; null where nobody can be met at once. */
function priceAt({ book, stats }: FloorDesk, side: OrderSide): number | null {
  if (book.phase !== 'continuous') return null;
  const { asks, bids } = book.depth(1, Temporal.Instant.fromEpochMilliseconds(stats.openAt));
  return (side === 'buy' ? asks : bids)[0]?.price ?? null;
}

function reaches({ side, price }: { readonly side: OrderSide; readonly price: number }, at: number): boolean {
  return side === 'buy' ? at <= price : at >= price;
}
