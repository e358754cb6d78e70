import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { BrokerOrderId, OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { accepted, aRequest, aRow, DeskInHand, lost, openedAt } from '../../../tests/support/desk-in-hand.ts';
import { apply } from './apply.ts';
import { entry, type RecordBody } from './records.ts';
import { checkRow } from './requests.ts';

const id = 'a' as OrderId;

test('INV-02 a request that comes again is the first order, also with the usual venue and session said aloud', () => {
  const desk = new DeskInHand().acked('a');
  const again = (change: Partial<OrderRequest>) => desk.submit('b', { requestId: 'request of a', ...change });

  again({});
  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], []]);
  again({ venue: 'KRX', session: 'regular' });
  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], []]);
  assert.equal(desk.state.orders.size, 1);
});

const others: readonly (readonly [string, Partial<OrderRequest>])[] = [
  ['instrument', { instrument: instrumentId('000660') }],
  ['side', { side: 'sell' }],
  ['type', { type: 'market' }],
  ['time in force', { timeInForce: 'ioc' }],
  ['quantity', { quantity: quantity(11) }],
  ['price', { price: won(70_100) }],
  ['venue', { venue: 'NXT' }],
  ['session', { session: 'pre-hours-close' }],
  ['stop price', { stopPrice: won(69_000) }],
];
for (const [name, change] of others) {
  test(`INV-02 a request id is refused with another ${name}`, () => {
    const desk = new DeskInHand().acked('a');

    assert.throws(() => desk.submit('b', { requestId: 'request of a', ...change }), {
      code: 'order.request-id-reused',
    });
  });
}

test('the same request id of another requester is another order', () => {
  const desk = new DeskInHand().acked('a');

  desk.submit('b', { requestId: 'request of a', requester: { kind: 'strategy', name: 'other' } });
  desk.submit('c', { requestId: 'request of a', requester: { kind: 'person', via: 'cli' } });

  assert.equal(desk.state.orders.size, 3);
});

test('a cancel goes out once while it is under way, and again when its answer came without effect', () => {
  const desk = new DeskInHand().acked('a');

  desk.tell({ kind: 'cancel', orderId: id, by: 'web' });
  assert.deepEqual(desk.effectKinds, ['cancel', 'inquire']);
  desk.tell({ kind: 'cancel', orderId: id, by: 'web' });
  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], []]);
  desk.tell({ kind: 'cancel-answered', orderId: id, result: accepted('c') });
  assert.deepEqual(desk.effectKinds, ['inquire']);
  desk.tell({ kind: 'cancel', orderId: id, by: 'web' });
  assert.deepEqual(desk.effectKinds, ['cancel', 'inquire']);
});

test('a cancel of what is over does nothing, of what is in doubt is refused, of what is not there too', () => {
  const over = new DeskInHand().acked('a').inquire([aRow('a', { remaining: quantity(0) })]);
  assert.equal(over.order('a').state, 'cancelled');
  over.tell({ kind: 'cancel', orderId: id, by: 'web' });
  assert.deepEqual([over.recordKinds, over.effectKinds], [[], []]);

  const doubtful = new DeskInHand().submit('a').placed('a', lost);
  assert.throws(() => doubtful.tell({ kind: 'cancel', orderId: id, by: 'web' }), { code: 'order.in-doubt' });
  assert.throws(() => doubtful.tell({ kind: 'cancel', orderId: 'z' as OrderId, by: 'web' }), {
    code: 'order.not-found',
  });
});

test('an amendment goes out with both prices and quantities, and no second beside it', () => {
  const desk = new DeskInHand().acked('a');

  amend(desk);

  assert.deepEqual(desk.recordKinds, ['order.amend-requested']);
  assert.deepEqual(desk.effectKinds, ['amend']);
  assert.throws(() => amend(desk), { code: 'order.in-doubt' });
});

test('an amendment is refused while a cancel is under way, in doubt, when all is over, and by the guard', () => {
  const cancelling = new DeskInHand().acked('a').tell({ kind: 'cancel', orderId: id, by: 'web' });
  assert.throws(() => amend(cancelling), { code: 'order.in-doubt' });

  const doubtful = new DeskInHand().submit('a').placed('a', lost);
  assert.throws(() => amend(doubtful), { code: 'order.in-doubt' });

  const over = new DeskInHand().acked('a').inquire([aRow('a', { remaining: quantity(0) })]);
  assert.throws(() => amend(over), { code: 'order.not-amendable' });

  const denial = { code: 'cash', actual: 1, limit: 0, unit: 'won', passed: false } as const;
  const verdict = () => ({ kind: 'denied', denials: [denial], checks: [denial] }) as const;
  const working = new DeskInHand().acked('a');
  assert.throws(
    () => working.tell({ kind: 'amend', orderId: id, price: won(1), quantity: quantity(1), verdict }),
    /guard said no \(cash\)/,
  );
  assert.equal(working.order('a').amend, null);
});

