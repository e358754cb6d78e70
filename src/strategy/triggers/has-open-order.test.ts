import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { hasOpenOrder } from './has-open-order.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');
const anOrder = (state: OrderState, instrument = samsung) => ({ instrument, state });

describe('hasOpenOrder()', () => {
  test('hasOpenOrder() is true for one that may still fill, also when what became of it is unknown', () => {
    assert.equal(hasOpenOrder([anOrder('filled'), anOrder('acked')], samsung), true);
    assert.equal(hasOpenOrder([anOrder('unknown')], samsung), true);
  });

  test('hasOpenOrder() is false for what ended and for orders of another instrument', () => {
    assert.equal(hasOpenOrder([anOrder('filled'), anOrder('cancelled'), anOrder('acked', hynix)], samsung), false);
    assert.equal(hasOpenOrder([], samsung), false);
  });
});
