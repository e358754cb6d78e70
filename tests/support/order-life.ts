import { readFileSync } from 'node:fs';

/** One order as the journal alone tells it, read without any code of the gateway. */
export interface JournaledOrder {
  readonly requestId: string;
  readonly symbol: string;
  readonly side: string;
  /** `sending` records; more than one would be a second order. */
  sendings: number;
  brokerNumbers: string[];
  filled: number;
  /** Requests to change and to withdraw it. */
  amends: number;
  cancels: number;
  last: string;
}

const lifeKinds = new Set([
  'order.denied',
  'order.intent',
  'order.sending',
  'order.acked',
  'order.rejected',
  'order.not-sent',
  'order.unknown',
  'order.confirmed-absent',
  'order.escalated',
  'order.cancelled',
  'order.expired',
]);

/** Every order of a journal file by its id. */
export function ordersOfJournal(file: string): ReadonlyMap<string, JournaledOrder> {
  const orders = new Map<string, JournaledOrder>();
  for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
    const [, kind = '', , , json = ''] = line.split('\t');
    if (!kind.startsWith('order.')) continue;
    read(orders, kind, JSON.parse(json) as Record<string, unknown>);
  }
  return orders;
}

function read(orders: Map<string, JournaledOrder>, kind: string, body: Record<string, unknown>): void {
  const orderId = String(body['orderId']);
  const request = body['request'] as { requestId: string; instrument: string; side: string } | undefined;
  if (request) {
    const { requestId, instrument, side } = request;
    orders.set(orderId, {
      requestId,
      symbol: instrument.slice(4),
      side,
      sendings: 0,
      brokerNumbers: [],
      filled: 0,
      amends: 0,
      cancels: 0,
      last: kind,
    });
  }
  const order = orders.get(orderId);
  if (!order) throw new Error(`${kind} of an order without an intent: ${orderId}`);
  if (kind === 'order.sending') order.sendings += 1;
  if (kind === 'order.acked') order.brokerNumbers.push(String(body['brokerOrderId']));
  if (kind === 'order.filled') order.filled += Number(body['quantity']);
  if (kind === 'order.cancel-requested') order.cancels += 1;
  if (kind === 'order.amend-requested') order.amends += 1;
  if (lifeKinds.has(kind)) order.last = kind;
}
