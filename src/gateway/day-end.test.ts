import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoul } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { isDayOver } from './day-end.ts';
import { apply } from './desk/apply.ts';
import { entry } from './desk/records.ts';
import { emptyDesk, type DeskOrder } from './desk/state.ts';

function at(time: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(`2026-11-20T${time}`).toZonedDateTime(seoul).toInstant();
}

function anOrder(change: Partial<Pick<OrderRequest, 'venue' | 'session'>>): DeskOrder {
  const orderId = 'o-1' as OrderId;
  const request = {
    requestId: 'r-1',
    requester: { kind: 'strategy', name: 'test' } as const,
    instrument: 'KRX:005930' as const,
    side: 'buy' as const,
    type: 'limit' as const,
    timeInForce: 'day' as const,
    quantity: quantity(1),
    price: won(70_000),
    reason: '',
    ...change,
  };
  const record = entry('order.intent', { orderId, request, checks: [], at: at('09:30').toString() });
  const order = apply(emptyDesk, record).orders.get(orderId);
  assert.ok(order);
  return { ...order, state: 'acked' };
}

function overAt(time: string, ...orders: readonly DeskOrder[]): boolean {
  return isDayOver(2026_11_20, at(time), orders);
}

test('isDayOver() ends an ordinary day a minute after the close, with or without regular orders', () => {
  for (const orders of [[], [anOrder({})], [anOrder({ venue: 'NXT' })], [anOrder({ venue: 'SOR' })]]) {
    assert.deepEqual([overAt('15:30:59.999', ...orders), overAt('15:31', ...orders)], [false, true]);
  }
});

test('isDayOver() waits for the session that an open order is for', () => {
  const evening = anOrder({ session: 'after-market' });

  assert.deepEqual(
    [overAt('15:31', evening), overAt('20:00:59', evening), overAt('20:01', evening)],
    [false, false, true],
  );
  assert.equal(overAt('16:00:59', anOrder({ session: 'after-hours-close' })), false);
  assert.equal(overAt('19:00', anOrder({ venue: 'NXT', session: 'after-market' })), false);
  assert.equal(overAt('15:31', { ...evening, state: 'filled' }), true);
  assert.equal(overAt('15:31', { ...evening, date: 2026_11_19 }), true);
});

test('isDayOver() does not end today for an order whose session nobody knows, and ends every earlier day', () => {
  const impossible = anOrder({ venue: 'SOR', session: 'pre-market' });

  assert.equal(overAt('23:59', impossible), false);
  assert.equal(isDayOver(2026_11_19, at('00:00'), [impossible]), true);
  assert.equal(isDayOver(2026_11_21, at('23:59'), []), false);
});
