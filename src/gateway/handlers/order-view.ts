import { symbolOf } from '#domain/instrument.ts';
import type { OrderView } from '#link/views.ts';
import type { DeskOrder } from '../desk/state.ts';
import { liveLeg } from '../desk/state.ts';

/** An order as it crosses to the other processes. */
export function orderView(order: DeskOrder): OrderView {
  const { request } = order;
  const { requester, venue, session, stopPrice } = request;
  return {
    orderId: order.orderId,
    requestId: request.requestId,
    requester: requester.kind === 'strategy' ? requester.name : requester.via,
    symbol: symbolOf(request.instrument),
    side: request.side,
    type: request.type,
    timeInForce: request.timeInForce,
    ...(venue === undefined ? {} : { venue }),
    ...(session === undefined ? {} : { session }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
    quantity: order.quantity,
    price: order.price,
    filled: order.filled,
    filledValue: order.filledValue,
    state: order.state,
    brokerOrderId: liveLeg(order)?.brokerOrderId ?? null,
    reason: request.reason,
    checks: order.checks.map((check) => ({ ...check })),
    steps: order.steps.map((step) => ({ ...step })),
    createdAt: order.createdAt,
  };
}
