import { SnowballError } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { LinkClient } from '#link/client.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft } from '#strategy/strategy.ts';

export type GatewayLink = LinkClient<GatewayApi>;

/** What became of handing a request to the gateway. */
export type Handed =
  | { readonly kind: 'answered'; readonly order: OrderView }
  /** It never left this process, or the gateway refused to look at it; there is no order. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** The answer was lost: there may be an order. Look for it by its request id; never send it again. */
  | { readonly kind: 'lost'; readonly code: string };

/** Refusals before anything of the order was recorded. */
const refusedBefore = new Set(['gateway.session-closed', 'link.params', 'link.forbidden', 'link.method', 'link.busy']);

/** Hands a request to the gateway once. Nothing is thrown: each failure is one of the three ends. */
export async function handIn(
  gateway: GatewayLink,
  request: { readonly requestId: string; readonly strategy: string; readonly draft: OrderDraft },
): Promise<Handed> {
  if (gateway.state === 'down') return { kind: 'not-sent', code: 'link.down' };
  const { requestId, strategy, draft } = request;
  const { side, quantity, price } = draft;
  const reason = draft.reason.slice(0, 200);
  const order = { requestId, strategy, symbol: symbolOf(draft.instrument), side, quantity, price, reason };
  try {
    return { kind: 'answered', order: await gateway.call('submit', { ...order, type: 'limit' }) };
  } catch (error) {
    const code = error instanceof SnowballError ? error.code : 'runner.submit';
    return { kind: refusedBefore.has(code) ? 'not-sent' : 'lost', code };
  }
}

/** As many as the gateway gives at once, newest first; the book needs them oldest first. */
export async function ordersOf(gateway: GatewayLink, strategy: string): Promise<readonly OrderView[]> {
  const orders = await gateway.call('orders', { limit: 200, strategy });
  return orders.toReversed();
}
