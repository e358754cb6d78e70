import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrder } from '#brokers/broker.ts';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { aRequest, aRow, DeskInHand, lost, openedAt } from '../../../tests/support/desk-in-hand.ts';
import { apply } from './apply.ts';
import { handle } from './desk.ts';
import { inDoubt } from './order-questions.ts';
import { entry, type RecordBody } from './records.ts';
import { seoulDay } from './seoul-day.ts';
import { emptyDesk } from './state.ts';

const id = 'a' as OrderId;
const at = openedAt.toString();
const rows = [aRow('7'), aRow('8')];

test('INV-03 an order settled under its first number keeps its own terms, and is rejected where the row is', () => {
  const { state } = escalated();
  const settled = (isRejected: boolean) => apply(state, found({ quantity: quantity(9), isRejected })).orders.get(id);

  const { legs, price, quantity: size } = settled(false) ?? {};
  assert.deepEqual([price, size, legs?.map((leg) => leg.quantity)], [70_000, 10, [10]]);
  assert.deepEqual([settled(false)?.state, settled(true)?.state], ['acked', 'rejected']);
});

test('INV-03 an order settled under its amendment has its terms for what is left, under the old number its own', () => {
  const desk = new DeskInHand().acked('a').at(1_000);
  const { state } = desk.inquire([aRow('a', { filled: quantity(1) })]);
  const under = (number: string) =>
    apply(state, found({ brokerOrderId: number as BrokerOrderId, quantity: quantity(5) })).orders.get(id);

  const [amended, known] = [under('b'), under('a')];
  assert.deepEqual([amended?.price, amended?.quantity, amended?.state], [69_900, 6, 'partially-filled']);
  assert.deepEqual(
    amended?.legs.map((leg) => [leg.brokerOrderId, leg.quantity]),
    [
      ['a', 10],
      ['b', 5],
    ],
  );
  assert.deepEqual([known?.price, known?.quantity, known?.legs.length], [70_000, 10, 1]);
  const refused = apply(state, found({ brokerOrderId: 'a' as BrokerOrderId, isRejected: true }));
  assert.equal(refused.orders.get(id)?.state, 'partially-filled', 'the broker had taken it before');
});

const others: readonly (readonly [string, Partial<BrokerOrder>])[] = [
  ['was refused', { isRejected: true }],
  ['is a cancel', { isCancel: true }],
  ['changes another order', { originalId: 'z' as BrokerOrderId }],
  ['has another price', { price: won(69_800) }],
  ['has another quantity', { quantity: quantity(9) }],
];
for (const [name, change] of others) {
  test(`INV-02 an order is not settled under an amendment that ${name}`, () => {
    const desk = doubtful();

    const list = [aRow('a'), anAmendment('2', change)];
    assert.throws(() => settle(desk, '2', list), { code: 'order.settle-refused' });
  });
}

test('INV-03 an order whose amendments are all of other terms may be gone, and nobody waits for what it had a number of', () => {
  const desk = doubtful();

  settle(desk, null, [anAmendment('2', { price: won(69_800) })]);

  assert.equal(desk.order('a').state, 'cancelled');
});

test('INV-06 a row that could be the order stands against its absence however long ago it was sent', () => {
  const desk = escalated().at(90_000);

  assert.throws(() => settle(desk, null, rows), /number 7 at the broker could be it/);
});

test('INV-06 in a market ten times as fast the broker has ten times as long to show the order', () => {
  const desk = new DeskInHand(10).submit('a').placed('a', lost).at(1_000).inquire(rows);

  assert.throws(() => settle(desk.at(299_999), null, []), /it was sent 300 s ago/);
  settle(desk.at(300_000), null, []);
  assert.equal(desk.order('a').state, 'confirmed-absent');
});

test('inDoubt() counts a lost amendment until it waits for a person', () => {
  const lostOne = anAmending();
  const idsOf = (desk: DeskInHand): readonly string[] => inDoubt(desk.state).map((order) => order.orderId);

  assert.deepEqual([idsOf(lostOne), idsOf(doubtful())], [['a'], []]);
  assert.deepEqual(idsOf(new DeskInHand().acked('a')), []);
});

test('handle() writes an alert that is new, and nothing for one that is known', () => {
  const settings = { quietWindowMs: 30_000, speed: 1 };
  const record = entry('alert.raised', { id: 'w-1', code: 'gateway-lost', by: 'watchdog', line: null, at });
  const written = (of: typeof record | null) =>
    handle(emptyDesk, { kind: 'alert', record: of }, { at, elapsedMs: 1 }, settings).records;

  assert.deepEqual([written(record), written(null)], [[record], []]);
});

test('seoulDay() knows the summer time of 1988, and the midnight of today', () => {
  const days = ['1988-07-01T14:30:00Z', '1988-12-01T14:30:00Z', '2026-03-02T14:59:59Z', '2026-03-02T15:00:00Z'];

  assert.deepEqual(days.map(seoulDay), [19_880_702, 19_881_201, 20_260_302, 20_260_303]);
});

function found(change: Partial<NonNullable<RecordBody<'order.settled'>['found']>>) {
  const row = { brokerOrderId: '7' as BrokerOrderId, forwardingOffice: '', price: won(69_900), isRejected: false };
  const body = { orderId: id, found: { ...row, quantity: quantity(10), ...change }, by: 'cli', at, elapsedMs: 1 };
  return entry('order.settled', body);
}

function settle(desk: DeskInHand, number: string | null, list: readonly BrokerOrder[]): void {
  desk.tell({ kind: 'settle', orderId: id, brokerOrderId: number as BrokerOrderId | null, rows: list, by: 'cli' });
}

function anAmendment(number: string, change: Partial<BrokerOrder> = {}): BrokerOrder {
  return aRow(number, { originalId: 'a' as BrokerOrderId, price: won(69_900), ...change });
}

/** A lost answer, and two rows that both could be the order. */
function escalated(): DeskInHand {
  return new DeskInHand().submit('a').placed('a', lost).at(1_000).inquire(rows);
}

/** Acknowledged, and the answer to its amendment lost. */
function anAmending(): DeskInHand {
  const change = { ...aRequest('a'), price: won(69_900) };
  const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
  const terms = { orderId: id, price: change.price, quantity: change.quantity };
  const desk = new DeskInHand().acked('a').tell({ kind: 'amend', ...terms, verdict });
  return desk.tell({ kind: 'amend-answered', ...terms, result: lost });
}

/** Two rows could be the amendment. */
function doubtful(): DeskInHand {
  return anAmending()
    .at(1_000)
    .inquire([aRow('a'), anAmendment('2'), anAmendment('3')]);
}
