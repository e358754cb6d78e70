import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrokerOrderId, OrderId } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aRequest, aRow, DeskInHand, lost, openedAt, openedOn } from '../../../tests/support/desk-in-hand.ts';
import { apply, fold } from './apply.ts';
import { entry, type DeskRecord } from './records.ts';
import { emptyDesk, findOrder, type DeskState } from './state.ts';

const dayMs = 24 * 3_600_000;
const at = openedAt.toString();

test('the first order of a new day sends what is over to the archive, and what is open stays', () => {
  const desk = new DeskInHand().acked('over').inquire([aRow('over', { remaining: quantity(0) })]);
  desk.acked('open', { instrument: instrumentId('000660') });

  desk.at(dayMs).submit('next', { instrument: instrumentId('035720') });

  assert.deepEqual([...desk.state.orders.keys()], ['open', 'next']);
  assert.deepEqual([...(desk.state.archive[0]?.orders.keys() ?? [])], ['over']);
  assert.equal(desk.state.archive[0]?.date, openedOn);
  assert.deepEqual([...desk.state.requestKeys.values()], ['open', 'next']);
  assert.equal(findOrder(desk.state, 'over' as OrderId)?.state, 'cancelled');
});

test('INV-02 a request of an earlier day is still the first order, and refused with other values', () => {
  const desk = new DeskInHand().acked('over').inquire([aRow('over', { remaining: quantity(0) })]);
  desk.at(dayMs).acked('next', { instrument: instrumentId('000660') });

  desk.submit('again', { requestId: 'request of over' });
  assert.deepEqual([desk.recordKinds, desk.effectKinds], [[], []]);
  assert.throws(() => desk.submit('again', { requestId: 'request of over', price: won(1) }), {
    code: 'order.request-id-reused',
  });
});

test('an order of the archive is not foreign on its own day', () => {
  const desk = new DeskInHand().acked('1').inquire([aRow('1', { remaining: quantity(0) })]);
  desk.at(dayMs).acked('2', { instrument: instrumentId('000660') });

  desk.inquire([aRow('1', { remaining: quantity(0) })], desk.nowMs, { date: openedOn });
  assert.deepEqual(desk.recordKinds, []);

  desk.inquire([aRow('3')], desk.nowMs, { date: openedOn });
  assert.equal(desk.state.halted?.by, 'rule N02');
});

test('a day without an order leaves nothing in the archive, and what was foreign yesterday is not today', () => {
  const desk = new DeskInHand().inquire([aRow('9')]);
  assert.equal(desk.state.foreign.size, 1);

  desk.tell({ kind: 'resume', by: 'web' }).at(dayMs).acked('next');

  assert.deepEqual(desk.state.archive, []);
  assert.equal(desk.state.foreign.size, 0);
});

test('INV-40 the archive keeps the orders of thirty days, and every request for ever', () => {
  const state = daysOf(33);

  const withOrders = state.archive.filter((day) => day.orders.size > 0).length;
  assert.deepEqual([state.archive.length, withOrders], [32, 30]);
  assert.ok(state.archive.every((day) => day.requestKeys.size === 1));
});

test('INV-40 one hundred incidents are kept, the newest', () => {
  const incidents = Array.from({ length: 101 }, (_, index) =>
    entry('incident', { code: 'x', detail: String(index), brokerOrderId: null, at }),
  );

  const { incidents: kept } = fold(incidents, emptyDesk);

  assert.deepEqual([kept.length, kept[0]?.detail, kept.at(-1)?.detail], [100, '1', '100']);
});

test('INV-40 an order keeps two hundred lines of its life, the first among them', () => {
  const orderId = 'a' as OrderId;
  const desk = new DeskInHand().submit('a').placed('a', lost);
  const before = desk.order('a').steps.length;
  const inquiry = entry('order.inquiry', { orderId, candidates: 0, sentElapsedMs: 1, answeredElapsedMs: 1, at });

  const full = fold(times(200 - before, inquiry), desk.state).orders.get(orderId);
  const over = fold(times(201 - before, inquiry), desk.state).orders.get(orderId);

  assert.deepEqual([full?.steps.length, full?.steps[1]?.kind], [200, 'approved']);
  assert.deepEqual([over?.steps.length, over?.steps[0]?.kind, over?.steps[1]?.kind], [200, 'intent', 'sending']);
});

