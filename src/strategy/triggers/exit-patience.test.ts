import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { patienceMs } from './exit-patience.ts';

function patience(state: OrderState, code: string | null = null): number {
  const instrument = instrumentId('005930');
  return patienceMs({ requestId: 'a', instrument, side: 'sell', state, filled: quantity(0), code });
}

describe('patienceMs()', () => {
  test('patienceMs() is a minute where time alone lifts the refusal', () => {
    for (const code of ['open-value', 'orders-per-minute-account', 'orders-per-minute-strategy', 'repeated-order']) {
      assert.equal(patience('denied', code), 60_000, code);
    }
  });

  test('patienceMs() is ten seconds where another order or a late balance stood in the way, or the broker said no', () => {
    for (const code of ['self-cross', 'holding']) assert.equal(patience('denied', code), 10_000, code);
    assert.deepEqual([patience('rejected', 'any'), patience('not-sent')], [10_000, 10_000]);
  });

  test('patienceMs() is until the next price for everything else', () => {
    const others = [patience('denied', 'order-value'), patience('expired'), patience('cancelled'), patience('filled')];

    assert.deepEqual(others, [1, 1, 1, 1]);
  });
});
