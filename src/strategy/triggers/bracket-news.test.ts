import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderUpdate } from '../strategy.ts';
import { Bracket } from './bracket.ts';

const samsung = instrumentId('005930');
const stopId = 'entry-x0s';

/** An entry of ten shares with a stop, of which `bought` are there. */
function aBracket(state: OrderState, bought: number): Bracket {
  const fixed = { instrument: samsung, side: 'buy', quantity: quantity(10), price: won(10_000), reason: '' } as const;
  const bracket = new Bracket('entry', { ...fixed, exits: { stopPrice: won(9_500) } });
  bracket.follow(news('entry', state, bought));
  return bracket;
}

function news(requestId: string, state: OrderState, filled: number, code: string | null = null): OrderUpdate {
  const side = requestId === 'entry' ? 'buy' : 'sell';
  return { requestId, instrument: samsung, side, state, filled: quantity(filled), code };
}

describe('Bracket.follow()', () => {
  test('INV-07 Bracket.follow() takes each share of an exit off once, whatever the order of its news', () => {
    const bracket = aBracket('filled', 10);
    bracket.wake(stopId);

    for (const [state, filled, left] of [
      ['acked', 0, 10],
      ['partially-filled', 2, 8],
      ['partially-filled', 5, 5],
      ['partially-filled', 3, 5],
      ['partially-filled', 5, 5],
    ] as const) {
      assert.equal(bracket.follow(news(stopId, state, filled)), false, 'it is on its way still');
      assert.equal(bracket.left, left);
      assert.deepEqual(bracket.exits(0), []);
    }
    assert.equal(bracket.follow(news(stopId, 'expired', 9)), true, 'one share is left');
    assert.deepEqual([bracket.left, bracket.isOver], [1, false]);
  });

  test('Bracket.follow() is over when its exit sold everything, and arms nothing', () => {
    const bracket = aBracket('filled', 10);
    bracket.wake(stopId);

    assert.equal(bracket.isOver, false);
    assert.equal(bracket.follow(news(stopId, 'filled', 10)), false);
    assert.deepEqual([bracket.isOver, bracket.exits(0)], [true, []]);
  });

  test('INV-05 Bracket.follow() is not over while what became of its exit is unknown', () => {
    const bracket = aBracket('filled', 10);
    bracket.wake(stopId);

    assert.equal(bracket.follow(news(stopId, 'unknown', 10)), false);
    assert.deepEqual([bracket.left, bracket.isOver], [0, false]);
  });

  test('Bracket.follow() is over when the entry ended without a share, not while it may still buy', () => {
    const bracket = aBracket('acked', 0);
    assert.deepEqual([bracket.isEntryOpen, bracket.isOver], [true, false]);

    assert.equal(bracket.follow(news('entry', 'cancelled', 0)), false);

    assert.deepEqual([bracket.isEntryOpen, bracket.isOver], [false, true]);
  });

  test('Bracket.follow() passes over news of other orders, and of its exits that are on their way no longer', () => {
    const bracket = aBracket('filled', 10);
    assert.equal(bracket.follow(news(stopId, 'filled', 10)), false, 'none is on its way');
    bracket.wake(stopId);
    assert.equal(bracket.follow(news('another', 'filled', 10)), false);

    assert.equal(bracket.left, 10);
  });

  test('Bracket.follow() arms anew when the entry that stood in the way of its exit has ended, once', () => {
    const bracket = aBracket('partially-filled', 4);
    bracket.wake(stopId);
    assert.equal(bracket.follow(news(stopId, 'denied', 0, 'self-cross')), true);

    assert.equal(bracket.follow(news('entry', 'partially-filled', 4)), false, 'it still buys');
    assert.equal(bracket.follow(news('entry', 'cancelled', 4)), true);
    assert.equal(bracket.follow(news('entry', 'cancelled', 4)), false);
  });

  test('Bracket.follow() leaves an exit its time of waiting when something else than the entry stood in its way', () => {
    for (const [state, code] of [
      ['denied', 'holding'],
      ['rejected', null],
    ] as const) {
      const bracket = aBracket('partially-filled', 4);
      assert.equal(bracket.follow(news('entry', 'partially-filled', 4)), false);
      bracket.wake(stopId);
      bracket.follow(news(stopId, state, 0, code));

      assert.equal(bracket.follow(news('entry', 'cancelled', 4)), false);
    }
    assert.equal(aBracket('partially-filled', 4).follow(news('entry', 'cancelled', 4)), false, 'no exit was asked for');
  });
});