test('INV-40 an order remembers five hundred pushes, and takes the same one once', () => {
  const desk = new DeskInHand().acked('a', { quantity: quantity(1_000) });
  for (let index = 0; index < 501; index += 1) push(desk, index);
  assert.equal(desk.order('a').filled, 501);
  assert.equal(desk.order('a').legs[0]?.noticeKeys.length, 500);

  push(desk, 1);
  assert.equal(desk.order('a').filled, 501, 'the oldest that is remembered');
});

test('cancels of the day are those that somebody asked for: none of a halt, no second attempt', () => {
  const orderId = 'a' as OrderId;
  const asked = (by: string, attempt: number) =>
    apply(new DeskInHand().acked('a').state, entry('order.cancel-requested', { orderId, by, attempt, at })).cancelsOfDay
      .length;

  assert.deepEqual([asked('web', 1), asked('web', 2), asked('halt', 1)], [1, 0, 0]);
});

test('a start begins its real times anew, leaves what is over as it is and asks for a number of none', () => {
  const desk = new DeskInHand()
    .at(5_000)
    .acked('open')
    .submit('lost', { instrument: instrumentId('000660') });
  desk.placed('lost', lost).inquire([aRow('open')], 6_000);
  desk.tell({ kind: 'cancel', orderId: 'open' as OrderId, by: 'web' });

  desk.tell({ kind: 'started', build: '', environment: 'paper' });

  assert.equal(desk.state.isResolved, false);
  assert.deepEqual(desk.state.lostAnswers, []);
  assert.equal(desk.order('open').ackedElapsedMs, 0);
  assert.deepEqual(desk.order('open').cancel, { phase: 'answered', attempts: 1, answeredElapsedMs: 0 });
  const { inquiries, firstAnsweredElapsedMs, sinceElapsedMs } = desk.order('lost').doubt ?? {};
  assert.deepEqual([inquiries, firstAnsweredElapsedMs, sinceElapsedMs], [0, null, 0]);
});

test('a lost answer of our own crash is not the broker´s, and counts for no halt', () => {
  const orderId = 'a' as OrderId;
  const desk = new DeskInHand().submit('a');
  const unknown = (isOurCrash: boolean) =>
    apply(desk.state, entry('order.unknown', { orderId, cause: 'x', isOurCrash, at, elapsedMs: 1 })).lostAnswers.length;

  assert.deepEqual([unknown(true), unknown(false)], [0, 1]);
});

test('a halt marks what is open for its cancel and nothing that is over, and the first halt stays', () => {
  const desk = new DeskInHand()
    .acked('over')
    .inquire([aRow('over', { remaining: quantity(0) })])
    .acked('open');

  desk.tell({ kind: 'halt', by: 'web', reason: 'first' }).tell({ kind: 'halt', by: 'cli', reason: 'second' });

  assert.deepEqual([desk.order('over').mustCancel, desk.order('open').mustCancel], [false, true]);
  assert.equal(desk.state.halted?.reason, 'first');
});

test('at the end of the day what works and what a person must decide expires; what is unknown does not', () => {
  const desk = new DeskInHand().acked('works').submit('asked', { instrument: instrumentId('000660') });
  desk
    .placed('asked', lost)
    .inquire([aRow('works'), ...['1', '2'].map((number) => aRow(number, { instrument: instrumentId('000660') }))]);
  assert.equal(desk.order('asked').state, 'escalated');

  desk.submit('lost', { instrument: instrumentId('035720') }).placed('lost', lost);
  desk.inquire([aRow('works')], desk.nowMs, { isDayOver: true });

  const states = ['works', 'asked', 'lost'].map((id) => desk.order(id).state);
  assert.deepEqual(states, ['expired', 'expired', 'unknown']);
});

function times(length: number, record: DeskRecord): readonly DeskRecord[] {
  return Array.from({ length }, () => record);
}

/** One order a day, rejected, so that it is over. */
function daysOf(count: number): DeskState {
  const desk = new DeskInHand();
  for (let day = 0; day < count; day += 1) {
    const id = String(day);
    const rejection = { kind: 'rejected', code: 'X', reason: 'unmapped', message: '' } as const;
    desk
      .at(day * dayMs)
      .submit(id, { requestId: aRequest(id).requestId })
      .placed(id, rejection);
  }
  return desk.state;
}

function push(desk: DeskInHand, index: number): void {
  const fill = { brokerOrderId: 'a' as BrokerOrderId, instrument: instrumentId('005930'), side: 'buy' } as const;
  const filled = { ...fill, price: won(70_000), quantity: quantity(1), at: openedAt.add({ milliseconds: index }) };
  desk.tell({ kind: 'notice', notice: { kind: 'filled', fill: filled } });
}
