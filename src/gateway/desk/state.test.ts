import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aRequest, aRow, DeskInHand, openedAt } from '../../../tests/support/desk-in-hand.ts';
import { apply, fold } from './apply.ts';
import { handle } from './desk.ts';
import { workingOrder } from './draft.ts';
import { entry } from './records.ts';
import { emptyDesk, findOrder, requestKey } from './state.ts';

const id = 'a' as OrderId;
const at = openedAt.toString();
const dayMs = 24 * 3_600_000;

test('INV-03 a desk that was never started takes no order', () => {
  const verdict = () => assert.fail('judged');
  const submit = { kind: 'submit', orderId: id, request: aRequest('a'), verdict } as const;

  assert.throws(() => handle(emptyDesk, submit, { at, elapsedMs: 1 }, { quietWindowMs: 30_000, speed: 1 }), {
    code: 'gateway.resolving',
  });
});

test('findOrder() looks into every day of the archive', () => {
  const desk = new DeskInHand();
  for (const [day, number] of ['1', '2', '3'].entries()) {
    const date = 20_260_302 + day;
    const row = aRow(number, { remaining: quantity(0), orderedAt: openedAt.add({ milliseconds: day * dayMs }) });
    desk
      .at(day * dayMs)
      .acked(number)
      .inquire([row], desk.nowMs, { date });
  }

  assert.deepEqual(
    desk.state.archive.map((day) => [...day.orders.keys()]),
    [['1'], ['2']],
  );
  assert.deepEqual(
    ['1', '2', '3'].map((each) => findOrder(desk.state, each as OrderId)?.orderId),
    ['1', '2', '3'],
  );
});

test('INV-02 requestKey() tells strategies, and persons by their way, apart', () => {
  const requesters = [
    { kind: 'strategy', name: 'web' },
    { kind: 'strategy', name: 'other' },
    { kind: 'person', via: 'web' },
    { kind: 'person', via: 'cli' },
  ] as const;

  const keys = requesters.map((requester) => requestKey(aRequest('a', { requester })));

  assert.equal(new Set(keys).size, requesters.length);
});

test('an order on record is an intent or refused, and its timeline says which', () => {
  const body = { orderId: id, request: aRequest('a'), checks: [], at };
  const of = (kind: 'order.intent' | 'order.denied') => apply(emptyDesk, entry(kind, body)).orders.get(id);

  assert.deepEqual([of('order.intent')?.state, of('order.intent')?.steps.at(-1)?.kind], ['intent', 'approved']);
  assert.deepEqual([of('order.denied')?.state, of('order.denied')?.steps.at(-1)?.kind], ['denied', 'denied']);
  assert.equal(of('order.intent')?.ackedElapsedMs, 0);
});

test('INV-08 declarations and declared orders end with their day', () => {
  const terms = { instrument: instrumentId('005930'), side: 'buy', quantity: quantity(10) } as const;
  const declared = (date: number) => entry('manual.declared', { ...terms, date, brokerOrderId: null, by: 'web', at });
  const adopted = (date: number, brokerOrderId: string) =>
    entry('manual.adopted', { ...terms, date, brokerOrderId: brokerOrderId as BrokerOrderId, at });
  const records = [20_260_302, 20_260_303].flatMap((date) => [declared(date), declared(date), adopted(date, '1')]);
  const desk = new DeskInHand();
  desk.state = fold(records, desk.state);

  desk.at(dayMs).submit('a');

  assert.deepEqual([...desk.state.manual.keys()], ['20260303/1']);
  assert.deepEqual(
    desk.state.declared.map((declaration) => declaration.date),
    [20_260_303],
  );
});

test('INV-08 only an incident about a foreign order with a number makes it known as foreign', () => {
  const incident = (code: string, number: string | null) =>
    apply(emptyDesk, entry('incident', { code, detail: '', brokerOrderId: number as BrokerOrderId | null, at }))
      .foreign;

  assert.deepEqual([...incident('foreign-order', '1')], ['20260302/1']);
  assert.deepEqual([incident('foreign-order', null).size, incident('other', '1').size], [0, 0]);
});

test('INV-40 twenty lost answers and twenty rejections are remembered, the newest', () => {
  const { state } = new DeskInHand().submit('a');
  const times = Array.from({ length: 21 }, (_, index) => index);
  const lost = times.map((elapsedMs) =>
    entry('order.unknown', { orderId: id, cause: '', isOurCrash: false, at, elapsedMs }),
  );
  const rejected = times.map((elapsedMs) =>
    entry('order.rejected', { orderId: id, code: 'X', detail: '', at, elapsedMs }),
  );

  assert.deepEqual(fold(lost, state).lostAnswers, times.slice(1));
  assert.deepEqual(fold(rejected, state).rejections, times.slice(1));
});

test('INV-09 a fill of a declared order that nobody adopted changes nothing', () => {
  const terms = { date: 20_260_302, instrument: instrumentId('005930'), side: 'buy', quantity: quantity(1) } as const;
  const costs = { value: won(1), fee: won(0), tax: won(0), at };

  const after = apply(emptyDesk, entry('manual.filled', { ...terms, ...costs, brokerOrderId: '1' as BrokerOrderId }));

  assert.deepEqual(after, { ...emptyDesk, sequence: 1 });
});

test('workingOrder() of a plain order says nothing of venue, session and stop price', () => {
  const keys = Object.keys(workingOrder(new DeskInHand().acked('a').order('a')) ?? {});

  assert.deepEqual(keys.toSorted(), ['brokerOrderId', 'forwardingOffice', 'instrument', 'side', 'timeInForce', 'type']);
  assert.equal(workingOrder(new DeskInHand().submit('a').order('a')), null);
});
