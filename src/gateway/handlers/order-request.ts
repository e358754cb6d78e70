import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderRequest, Requester } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { Params } from '#link/api.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller } from '#link/listener.ts';

/**
 * The request with the requester that the connection's role proves; what a message says of itself is not believed.
 *
 * @throws FixConfiguration `order.requester` when a runner names no strategy, or a person names one
 */
export function orderRequest(params: Params<GatewayApi, 'submit'>, caller: Caller): OrderRequest {
  const { venue, session, stopPrice } = params;
  return {
    requestId: params.requestId,
    requester: requesterOf(params.strategy, caller),
    instrument: instrumentId(params.symbol),
    side: params.side,
    type: params.type,
    timeInForce: params.timeInForce ?? 'day',
    quantity: quantity(params.quantity),
    price: won(params.price),
    ...(venue === undefined ? {} : { venue }),
    ...(session === undefined ? {} : { session }),
    ...(stopPrice === undefined ? {} : { stopPrice: won(stopPrice) }),
    reason: params.reason,
  };
}

/** Who acts, for the journal. */
export function actor(caller: Caller): string {
  return caller.role === 'server' ? 'web' : caller.role;
}

function requesterOf(strategy: string | null, caller: Caller): Requester {
  const isStrategy = caller.role === 'runner';
  if (isStrategy !== (strategy !== null)) {
    const wanted = isStrategy ? 'the name of a strategy' : 'no strategy, since a person asks';
    throw new FixConfiguration(
      'order.requester',
      `Cannot take the order: strategy is "${strategy ?? ''}", wanted ${wanted}`,
    );
  }
  if (strategy !== null) return { kind: 'strategy', name: strategy };
  return { kind: 'person', via: caller.role === 'cli' ? 'cli' : 'web' };
}
