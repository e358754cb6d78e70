import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { PlaceResult } from '#brokers/broker.ts';
import type { OrderId } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { DeskEvent } from './events.ts';
import {
  aDesk,
  aFill,
  aRow,
  accepted,
  amendment,
  anInquiry,
  first,
  openedAt,
  submission,
} from './fixtures/desk-stage.ts';

test('whatever happens in whatever order: one sending an order, no more filled than ordered, and a replay is the same', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (steps) => {
      const desk = aDesk();
      for (const step of steps) desk.later(step.waitMs).attempt(step.event);

      const places = desk.effects.flatMap((effect) => (effect.kind === 'place' ? [effect.orderId] : []));
      assert.equal(new Set(places).size, places.length, 'an order was sent twice');
      for (const order of desk.state.orders.values()) {
        assert.ok(order.filled <= order.quantity, 'more filled than ordered');
        assert.equal(
          order.filled,
          order.legs.reduce((sum, leg) => sum + leg.filled, 0),
          'fills of the legs',
        );
        for (const leg of order.legs)
          assert.ok(leg.filled <= leg.quantity && leg.ahead >= 0 && leg.ahead <= leg.filled);
      }
      assert.deepEqual(desk.replayed(), desk.state);
    }),
    { numRuns: 300 },
  );
});

const ids = ['first', 'second', 'third'] as OrderId[];
const anyId = fc.constantFrom(...ids);
const anyResult = fc.constantFrom<PlaceResult>(
  accepted('1'),
  accepted('2'),
  { kind: 'rejected', code: 'X', reason: 'unmapped', message: '' },
  { kind: 'not-sent', cause: '' },
  { kind: 'unknown', sentAt: openedAt, cause: '' },
);
const anyRow = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    filled: fc.nat(12),
    remaining: fc.nat(10),
    original: fc.constantFrom(undefined, '1'),
    isCancel: fc.boolean(),
    isRejected: fc.boolean(),
    quantity: fc.constantFrom(5, 10),
  })
  .map(aRow);
const anyEvent = fc.record({
  waitMs: fc.constantFrom(0, 100, 2_000, 30_000),
  event: fc.oneof(
    anyId.map((orderId) => submission(orderId)),
    fc.record({ kind: fc.constant('placed' as const), orderId: anyId, result: anyResult }),
    fc.record({ kind: fc.constant('cancel' as const), orderId: anyId, by: fc.constant('web') }),
    fc.record({ kind: fc.constant('cancel-answered' as const), orderId: anyId, result: anyResult }),
    anyId.map((orderId) => amendment(orderId, 5)),
    fc.record({
      kind: fc.constant('amend-answered' as const),
      orderId: anyId,
      price: fc.constant(won(69_900)),
      quantity: fc.constant(quantity(5)),
      result: anyResult,
    }),
    fc
      .record({ id: fc.constantFrom('1', '2'), shares: fc.integer({ min: 1, max: 12 }) })
      .map(({ id, shares }) => aFill(id, shares, openedAt)),
    fc.array(anyRow, { maxLength: 3 }).map((rows) => anInquiry(rows, false)),
    fc.constantFrom<DeskEvent>(
      { kind: 'started', build: '', environment: 'paper' },
      { kind: 'halt', by: 'web', reason: '' },
      { kind: 'resume', by: 'web' },
      { kind: 'find', orderId: ids[0] ?? first },
      anInquiry([], true),
    ),
  ),
});
