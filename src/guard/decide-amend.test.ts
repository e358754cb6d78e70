import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderId, OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import {
  ago,
  anOrder,
  aRequest,
  aState,
  holding,
  limitsWith,
  manyOrders,
  samsung,
} from '../../tests/support/guard-makers.ts';
import { decideAmend } from './decide-amend.ts';
import { decideCancel } from './decide-cancel.ts';
import type { GuardState } from './state.ts';

const original = anOrder({
  orderId: 'original' as OrderId,
  instrument: samsung,
  price: won(70_000),
  quantity: quantity(10),
  filled: quantity(0),
  open: quantity(10),
  atMs: ago(1_000),
});

function denials(change: OrderRequest, state: GuardState): readonly string[] {
  const verdict = decideAmend(change, original, state);
  return verdict.kind === 'denied' ? verdict.denials.map((denial) => denial.code) : [];
}

test('G37 decideCancel() allows a cancel whatever has been used up', () => {
  const state = aState({
    isHalted: true,
    session: null,
    cash: null,
    cancelsOfDay: Array.from({ length: 1_000 }, () => ago(1)),
  });

  assert.deepEqual(decideCancel(state, original), { kind: 'allowed' });
});

test('G38 decideAmend() frees what the original order took', () => {
  const limits = limitsWith({ openValueMax: won(700_000), dayValueAccountMax: won(700_000) });
  const state = aState({ ordersOfDay: [original], limits });

  assert.deepEqual(denials(aRequest({ price: won(69_900) }), state), []);
  assert.deepEqual(denials(aRequest({ price: won(70_000) }), state), [], 'nor is it a repetition of itself');
  assert.deepEqual(denials(aRequest({ price: won(70_100) }), state), ['open-value', 'day-value-account']);
});

test('G38 decideAmend() keeps the filled part of the original in the sums of the day', () => {
  const partly = { ...original, filled: quantity(4), open: quantity(6) };
  const state = aState({ ordersOfDay: [partly], limits: limitsWith({ dayValueAccountMax: won(700_000) }) });

  assert.deepEqual(denials(aRequest({ quantity: quantity(6), price: won(70_000) }), state), []);
  assert.deepEqual(denials(aRequest({ quantity: quantity(7), price: won(70_000) }), state), ['day-value-account']);
});

test('G38 decideAmend() counts itself among the cancels and amends', () => {
  const cancels = (count: number) => Array.from({ length: count }, () => ago(1));

  assert.deepEqual(denials(aRequest(), aState({ ordersOfDay: [original], cancelsOfDay: cancels(19) })), []);
  assert.deepEqual(denials(aRequest(), aState({ ordersOfDay: [original], cancelsOfDay: cancels(20) })), [
    'cancels-per-minute',
  ]);
});

test('G38 decideAmend() lets the only sell of a holding be repriced', () => {
  const offered = { ...original, side: 'sell' as const };
  const state = aState({ ordersOfDay: [offered], positions: holding(samsung, 10, 700_000) });

  assert.deepEqual(denials(aRequest({ side: 'sell', price: won(69_900) }), state), []);
});

test('G38 decideAmend() still counts every other order', () => {
  const state = aState({ ordersOfDay: [...manyOrders(10, { atMs: ago(1) }), original] });

  assert.deepEqual(denials(aRequest(), state), ['orders-per-minute-account']);
});

test('G38 decideAmend() does not count an original of which nothing filled as an order', () => {
  const state = aState({ ordersOfDay: [original] });

  assert.equal(
    decideAmend(aRequest(), original, state).checks.find(({ code }) => code === 'orders-per-day')?.actual,
    1,
  );
});

test('G38 decideAmend() takes nothing off what other orders have open, and keeps one share that filled', () => {
  const other = anOrder({ open: quantity(100), filled: quantity(1) });
  const partly = { ...original, filled: quantity(1), open: quantity(9) };
  const checks = decideAmend(aRequest(), original, aState({ ordersOfDay: [other, partly] })).checks;
  const actual = (code: string) => checks.find((check) => check.code === code)?.actual;

  assert.equal(actual('open-value'), 700_000 + 100_000);
  assert.equal(actual('day-value-account'), 700_000 + 100_000 + 70_000);
  assert.equal(actual('orders-per-day'), 3);
});
