import { randomUUID } from 'node:crypto';
import { RetryLater } from '#domain/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { decideAmend } from '#guard/decide-amend.ts';
import { decide } from '#guard/decide.ts';
import type { GatewayApi } from '#link/gateway-api.ts';
import type { Caller, Handlers } from '#link/listener.ts';
import type { OrderView } from '#link/views.ts';
import { listingOf } from '#markets/listings.ts';
import { isOnItsWay } from '../desk/order-questions.ts';
import { checkRow } from '../desk/requests.ts';
import { findOrder, type DeskOrder } from '../desk/state.ts';
import type { Gateway } from '../gateway.ts';
import { guardOrder } from '../guard-state.ts';
import { cancelPatienceMs, fatePatienceMs, lanePatienceMs, readyPatienceMs } from './handler-patience.ts';
import { isAnswered, isGone, knownOrder } from './known-order.ts';
import { actor, orderRequest } from './order-request.ts';
import { orderView } from './order-view.ts';
import { watcher } from './watched-instrument.ts';

/** Methods that read, judge, place, change and withdraw orders. */
export function orderHandlers(gateway: Gateway) {
  const { recorder } = gateway;
  const view = (orderId: string): OrderView => orderView(knownOrder(gateway, orderId));
  return {
    orders: async (wanted: Wanted) => newest(gateway, wanted).map(orderView),
    order: async ({ orderId }: { readonly orderId: string }) => view(orderId),
    preview: async (params, caller) => {
      const request = orderRequest(params, caller);
      await gateway.feed.ensure(request.instrument);
      await gateway.traded.ensure(request.instrument);
      const verdict = decide(request, gateway.guardState(gateway.state));
      return { approved: verdict.kind === 'approved', checks: verdict.checks.map(checkRow) };
    },
    submit: async (params, caller) => {
      const request = orderRequest(params, caller);
      gateway.requireSession('take the order');
      if (listingOf(params.symbol) !== null) await prepared(gateway, request.instrument, caller);
      await laneFree(gateway, request);
      const { orderId } = await recorder.record((state) => ({
        kind: 'submit',
        orderId: randomUUID() as OrderId,
        request,
        verdict: () => decide(request, gateway.guardState(state)),
      }));
      const id = orderId ?? request.requestId;
      await gateway.settled(id, () => isAnswered(findOrder(gateway.state, id as OrderId)), fatePatienceMs);
      return view(id);
    },
    cancel: async ({ orderId }, caller) => {
      await recorder.record({ kind: 'cancel', orderId: knownOrder(gateway, orderId).orderId, by: actor(caller) });
      await gateway.settled(orderId, () => isGone(gateway, orderId), cancelPatienceMs);
      return view(orderId);
    },
    amend: async (params, _caller) => {
      const { orderId, price } = { orderId: params.orderId, price: won(params.price) };
      const order = knownOrder(gateway, orderId);
      gateway.requireSession('amend the order');
      const change = { ...order.request, price, quantity: quantity(params.quantity) };
      await recorder.record((state) => ({
        kind: 'amend',
        orderId: order.orderId,
        price,
        quantity: change.quantity,
        verdict: () =>
          decideAmend(change, guardOrder(findOrder(state, order.orderId) ?? order), gateway.guardState(state)),
      }));
      const isSettled = (): boolean => findOrder(gateway.state, order.orderId)?.amend?.phase !== 'sending';
      await gateway.settled(orderId, isSettled, fatePatienceMs);
      return view(orderId);
    },
  } satisfies Partial<Handlers<GatewayApi>>;
}

/** The guard needs a base price, an open day and a resolved past: waited for here, denied there when it takes too long. */
async function prepared(gateway: Gateway, instrument: InstrumentId, caller: Caller): Promise<void> {
  gateway.feed.want(instrument, watcher(caller));
  await gateway.ready(readyPatienceMs);
  try {
    await gateway.feed.ensure(instrument);
    await gateway.traded.ensure(instrument);
  } catch (error) {
    // Without a base price or an average the guard says no, and records it: better than an error nobody finds in the journal.
    if (!(error instanceof RetryLater)) throw error;
  }
}

/** Two orders of one lane are sent one after the other; the guard refuses what still meets a closed lane. */
async function laneFree(gateway: Gateway, { instrument, side }: OrderRequest): Promise<void> {
  const before = [...gateway.state.orders.values()].find(
    (order) => isOnItsWay(order) && order.request.instrument === instrument && order.request.side === side,
  );
  if (before === undefined) return;
  await gateway.settled(before.orderId, () => isAnswered(findOrder(gateway.state, before.orderId)), lanePatienceMs);
}

interface Wanted {
  readonly limit: number;
  readonly strategy: string | null;
  /** The last order of the page before. */
  readonly before?: string;
}

/** Newest first; empty after an order that nobody knows, since nothing can be said to be older than it. */
function newest(gateway: Gateway, { limit, strategy, before }: Wanted): readonly DeskOrder[] {
  const days = [gateway.state.orders, ...gateway.state.archive.map((day) => day.orders).toReversed()];
  const orders: DeskOrder[] = [];
  let isPast = before === undefined;
  for (const day of days) {
    for (const order of [...day.values()].toReversed()) {
      const { requester } = order.request;
      const isWanted = strategy === null || (requester.kind === 'strategy' && requester.name === strategy);
      if (isPast && isWanted && orders.length < limit) orders.push(order);
      if (order.orderId === before) isPast = true;
    }
  }
  return orders;
}
