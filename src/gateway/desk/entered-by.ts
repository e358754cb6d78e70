import type { BrokerOrder, OrderOrigin } from '#brokers/broker.ts';
import { ownerOf } from './notice.ts';
import type { DeskState } from './state.ts';

/**
 * Who entered an order that looks like one of ours (T07). The measure is the same list's rows of orders whose numbers
 * the broker gave us in an answer: they show how an order of ours looks. `unclear` is never adopted, a person decides:
 * when the broker's rows do not say, when an order came by our way from another address (ours may have changed), and
 * when nothing of ours is there to compare a stranger with.
 */
export function enteredBy(
  state: DeskState,
  row: BrokerOrder,
  rows: readonly BrokerOrder[],
  date: number,
): 'us' | 'other' | 'unclear' {
  const { origin } = row;
  if (origin === undefined) return 'unclear';
  const ours = originsOfOurs(state, rows, date);
  if (ours.length === 0) return origin.channel === 'api' ? 'us' : 'unclear';
  const ofSameWay = ours.filter(({ channel }) => channel === origin.channel);
  if (ofSameWay.length === 0) return 'other';
  return ofSameWay.some(({ address }) => address === origin.address) ? 'us' : 'unclear';
}

/** Only numbers learned from an answer count: what was adopted once must not vouch for the next one. */
function originsOfOurs(state: DeskState, rows: readonly BrokerOrder[], date: number): readonly OrderOrigin[] {
  const origins: OrderOrigin[] = [];
  for (const { brokerOrderId, origin } of rows) {
    if (origin === undefined) continue;
    const owner = ownerOf(state, brokerOrderId, date);
    if (owner?.order.steps.some((step) => step.kind === 'acked') === true) origins.push(origin);
  }
  return origins;
}
