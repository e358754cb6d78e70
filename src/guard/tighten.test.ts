import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvariantError } from '#domain/invariant.ts';
import { won } from '#domain/won.ts';
import { standard, starter } from './limits.ts';
import { isTighter, tighten } from './tighten.ts';

test('G39 tighten() takes over what is tighter and leaves out what is looser', () => {
  const next = tighten(starter, { orderValueMax: won(500_000), dailyLossMax: won(900_000) });

  assert.equal(next.orderValueMax, 500_000);
  assert.equal(next.dailyLossMax, starter.dailyLossMax);
});

test('G39 tighten() knows that windows and the smallest price tighten upward', () => {
  const next = tighten(starter, {
    repeatedOrderWindowMs: 120_000,
    entryWindowClosesMs: 600_000,
    priceMinimum: won(2_000),
  });

  assert.deepEqual(
    [next.repeatedOrderWindowMs, next.entryWindowClosesMs, next.priceMinimum],
    [120_000, 600_000, 2_000],
  );
  assert.deepEqual(tighten(next, { repeatedOrderWindowMs: 1, entryWindowClosesMs: 1, priceMinimum: won(1) }), next);
});

test('G39 tighten() refuses a limit that is no whole number', () => {
  for (const bad of [Number.NaN, -1, 0.5, -0, Infinity]) {
    assert.throws(() => tighten(starter, { ordersPerDayMax: bad }), InvariantError);
  }
});

test('G39 isTighter() holds for equal limits and for starter under standard, and not the other way round', () => {
  assert.equal(isTighter(starter, starter), true);
  assert.equal(isTighter(starter, standard), true);
  assert.equal(isTighter(standard, starter), false);
  assert.equal(isTighter({ ...standard, ordersPerDayMax: 1 }, starter), false);
});

test('standard is five times starter in every amount and the same in everything else', () => {
  assert.equal(standard.orderValueMax, 5 * starter.orderValueMax);
  assert.equal(standard.dayValueAccountMax, 5 * starter.dayValueAccountMax);
  assert.equal(standard.dayValueStrategyMax, 5 * starter.dayValueStrategyMax);
  assert.equal(standard.openValueMax, 5 * starter.openValueMax);
  assert.equal(standard.positionValueMax, 5 * starter.positionValueMax);
  assert.equal(standard.exposureMax, 5 * starter.exposureMax);
  assert.equal(standard.dailyLossMax, 5 * starter.dailyLossMax);
  assert.equal(standard.ordersPerMinuteAccountMax, starter.ordersPerMinuteAccountMax);
  assert.equal(standard.priceMinimum, starter.priceMinimum);
});

test('starter is the table of threat-model §5, number by number', () => {
  assert.deepEqual(starter, {
    orderValueMax: 1_000_000,
    dayValueAccountMax: 5_000_000,
    dayValueStrategyMax: 3_000_000,
    openValueMax: 2_000_000,
    ordersPerMinuteAccountMax: 10,
    ordersPerMinuteStrategyMax: 5,
    ordersPerDayMax: 100,
    cancelsPerMinuteMax: 20,
    cancelFillRatioMax: 10,
    repeatedOrderWindowMs: 60_000,
    priceCollarBps: 300,
    priceAgeMaxMs: 5_000,
    priceMinimum: 1_000,
    positionValueMax: 2_000_000,
    positionCountMax: 5,
    exposureMax: 10_000_000,
    exposureEquityBps: 5_000,
    dailyLossMax: 300_000,
    dailyLossEquityBps: 300,
    smallOrdersPerSymbolMax: 20,
    entryWindowClosesMs: 300_000,
    quantityMedianMultiple: 10,
    tradedValueShareBps: 100,
    tradedValueMin: 1_000_000_000,
    newSymbolWaitMs: 86_400_000,
    clockErrorMaxMs: 2_000,
    strategyBreachesMax: 3,
    strategyHeartbeatMaxMs: 5_000,
  });
});
