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

const hears =
  (...ids: readonly string[]) =>
  (requestId: string): boolean =>
    ids.includes(requestId);

describe('Bracket.endUnheard()', () => {
  test('Bracket.endUnheard() ends an entry that nobody knows any more, and keeps the exits of what it bought', () => {
    const [empty, held] = [aBracket('acked', 0), aBracket('partially-filled', 4)];

    assert.deepEqual([empty.endUnheard(hears()), held.endUnheard(hears())], [false, false]);

    assert.deepEqual([empty.isOver, held.isOver, held.isEntryOpen, held.exits(0).length], [true, false, false, 1]);
  });

  test('Bracket.endUnheard() leaves alone what is known', () => {
    const bracket = aBracket('partially-filled', 4);
    bracket.wake(stopId);

    assert.equal(bracket.endUnheard(hears('entry', stopId)), false);

    assert.deepEqual([bracket.isEntryOpen, bracket.exits(0)], [true, []], 'the exit is on its way still');
  });

  test('Bracket.endUnheard() arms anew what an exit that nobody knows any more has not sold', () => {
    for (const [sold, isLeft] of [
      [0, true],
      [9, true],
      [10, false],
    ] as const) {
      const bracket = aBracket('filled', 10);
      bracket.wake(stopId);
      bracket.follow(news(stopId, 'unknown', sold));

      assert.equal(bracket.endUnheard(hears('entry')), isLeft);
      assert.deepEqual([bracket.isOver, bracket.exits(0).length], [!isLeft, isLeft ? 1 : 0]);
    }
  });
});

describe('Bracket.restored()', () => {
  test('Bracket.restored() stands where the other stood, with and without an exit on its way', () => {
    const bracket = aBracket('partially-filled', 4);
    bracket.extreme = 10_100;
    for (const isOnItsWay of [false, true]) {
      if (isOnItsWay) bracket.wake(stopId);
      if (isOnItsWay) bracket.follow(news(stopId, 'partially-filled', 1));
      const restored = Bracket.restored(JSON.parse(JSON.stringify(bracket.state)));

      assert.deepEqual(restored.state, bracket.state);
      assert.deepEqual(restored.exits(0), bracket.exits(0));
      assert.deepEqual([restored.left, restored.isEntryOpen], [bracket.left, bracket.isEntryOpen]);
    }
  });

  test('INV-05 Bracket.restored() begins no exit while one is on its way', () => {
    const bracket = aBracket('filled', 10);
    bracket.wake(stopId);

    assert.deepEqual(Bracket.restored(bracket.state).exits(0), []);
    assert.equal(Bracket.restored(aBracket('filled', 10).state).exits(0).length, 1);
  });
});
