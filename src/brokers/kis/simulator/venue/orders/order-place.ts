import type { BrokerEnvironment } from '#domain/environment.ts';
import { invariant } from '#domain/invariant.ts';
import { quantity } from '#domain/quantity.ts';
import type { MatchingBook, VenueOrder } from '#exchange/venue.ts';

import type { SimulatedOrder } from '../account-state.ts';
import type { Desk } from '../floor/desk.ts';
import { isOffHours, orderDivisionTable, type OrderDivision } from './order-divisions.ts';

/** The book an order is meant for; null while there is none of its kind. */
export function bookOf(desk: Desk, order: SimulatedOrder): MatchingBook | null {
  return isOffHours(divisionOf(order)) ? desk.offHours : desk.book;
}

/** What the order's `ORD_DVSN` asks for. */
export function divisionOf(order: SimulatedOrder): OrderDivision {
  const division = orderDivisionTable[order.division];
  invariant(division !== undefined, `order ${order.number} has a kind the venue knows`);
  return division;
}

/** What is left of the order, as its book takes it. */
export function bookOrder(order: SimulatedOrder): VenueOrder {
  const { type, timeInForce, isConditional } = divisionOf(order);
  const isMarket = type === 'market' || (isConditional && order.isTriggered);
  return {
    id: bookId(order.environment, order.number),
    owner: order.environment,
    side: order.side,
    type: isMarket ? 'market' : type === 'mid' ? 'mid' : 'limit',
    timeInForce,
    price: order.price,
    quantity: quantity(order.remaining),
  };
}

/** Whether the order stands at this desk. */
export function isAt({ instrument, board }: SimulatedOrder, desk: Desk): boolean {
  return board === desk.board && instrument.symbol === desk.instrument.symbol;
}

/** A stop order whose price the market has not reached. */
export function isAsleep(order: SimulatedOrder): boolean {
  return divisionOf(order).isStop && !order.isTriggered;
}

/** Its name in the books. */
export function bookId(environment: BrokerEnvironment, number: number): string {
  return `${environment}:${number}`;
}

/** What an amendment or a cancellation takes over from the order it changes. */
export function orderFields(order: SimulatedOrder) {
  return {
    kind: 'order' as const,
    environment: order.environment,
    symbol: order.instrument.symbol,
    side: order.side,
    division: order.division,
    price: order.price,
    marginPrice: order.marginPrice,
    exchange: order.exchange,
    board: order.board,
    life: order.life,
    stopPrice: order.stopPrice,
  };
}
