import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderExits, OrderUpdate } from '../strategy.ts';
import { Bracket } from './bracket.ts';

const samsung = instrumentId('005930');

function aBracket(exits: OrderExits = { stopPrice: won(9_500) }): Bracket {
  const fixed = { instrument: samsung, side: 'buy', quantity: quantity(10), price: won(10_000), reason: '' } as const;
  return new Bracket('entry', { ...fixed, exits });
}

/** Its entry bought `bought` shares and ended. */
function aHeldBracket(bought = 10, exits?: OrderExits): Bracket {
  const bracket = aBracket(exits);
  bracket.follow(news('entry', bought === 10 ? 'filled' : 'cancelled', bought));
  return bracket;
}

function news(requestId: string, state: OrderState, filled: number, code: string | null = null): OrderUpdate {
  const side = requestId === 'entry' ? 'buy' : 'sell';
  return { requestId, instrument: samsung, side, state, filled: quantity(filled), code };
}

/** Sends the first exit and tells what became of it. */
function attempt(bracket: Bracket, state: OrderState, filled: number): boolean {
  const [exit] = bracket.exits(0);
  assert(exit !== undefined, 'an exit is armed');
  bracket.wake(exit.requestId);
  return bracket.follow(news(exit.requestId, state, filled));
}

const sharesOf = (bracket: Bracket): readonly number[] => bracket.exits(0).map(({ draft }) => draft.quantity);

describe('Bracket.exits()', () => {
  test('Bracket.exits() has a stop, a trailing stop and a target for what is held, each only where asked for', () => {
    const all = aHeldBracket(10, { stopPrice: won(9_500), targetPrice: won(10_500), trailingBps: 300 });

    assert.deepEqual(
      all.exits(0).map(({ wait }) => wait),
      [
        { kind: 'stop', price: 9_500 },
        { kind: 'trailing', distanceBps: 300 },
        { kind: 'target', price: 10_500 },
      ],
    );
    for (const exits of [{ stopPrice: won(9_500) }, { targetPrice: won(10_500) }, { trailingBps: 300 }, {}]) {
      assert.equal(aHeldBracket(10, exits).exits(0).length, Object.keys(exits).length);
    }
  });

  test('Bracket.exits() sell at the market, at work at once, as one set of which each ends the others', () => {
    const [stop, target] = aHeldBracket(10, { stopPrice: won(9_500), targetPrice: won(10_500) }).exits(7);

    assert.deepEqual([stop?.draft.side, stop?.draft.pricing, stop?.draft.quantity], ['sell', 'market', 10]);
    assert.deepEqual([stop?.isLive, stop?.notBeforeMs, stop?.exitOf], [true, 7, 'entry']);
    assert.equal(stop?.set, target?.set);
    assert.notEqual(stop?.requestId, target?.requestId);
  });

  test('Bracket.exits() lets only the trailing stop stand where it has come to', () => {
    const bracket = aHeldBracket(10, { stopPrice: won(9_500), targetPrice: won(10_500), trailingBps: 300 });
    bracket.extreme = 10_400;

    assert.deepEqual(
      bracket.exits(0).map(({ extreme }) => extreme),
      [null, 10_400, null],
    );
  });

  test('INV-07 Bracket.exits() are none before a share is bought, and are armed share by share', () => {
    const bracket = aBracket();

    assert.deepEqual([bracket.left, sharesOf(bracket)], [0, []]);
    assert.equal(bracket.follow(news('entry', 'acked', 0)), false);
    assert.equal(bracket.follow(news('entry', 'partially-filled', 1)), true);
    assert.deepEqual(sharesOf(bracket), [1]);
    assert.equal(bracket.follow(news('entry', 'partially-filled', 1)), false, 'nothing more was bought');
    assert.equal(bracket.follow(news('entry', 'filled', 10)), true);
    assert.deepEqual(sharesOf(bracket), [10]);
  });

  test('Bracket.exits() do not grow smaller by late news of the entry', () => {
    const bracket = aHeldBracket();

    assert.equal(bracket.follow(news('entry', 'filled', 4)), false);
    assert.deepEqual(sharesOf(bracket), [10]);
  });

  test('INV-40 Bracket.exits() end for the session after three attempts in vain, and begin again in the next', () => {
    const bracket = aHeldBracket();
    for (const left of [[10], [10], []]) {
      attempt(bracket, 'denied', 0);
      assert.deepEqual(sharesOf(bracket), left);
    }

    bracket.startSession();

    for (const left of [[10], [10], []]) {
      attempt(bracket, 'expired', 0);
      assert.deepEqual(sharesOf(bracket), left);
    }
  });

  test('Bracket.exits() count a part that sold as no attempt, and give none back for it either', () => {
    const bracket = aHeldBracket();
    attempt(bracket, 'denied', 0);
    attempt(bracket, 'rejected', 0);
    attempt(bracket, 'filled', 3);
    assert.deepEqual(sharesOf(bracket), [7]);

    attempt(bracket, 'denied', 0);

    assert.deepEqual(sharesOf(bracket), []);
  });

  test('INV-02 Bracket.exits() never bear an id for the second time', () => {
    const bracket = aHeldBracket();
    const ids = [0, 1, 2].map(() => {
      const [exit] = bracket.exits(0);
      attempt(bracket, 'denied', 0);
      return exit?.requestId;
    });
    bracket.startSession();

    assert.equal(new Set([...ids, bracket.exits(0)[0]?.requestId]).size, 4);
  });
});
