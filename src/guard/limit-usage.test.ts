import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { ago, anOrder, aState, holding, samsung } from '../../tests/support/guard-makers.ts';
import type { DenialCode } from './denial.ts';
import { limitUsage } from './limit-usage.ts';
import type { GuardState } from './state.ts';

function row(state: GuardState, code: DenialCode, subject = '') {
  const found = limitUsage(state).find((usage) => usage.code === code && usage.subject === subject);
  assert.ok(found !== undefined, `no row for ${code} ${subject}`);
  return [found.scope, found.used, found.limit];
}

test('G41 limitUsage() shows what the account, each strategy and each symbol have used', () => {
  const state = aState({
    profitOfDay: won(-82_400),
    positions: holding(samsung, 10, 650_000),
    ordersOfDay: [
      anOrder({ requester: 'b' }),
      anOrder({ requester: 'a', open: quantity(50), filled: quantity(50), atMs: ago(1) }),
      anOrder({ requester: 'person', side: 'sell' }),
    ],
    cancelsOfDay: [ago(1), ago(90_000)],
  });

  assert.deepEqual(row(state, 'daily-loss'), ['account', 82_400, 300_000]);
  assert.deepEqual(row(state, 'day-value-account'), ['account', 300_000, 5_000_000]);
  assert.deepEqual(row(state, 'open-value'), ['account', 50_000, 2_000_000]);
  assert.deepEqual(row(state, 'exposure'), ['account', 750_000, 10_000_000]);
  assert.deepEqual(row(state, 'position-count'), ['account', 2, 5]);
  assert.deepEqual(row(state, 'orders-per-minute-account'), ['account', 1, 10]);
  assert.deepEqual(row(state, 'orders-per-day'), ['account', 3, 100]);
  assert.deepEqual(row(state, 'cancels-per-minute'), ['account', 1, 20]);
  assert.deepEqual(row(state, 'day-value-strategy', 'a'), ['strategy', 100_000, 3_000_000]);
  assert.deepEqual(row(state, 'orders-per-minute-strategy', 'b'), ['strategy', 0, 5]);
  assert.deepEqual(row(state, 'position-value', '005930'), ['symbol', 700_000, 2_000_000]);
  assert.deepEqual(row(state, 'position-value', '000660'), ['symbol', 50_000, 2_000_000]);
});

test('G41 limitUsage() has no row for the person as a strategy', () => {
  const usage = limitUsage(aState({ ordersOfDay: [anOrder({ requester: 'person' })] }));

  assert.deepEqual(
    usage.filter(({ scope }) => scope === 'strategy'),
    [],
  );
});

test('G41 limitUsage() shows a limit of 0 for what cannot be known, and survives JSON', () => {
  const state = aState({ equity: null, profitOfDay: null, lastTrade: () => null, positions: holding(samsung, 1, 1) });

  assert.deepEqual(row(state, 'daily-loss'), ['account', 0, 0]);
  assert.deepEqual(row(state, 'exposure'), ['account', 0, 0]);
  assert.deepEqual(JSON.parse(JSON.stringify(limitUsage(state))), limitUsage(state));
});

test('G41 limitUsage() shows a limit of nothing, and what is used as far as it is known', () => {
  const unknownEquity = limitUsage(aState({ equity: null, ordersOfDay: [anOrder({ open: quantity(1) })] }));
  const unknownResult = limitUsage(aState({ profitOfDay: null }));
  const row = (rows: ReturnType<typeof limitUsage>, code: string) => rows.find((one) => one.code === code);

  assert.deepEqual([row(unknownEquity, 'exposure')?.used, row(unknownEquity, 'exposure')?.limit], [1_000, 0]);
  assert.deepEqual([row(unknownResult, 'daily-loss')?.used, row(unknownResult, 'daily-loss')?.limit], [0, 0]);
});
