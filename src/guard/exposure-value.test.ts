import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId, type InstrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { anOrder, aState, holding, samsung } from '../../tests/support/guard-makers.ts';
import { countsAtRisk, exposureLimit, heldValueOf, instrumentsAtRisk, shareOfEquity } from './exposure-value.ts';

const hynix = instrumentId('000660');
const hyundai = instrumentId('005380');

test('heldValueOf() asks for no price of what was sold out, and for that of a single share', () => {
  const unpriced = { lastTrade: () => null };

  assert.equal(heldValueOf(aState({ ...unpriced, positions: holding(samsung, 0, 5_000) }), samsung), 0);
  assert.ok(Number.isNaN(heldValueOf(aState({ ...unpriced, positions: holding(samsung, 1, 5_000) }), samsung)));
  assert.equal(heldValueOf(aState(unpriced), samsung), 0);
});

test('shareOfEquity() and exposureLimit() are not known without equity', () => {
  const state = aState({ equity: null });

  assert.ok(Number.isNaN(shareOfEquity(state, 5_000)));
  assert.ok(Number.isNaN(exposureLimit(state)));
});

test('instrumentsAtRisk() holds what is held and what is being bought, and nothing else', () => {
  const positions = new Map([...holding(samsung, 1, 1_000), ...holding(hynix, 0, 0)]);
  const atRisk = (change: Parameters<typeof anOrder>[0]): readonly InstrumentId[] => [
    ...instrumentsAtRisk(aState({ positions, ordersOfDay: [anOrder({ instrument: hyundai, ...change })] })),
  ];

  assert.deepEqual(atRisk({ open: quantity(1) }), [samsung, hyundai]);
  assert.deepEqual(atRisk({ open: quantity(0) }), [samsung]);
  assert.deepEqual(atRisk({ open: quantity(1), side: 'sell' }), [samsung]);
});

test('countsAtRisk() counts each instrument once: held, bought, or asked for', () => {
  const state = aState({ positions: new Map([...holding(samsung, 1, 1_000), ...holding(hynix, 1, won(1))]) });
  const counts = (bought: readonly InstrumentId[], asked: InstrumentId) => countsAtRisk(state, new Set(bought), asked);

  assert.deepEqual(
    [counts([], hyundai), counts([], samsung), counts([samsung], samsung), counts([hyundai], samsung)],
    [3, 2, 2, 3],
  );
  assert.equal(counts([hyundai, samsung], hyundai), 3);
});
