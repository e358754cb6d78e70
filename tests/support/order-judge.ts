import assert from 'node:assert/strict';
import type { JournaledOrder } from './order-life.ts';

/** One row of the simulator's own list of orders. */
export interface BrokerRow {
  readonly number: string;
  readonly symbol: string;
  readonly action: string;
  readonly filled: number;
}

/** None lost, none doubled on our side: each request is exactly one order, sent once at the most. */
export function everyRequestIsOneOrder(
  requestIds: readonly string[],
  orders: ReadonlyMap<string, JournaledOrder>,
): void {
  for (const requestId of requestIds) {
    const same = [...orders.values()].filter((order) => order.requestId === requestId);
    assert.equal(same.length, 1, `request ${requestId} became ${same.length} orders`);
  }
  for (const order of orders.values())
    assert.ok(order.sendings <= 1, `${order.requestId} was sent ${order.sendings} times`);
}

/** None lost, none doubled at the broker, whose list and our journal are read by themselves. Answers with the broker's count. */
export function everyOrderIsOneAtTheBroker(
  orders: ReadonlyMap<string, JournaledOrder>,
  broker: readonly BrokerRow[],
): number {
  const claimed = [...orders.values()].flatMap((order) => order.brokerNumbers);
  const rows = new Map(broker.filter((row) => row.action === 'new').map((row) => [row.number, row]));
  assert.equal(new Set(claimed).size, claimed.length, 'two orders claim one broker number');
  assert.deepEqual([...rows.keys()].toSorted(), claimed.toSorted(), 'the broker and the journal hold the same orders');
  for (const order of orders.values()) {
    const row = rows.get(order.brokerNumbers[0] ?? '');
    if (row === undefined) continue;
    assert.equal(row.symbol, order.symbol);
    // An amended order fills under its new number too.
    if (order.amends === 0)
      assert.ok(order.filled <= row.filled, `${order.requestId}: ${order.filled} of ${row.filled}`);
  }
  return rows.size;
}

/** An amend and a cancel are POSTs like an order: none at the broker that the journal did not ask for. */
export function everyChangeWasAskedFor(
  orders: ReadonlyMap<string, JournaledOrder>,
  broker: readonly BrokerRow[],
): void {
  const asked = [...orders.values()].reduce(
    (sum, { amends, cancels }) => ({ amends: sum.amends + amends, cancels: sum.cancels + cancels }),
    { amends: 0, cancels: 0 },
  );
  const atBroker = (action: string): number => broker.filter((row) => row.action === action).length;
  assert.ok(atBroker('amend') <= asked.amends, `${atBroker('amend')} amends at the broker, ${asked.amends} asked for`);
  assert.ok(
    atBroker('cancel') <= asked.cancels,
    `${atBroker('cancel')} cancels at the broker, ${asked.cancels} asked for`,
  );
}
