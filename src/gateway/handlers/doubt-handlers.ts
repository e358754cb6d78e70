import { RetryLater } from '#domain/errors.ts';
import { quantity } from '#domain/quantity.ts';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Handlers } from '#link/listener.ts';
import type { OrderView } from '#link/views.ts';
import type { Gateway } from '../gateway.ts';
import { knownOrder } from './known-order.ts';
import { actor } from './order-request.ts';
import { orderView } from './order-view.ts';
import { listed } from './watched-instrument.ts';

/** What a person does about orders that the records alone cannot tell. */
export function doubtHandlers(gateway: Gateway) {
  const { recorder } = gateway;
  const view = (orderId: string): OrderView => orderView(knownOrder(gateway, orderId));
  return {
    declareManual: async ({ symbol, side, quantity: size, brokerOrderId }, caller) => {
      await recorder.record({
        kind: 'declare-manual',
        date: dateNumber(seoulDate(gateway.clock.now())),
        instrument: listed(symbol),
        side,
        quantity: quantity(size),
        brokerOrderId,
        by: actor(caller),
      });
      return {};
    },
    settleOrder: async ({ orderId, brokerOrderId }, caller) => {
      const order = knownOrder(gateway, orderId);
      const rows = (await gateway.pump.freshList(order.date)) ?? noList();
      await recorder.record({ kind: 'settle', orderId: order.orderId, brokerOrderId, rows, by: actor(caller) });
      return view(orderId);
    },
    find: async ({ orderId }) => {
      await recorder.record({ kind: 'find', orderId: knownOrder(gateway, orderId).orderId });
      await gateway.pump.nextRound();
      return view(orderId);
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

function noList(): never {
  throw new RetryLater('order.no-list', "Cannot settle the order: the broker's list could not be read to its end");
}
