import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderId } from '#domain/order.ts';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';
import { accepted, aRequest, aRow, DeskInHand, openedAt } from '../../../tests/support/desk-in-hand.ts';
import { apply } from './apply.ts';
import type { DeskEvent } from './events.ts';
import { entry, type DeskRecord } from './records.ts';

const id = 'a' as OrderId;
const at = openedAt.toString();
const start: DeskEvent = { kind: 'started', build: '', environment: 'paper' };

test('INV-03 a start ends what never left as not sent, and has the broker asked', () => {
  const desk = aDeskWith([entry('order.intent', { orderId: id, request: aRequest('a'), checks: [], at })]);
  assert.equal(desk.order('a').state, 'intent');

  desk.tell(start);

  assert.deepEqual([desk.order('a').state, desk.effectKinds], ['not-sent', ['inquire']]);
});

test('N07 an order that was being sent at the crash is unknown and no lost answer of the broker´s', () => {
  const desk = new DeskInHand().submit('a').tell(start);

  assert.equal(desk.order('a').state, 'unknown');
  assert.deepEqual(desk.state.lostAnswers, []);
});

test('INV-04 an amendment that was being sent at the crash is unknown, and looked for in the list', () => {
  const desk = new DeskInHand().acked('a').acked('b', { instrument: instrumentId('000660') });
  const change = { price: won(69_900), quantity: quantity(10) };
  const verdict = () => ({ kind: 'approved', order: approve(aRequest('a')), checks: [] }) as const;
  desk.tell({ kind: 'amend', orderId: id, ...change, verdict });

  desk.tell(start);

  assert.deepEqual([desk.order('a').amend, desk.order('b').amend], [{ ...change, phase: 'unknown' }, null]);
  assert.equal(desk.order('a').doubt?.about, 'amending');
});

test('a start leaves what is over as it was, and begins the times of a working order anew', () => {
  const desk = new DeskInHand()
    .at(5_000)
    .acked('over')
    .inquire([aRow('over', { remaining: quantity(0) })]);
  desk.acked('a', { instrument: instrumentId('000660') }).tell(aPush());
  const over = desk.order('over');
  assert.equal(desk.order('a').legs[0]?.lastNoticeElapsedMs, 5_000);

  desk.tell(start);

  assert.deepEqual(desk.order('over'), over);
  assert.equal(desk.order('a').legs[0]?.lastNoticeElapsedMs, 0);
});

test('INV-13 a crash that kept a halt and not its cancels: the next list has what works withdrawn', () => {
  const desk = new DeskInHand().acked('a');
  desk.state = apply(desk.state, entry('halt', { by: 'web', reason: '', at }));

  desk
    .tell(start)
    .at(1_000)
    .inquire([aRow('a')]);

  assert.ok(desk.effectKinds.includes('cancel'));
});

test('a crash leaves an answered cancel answered, and the next list asks for it again', () => {
  const desk = new DeskInHand().acked('a').tell({ kind: 'cancel', orderId: id, by: 'web' });
  desk.tell({ kind: 'cancel-answered', orderId: id, result: accepted('c') }).tell(start);

  desk.at(3_001).inquire([aRow('a')]);

  assert.deepEqual(desk.effectKinds, ['cancel']);
});

function aDeskWith(records: readonly DeskRecord[]): DeskInHand {
  const desk = new DeskInHand();
  for (const record of records) desk.state = apply(desk.state, record);
  return desk;
}

function aPush(): DeskEvent {
  const fill = { brokerOrderId: 'a' as never, instrument: instrumentId('000660'), side: 'buy' } as const;
  const filled = { ...fill, price: won(70_000), quantity: quantity(1), at: openedAt };
  return { kind: 'notice', notice: { kind: 'filled', fill: filled } };
}
