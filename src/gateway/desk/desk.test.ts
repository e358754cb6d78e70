import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import {
  aDesk,
  aRow,
  accepted,
  amendment,
  anAcked,
  anUnknown,
  first,
  lost,
  Desk,
  type RowOptions,
} from './fixtures/desk-stage.ts';
import { decodeRecord } from './records.ts';

test('handle() takes an order with one place effect, after INTENT and SENDING', () => {
  const desk = aDesk();

  desk.submit(first);

  assert.deepEqual(
    desk.records.slice(-2).map((record) => record.kind),
    ['order.intent', 'order.sending'],
  );
  assert.deepEqual(
    desk.effects.map((effect) => effect.kind),
    ['inquire', 'place'],
  );
});

test('handle() takes no order before everything from before the start is resolved', () => {
  const desk = new Desk();
  desk.tell({ kind: 'started', build: '', environment: 'paper' });

  assert.throws(() => desk.submit(first), { code: 'gateway.resolving' });
});

test('a start ends what was never sent, and calls what was being sent unknown', () => {
  const desk = aDesk();
  desk.submit(first);

  desk.tell({ kind: 'started', build: '', environment: 'paper' });

  assert.equal(desk.order(first).state, 'unknown');
  assert.equal(desk.state.isResolved, false);
  desk.inquire([aRow({ id: '1' })]);
  assert.equal(desk.order(first).state, 'acked');
  assert.equal(desk.state.isResolved, true);
});

test('an unknown order is absent only after three complete inquiries spread over the quiet window', () => {
  const desk = anUnknown();

  desk.later(1_000).inquire([]);
  desk.later(1_000).inquire([]);
  desk.later(1_000).inquire([]);
  assert.equal(desk.order(first).state, 'unknown', 'three, but too close together');
  desk.later(60_000).inquireInVain();
  assert.equal(desk.order(first).state, 'unknown', 'an incomplete inquiry proves nothing');

  desk.inquire([]);
  assert.equal(desk.order(first).state, 'confirmed-absent');
});

test('two complete inquiries are never enough, however far apart', () => {
  const desk = anUnknown();

  desk.later(100_000).inquire([]);
  desk.later(100_000).inquire([]);

  assert.equal(desk.order(first).state, 'unknown');
});

test('an unknown order is found by its terms within [sending − 2 s, time-out + 30 s]', () => {
  const cases: readonly (readonly [string, Partial<RowOptions>, string])[] = [
    ['same terms', {}, 'acked'],
    ['2 s before', { afterMs: -2_000 }, 'acked'],
    ['3 s before', { afterMs: -3_000 }, 'unknown'],
    ['30 s after the time-out', { afterMs: 40_000 }, 'acked'],
    ['31 s after the time-out', { afterMs: 41_000 }, 'unknown'],
    ['another price', { price: 70_100 }, 'unknown'],
    ['another quantity', { quantity: 9 }, 'unknown'],
    ['the other side', { side: 'sell' }, 'unknown'],
    ['another instrument', { symbol: '000660' }, 'unknown'],
    ['a cancel', { isCancel: true }, 'unknown'],
    ['rejected', { isRejected: true }, 'rejected'],
  ];
  for (const [name, options, state] of cases) {
    const desk = anUnknown();
    desk.later(50_000).inquire([aRow({ id: '7', ...options })]);
    assert.equal(desk.order(first).state, state, name);
  }
});

test('several candidates are a person´s matter, and the lane stays closed', () => {
  const desk = anUnknown();

  desk.inquire([aRow({ id: '1' }), aRow({ id: '2' })]);

  assert.equal(desk.order(first).state, 'escalated');
  assert.equal(desk.state.foreign.size, 0, 'neither is called foreign');
  assert.deepEqual(
    desk.state.incidents.map((incident) => incident.code),
    ['order-escalated'],
  );
});

test('an order that appears after it was called absent is foreign, and halts', () => {
  const desk = anUnknown();
  for (let count = 0; count < 4; count += 1) desk.later(20_000).inquire([]);
  assert.equal(desk.order(first).state, 'confirmed-absent');

  desk.inquire([aRow({ id: '9' })]);

  assert.equal(desk.state.halted?.by, 'rule N02');
  assert.equal(desk.state.foreign.size, 1);
});

test('a second lost answer within ten minutes halts (N07)', () => {
  const desk = anUnknown();
  const second = 'second' as OrderId;
  desk.submit(second, '000660');
  desk.tell({ kind: 'placed', orderId: second, result: lost });

  assert.equal(desk.state.halted?.by, 'rule N07');
});

