import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { seoul } from '#domain/trading-date.ts';
import { won } from '#domain/won.ts';
import { starter } from '#guard/limits.ts';
import { plainPermits } from '#guard/permits.ts';
import { apply } from './desk/apply.ts';
import { entry } from './desk/records.ts';
import { emptyDesk, type DeskOrder } from './desk/state.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';
import { guardOrder, guardState, type GuardInputs } from './guard-state.ts';
import { QuoteTable } from './market/quote-table.ts';

function clockAt(time: string, isTrusted = true): GatewayClock {
  const now = Temporal.PlainDateTime.from(`2026-11-20T${time}`).toZonedDateTime(seoul).toInstant();
  return { now: () => now, elapsedMs: () => 0, speed: 1, isTrusted, observe: () => {} };
}

function inputs(clock: GatewayClock, change: Partial<GuardInputs> = {}): GuardInputs {
  return {
    environment: 'paper',
    clock,
    quotes: new QuoteTable(clock),
    limits: starter,
    tradedValueAverage: () => null,
    ...change,
  };
}

/** `from-to` of the window an order would have, in Seoul time, or a dash. */
function windowOf(
  order: Pick<OrderRequest, 'venue' | 'session'> & { readonly symbol?: string },
  time: string,
  change: Partial<GuardInputs> & { readonly isTrusted?: boolean } = {},
): string {
  const { symbol = '005930', ...rest } = order;
  const state = guardState(emptyDesk, inputs(clockAt(time, change.isTrusted), change));
  const window = state.otherSession?.({ instrument: `KRX:${symbol}`, ...rest }) ?? null;
  if (window === null) return '-';
  const clock = (epochMs: number): string => {
    const plain = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(seoul).toPlainTime();
    return plain.toString({ smallestUnit: plain.second === 0 ? 'minute' : 'second' });
  };
  return `${clock(window.opensAtMs)}-${clock(window.closesAtMs)}`;
}

function anOrder(change: Partial<OrderRequest>, valued: number): DeskOrder {
  const orderId = 'o-1' as OrderId;
  const request = {
    requestId: 'r-1',
    requester: { kind: 'person', via: 'cli' } as const,
    instrument: 'KRX:005930' as const,
    side: 'buy' as const,
    type: 'limit' as const,
    timeInForce: 'day' as const,
    quantity: quantity(10),
    price: won(70_000),
    reason: '',
    ...change,
  };
  const check = { code: 'order-value', actual: valued * 10, limit: 1_000_000, unit: 'won', passed: true };
  const at = '2026-11-20T01:00:00Z';
  const order = apply(emptyDesk, entry('order.intent', { orderId, request, checks: [check], at })).orders.get(orderId);
  assert.ok(order);
  return order;
}

test('guardState() permits limit orders on KRX in the regular session when nothing is said', () => {
  assert.equal(guardState(emptyDesk, inputs(clockAt('10:00'))).permits, plainPermits);
});

test('guardState() knows the hours of every session of KRX, for stocks and for funds', () => {
  assert.equal(windowOf({ session: 'after-market' }, '17:00'), '16:00-20:00');
  assert.equal(windowOf({ session: 'pre-hours-close' }, '08:35'), '08:30-08:40');
  assert.equal(windowOf({ session: 'after-market', symbol: '069500' }, '17:00'), '-');
  assert.equal(windowOf({ session: 'after-hours-close', symbol: '069500' }, '15:40'), '15:30-16:00');
});

test('guardState() knows no hours of what is not listed, of NXT without its list, and without a trusted clock', () => {
  const traded = { tradesOnNxt: () => true };

  assert.equal(windowOf({ session: 'after-market', symbol: '999990' }, '17:00'), '-');
  assert.equal(windowOf({ venue: 'NXT' }, '10:00'), '-');
  assert.equal(windowOf({ venue: 'NXT' }, '10:00', { tradesOnNxt: () => null }), '-');
  assert.equal(windowOf({ venue: 'NXT' }, '10:00', { tradesOnNxt: () => false }), '-');
  assert.equal(windowOf({ venue: 'NXT' }, '10:00', traded), '09:00:30-15:20');
  assert.equal(windowOf({ venue: 'SOR' }, '10:00'), '09:00:30-15:20');
  assert.equal(windowOf({ session: 'after-market' }, '17:00', { isTrusted: false }), '-');
});

test('guardOrder() gives an order without a certain price the one it was valued at, as the journal has it', () => {
  const market = guardOrder(anOrder({ type: 'market', price: won(0) }, 91_000));
  const conditional = guardOrder(anOrder({ type: 'conditional-limit' }, 91_000));
  const limit = guardOrder(anOrder({}, 70_000));

  assert.deepEqual([market.price, market.hasOpenPrice], [91_000, true]);
  assert.deepEqual([conditional.price, conditional.hasOpenPrice], [91_000, true]);
  assert.deepEqual([limit.price, limit.hasOpenPrice], [70_000, undefined]);
});
