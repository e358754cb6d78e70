import type { Draft } from './draft.ts';
import type { DeskEvent } from './events.ts';
import { entry } from './records.ts';

/**
 * A new run of the process. What stood at `intent` was never sent, since sending needs a durable SENDING first; what
 * stood at `sending` may have been, so it is unknown and looked for before any new order.
 */
export function onStarted(draft: Draft, event: Extract<DeskEvent, { readonly kind: 'started' }>): void {
  const { at, elapsedMs } = draft.moment;
  draft.record(entry('gateway.started', { build: event.build, environment: event.environment, at }));
  const orders = [...draft.state.orders.values()];
  for (const { orderId, state, amend } of orders) {
    if (state === 'intent') {
      draft.record(entry('order.not-sent', { orderId, cause: 'the gateway stopped before sending', at }));
    }
    if (state === 'sending') {
      const cause = 'the gateway stopped while sending';
      draft.record(entry('order.unknown', { orderId, cause, isOurCrash: true, at, elapsedMs }));
    }
    if (amend?.phase === 'sending') {
      const detail = 'the gateway stopped while amending';
      const { price, quantity } = amend;
      const lost = { orderId, outcome: 'unknown', brokerOrderId: null, forwardingOffice: '' } as const;
      draft.record(entry('order.amend-answered', { ...lost, detail, price, quantity, at, elapsedMs }));
    }
  }
  draft.effect({ kind: 'inquire' });
}