test('a fill told twice counts once', () => {
  const desk = anAcked();

  desk.fill(4);
  desk.fill(4);

  assert.equal(desk.order(first).filled, 4);
});

test('a fill learned from the list is not counted again when its push comes late', () => {
  const desk = anAcked();

  desk.inquire([aRow({ id: '1', filled: 4 })]);
  desk.fill(4);

  assert.equal(desk.order(first).filled, 4);
  desk.later(5_000).fill(6);
  assert.equal(desk.order(first).state, 'filled');
});

test('a push that was lost is made up for by the list, in shares and value', () => {
  const desk = anAcked();
  desk.fill(4);

  desk.inquire([aRow({ id: '1', filled: 10 })]);

  assert.deepEqual([desk.order(first).state, desk.order(first).filledValue], ['filled', 700_000]);
});

test('a push for more shares than are left is an incident and counts for nothing', () => {
  const desk = anAcked();

  desk.fill(11);

  assert.equal(desk.order(first).filled, 0);
  assert.equal(desk.state.incidents.at(-1)?.code, 'fill-excess');
});

test('a cancel is over when the list shows nothing left; fills learned of later still count', () => {
  const desk = anAcked();
  desk.tell({ kind: 'cancel', orderId: first, by: 'web' });

  desk.inquire([aRow({ id: '1', filled: 3, remaining: 0 })]);

  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['cancelled', 3]);
  desk.inquire([aRow({ id: '1', filled: 5, remaining: 0 })]);
  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['cancelled', 5]);
});

test('a cancel without effect is asked for again, five times at most, then reported', () => {
  const desk = anAcked();
  desk.tell({ kind: 'cancel', orderId: first, by: 'web' });
  for (let count = 0; count < 10; count += 1) {
    desk.tell({ kind: 'cancel-answered', orderId: first, result: lost });
    desk.later(10_000).inquire([aRow({ id: '1' })]);
  }

  assert.equal(desk.effects.filter((effect) => effect.kind === 'cancel').length, 5);
  assert.equal(desk.state.incidents.filter((incident) => incident.code === 'cancel-failed').length, 1);
});

test('an order whose answer comes after the halt is cancelled as soon as it has a number', () => {
  const desk = aDesk();
  desk.submit(first);
  desk.tell({ kind: 'halt', by: 'web', reason: 'test' });

  desk.tell({ kind: 'placed', orderId: first, result: accepted('1') });

  assert.equal(desk.effects.at(-2)?.kind, 'cancel');
});

test('an accepted amendment moves the order to its new number and keeps what had filled', () => {
  const desk = anAcked();
  desk.fill(4);
  desk.tell(amendment(first, 5));
  desk.tell({
    kind: 'amend-answered',
    orderId: first,
    price: won(69_900),
    quantity: quantity(5),
    result: accepted('2'),
  });

  assert.deepEqual([desk.order(first).quantity, desk.order(first).price], [9, 69_900]);
  desk.inquire([aRow({ id: '1', filled: 4, remaining: 0 }), aRow({ id: '2', original: '1', quantity: 5, filled: 5 })]);
  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['filled', 9]);
});

test('a lost amendment closes the lane until the list shows it', () => {
  const desk = anAcked();
  desk.tell(amendment(first, 5));
  desk.tell({ kind: 'amend-answered', orderId: first, price: won(69_900), quantity: quantity(5), result: lost });
  assert.equal(desk.order(first).amend?.phase, 'unknown');

  desk.later(1_000).inquire([aRow({ id: '1', remaining: 0 }), aRow({ id: '2', original: '1', quantity: 5 })]);

  assert.deepEqual(
    [desk.order(first).amend, desk.order(first).legs.length, desk.order(first).state],
    [null, 2, 'acked'],
  );
});

test('what is left at the end of the day expires', () => {
  const desk = anAcked();
  desk.fill(4);

  desk.inquire([aRow({ id: '1', filled: 4 })], true);

  assert.deepEqual([desk.order(first).state, desk.order(first).filled], ['expired', 4]);
});

test('decodeRecord() refuses a kind, a field and a value that this build does not know', () => {
  const bodies = ['{"at":"2026-03-02T01:00:00Z","by":"web","more":1}', '{"at":"yesterday","by":"web"}', '{'];
  for (const body of bodies) {
    assert.throws(() => decodeRecord({ sequence: 1, kind: 'resume', body }), { code: 'journal.unreadable' });
  }
  assert.throws(() => decodeRecord({ sequence: 1, kind: 'toString', body: '{}' }), { code: 'journal.unreadable' });
});