test('a lost amendment closes the lane for the next one until it is settled', () => {
  const desk = new DeskInHand().acked('a');
  amend(desk);

  desk.tell({ kind: 'amend-answered', orderId: id, price: won(69_900), quantity: quantity(10), result: lost });

  assert.equal(desk.order('a').amend?.phase, 'unknown');
  assert.deepEqual(desk.effectKinds, ['inquire']);
  assert.throws(() => amend(desk), { code: 'order.in-doubt' });
});

for (const [name, change, legs] of [
  ['accepted', {}, ['a', 'b']],
  ['accepted without a number', { brokerOrderId: null }, ['a']],
  ['rejected', { outcome: 'rejected' }, ['a']],
  ['not sent', { outcome: 'not-sent', brokerOrderId: null }, ['a']],
] as const) {
  test(`an amendment that was ${name} leaves the order with the numbers ${legs.join(' and ')}, and no longer under way`, () => {
    const desk = new DeskInHand().acked('a');
    amend(desk);

    const settled = apply(desk.state, amended(change)).orders.get(id);

    assert.deepEqual(
      settled?.legs.map((leg) => leg.brokerOrderId),
      legs,
    );
    assert.equal(settled?.amend, null);
  });
}

test('an amendment accepted after the order was over gives it no number', () => {
  const desk = new DeskInHand().acked('a').inquire([aRow('a', { remaining: quantity(0) })]);

  assert.equal(apply(desk.state, amended({})).orders.get(id)?.legs.length, 1);
});

test('an answer to an amendment that nobody waits for changes nothing', () => {
  const desk = new DeskInHand().acked('a');

  desk.tell({ kind: 'amend-answered', orderId: id, price: won(1), quantity: quantity(1), result: accepted('9') });

  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], []]);
});

test('a person who asks reopens an escalated order without a number, and no other', () => {
  const desk = new DeskInHand()
    .submit('a')
    .placed('a', lost)
    .inquire([aRow('1'), aRow('2')]);
  assert.equal(desk.order('a').state, 'escalated');

  desk.tell({ kind: 'find', orderId: id });

  assert.equal(desk.order('a').state, 'unknown');
  assert.equal(desk.order('a').doubt?.sinceElapsedMs, 0, 'every list of this run counts');
  assert.deepEqual(desk.effectKinds, ['inquire']);

  const working = new DeskInHand().acked('a').tell({ kind: 'find', orderId: id });
  assert.deepEqual([working.recordKinds, working.effectKinds], [[], ['inquire']]);
});

test('an escalated order that has a number is not looked for from the beginning', () => {
  const desk = new DeskInHand().acked('a');
  desk.at(1_000).inquire([]).at(20_000).inquire([]).at(31_000).inquire([]);
  assert.equal(desk.order('a').state, 'escalated');

  desk.tell({ kind: 'find', orderId: id });

  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], ['inquire']]);
});

test('checkRow() writes a missing number as null and every other as it is', () => {
  const check = { code: 'cash', unit: 'won', passed: false } as const;

  assert.deepEqual(checkRow({ ...check, actual: Number.NaN, limit: Infinity }), {
    ...check,
    actual: null,
    limit: null,
  });
  assert.deepEqual(checkRow({ ...check, actual: 0, limit: -5 }), { ...check, actual: 0, limit: -5 });
});

test('an answer that comes after the list had the order already changes nothing', () => {
  const desk = new DeskInHand()
    .submit('a')
    .placed('a', lost)
    .inquire([aRow('1')]);
  assert.equal(desk.order('a').state, 'acked');

  desk.placed('a', lost);

  assert.deepEqual([desk.recordKinds, desk.order('a').state], [[], 'acked']);
});

function amended(change: Partial<RecordBody<'order.amend-answered'>>) {
  const answer = { orderId: id, outcome: 'accepted', brokerOrderId: 'b' as BrokerOrderId, detail: '' } as const;
  const terms = { forwardingOffice: '', price: won(69_900), quantity: quantity(10) };
  return entry('order.amend-answered', { ...answer, ...terms, at: openedAt.toString(), elapsedMs: 1, ...change });
}

function amend(desk: DeskInHand): void {
  const change = { ...aRequest('a'), price: won(69_900) };
  const verdict = () => ({ kind: 'approved', order: approve(change), checks: [] }) as const;
  desk.tell({ kind: 'amend', orderId: id, price: change.price, quantity: change.quantity, verdict });
}
