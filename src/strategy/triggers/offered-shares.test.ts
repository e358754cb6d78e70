import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { offeredShares } from './offered-shares.ts';

const samsung = instrumentId('005930');

function anOrder(state: OrderState, filled = 0, side: OrderSide = 'sell', instrument = samsung) {
  return { instrument, side, quantity: 10, filled, state };
}

describe('offeredShares()', () => {
  test('INV-07 offeredShares() adds up what open sells of the instrument may still sell', () => {
    assert.equal(offeredShares([anOrder('acked'), anOrder('partially-filled', 4)], samsung), 16);
    assert.equal(offeredShares([], samsung), 0);
  });

  test('INV-05 offeredShares() counts a sell of which nobody knows what became of it', () => {
    assert.equal(offeredShares([anOrder('unknown', 3), anOrder('sending'), anOrder('escalated')], samsung), 27);
  });

  test('offeredShares() leaves out what ended, buys, and other instruments', () => {
    const orders = [
      anOrder('cancelled', 4),
      anOrder('expired'),
      anOrder('denied'),
      anOrder('acked', 0, 'buy'),
      anOrder('acked', 0, 'sell', instrumentId('000660')),
    ];

    assert.equal(offeredShares(orders, samsung), 0);
    assert.equal(offeredShares([...orders, anOrder('acked', 9)], samsung), 1);
  });
});
