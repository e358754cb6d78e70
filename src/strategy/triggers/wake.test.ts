import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { soldBy, type Wake } from './wake.ts';

function aWake(side: OrderSide, shares: number): Wake {
  const draft = {
    instrument: instrumentId('005930'),
    side,
    quantity: quantity(shares),
    price: won(10_000),
    reason: 'because',
  };
  return {
    requestId: 'a',
    draft,
    price: 10_000,
    phase: 'open',
    direction: null,
    isExit: false,
    ended: [],
    withdraw: null,
  };
}

describe('soldBy()', () => {
  test('INV-07 soldBy() adds up the shares of the sells, and a buy gives none back', () => {
    assert.equal(soldBy([aWake('sell', 3), aWake('buy', 5), aWake('sell', 4)]), 7);
    assert.equal(soldBy([aWake('buy', 5)]), 0);
    assert.equal(soldBy([]), 0);
  });
});
