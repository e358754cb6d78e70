import type { OrderNotice } from '#brokers/broker.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import type { Draft } from './draft.ts';
import { onFill } from './fills.ts';
import { seoulDay } from './seoul-day.ts';
import type { DeskOrder, DeskState, Leg } from './state.ts';

/**
 * What the broker pushes about an order. Only fills are believed at once; everything else, and everything about a
 * number we do not know (it may be an order whose answer is still on its way), is looked up in the broker's list.
 */
export function onNotice(draft: Draft, notice: OrderNotice): void {
  const owner = notice.kind === 'filled' ? ownerOf(draft.state, notice.fill.brokerOrderId, todayOf(draft)) : null;
  if (notice.kind === 'filled' && owner !== null) onFill(draft, owner.order, owner.leg, notice.fill);
  else draft.effect({ kind: 'inquire' });
}

function todayOf(draft: Draft): number {
  return seoulDay(draft.moment.at);
}

/** The order of `date` that has or had this number; numbers repeat from day to day. */
export function ownerOf(
  state: DeskState,
  brokerOrderId: BrokerOrderId,
  date: number,
): { readonly order: DeskOrder; readonly leg: Leg } | null {
  for (const order of state.orders.values()) {
    if (order.date !== date) continue;
    const leg = order.legs.find((candidate) => candidate.brokerOrderId === brokerOrderId);
    if (leg !== undefined) return { order, leg };
  }
  return null;
}
