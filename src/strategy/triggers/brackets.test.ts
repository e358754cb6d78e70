import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, OrderExits, OrderUpdate } from '../strategy.ts';
import { Brackets } from './brackets.ts';
import { WatchedOrders } from './watched-orders.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');

function anEntry(exits: OrderExits = { stopPrice: won(9_500) }, instrument = samsung): OrderDraft {
  return { instrument, side: 'buy', quantity: quantity(10), price: won(10_000), reason: '', exits };
}

function news(requestId: string, state: OrderState, filled: number, code: string | null = null): OrderUpdate {
  return { requestId, instrument: samsung, side: 'buy', state, filled: quantity(filled), code };
}

/** Brackets of these entries, each of which bought ten shares. */
function theBrackets(entries: Readonly<Record<string, OrderDraft>>) {
  const watched = new WatchedOrders();
  const brackets = new Brackets(watched);
  for (const [id, entry] of Object.entries(entries)) brackets.add(id, entry);
  for (const id of Object.keys(entries)) brackets.follow(news(id, 'filled', 10), 0);
  const exits = () => watched.all.map(({ requestId, notBeforeMs }) => [requestId, notBeforeMs]);
  /** As the book does: what goes out is out of the watched orders, and none of its mates stays. */
  const send = (id: string, exitId: string): void => {
    watched.removeExits(id);
    brackets.of(id)?.wake(exitId);
  };
  return { watched, brackets, exits, send };
}

describe('Brackets', () => {
  test('Brackets arms the exits of what an entry bought at once, at any price from then on', () => {
    const { exits } = theBrackets({ a: anEntry(), b: anEntry() });

    assert.deepEqual(exits(), [
      ['a-x0s', 0],
      ['b-x0s', 0],
    ]);
  });

  test('Brackets begins a session with every exit at work from its first price, after whatever refusals', () => {
    const { brackets, exits, send } = theBrackets({ a: anEntry(), b: anEntry() });
    send('a', 'a-x0s');
    brackets.follow(news('a-x0s', 'denied', 0, 'repeated-order'), 5_000);

    brackets.startSession();

    assert.deepEqual(exits(), [
      ['a-x1s', 0],
      ['b-x0s', 0],
    ]);
  });

  test('Brackets lets a trailing stop stand where it has come to when it is armed anew, each its own', () => {
    const { watched, brackets } = theBrackets({
      a: anEntry({ trailingBps: 300, stopPrice: won(9_000) }),
      b: anEntry({ trailingBps: 300 }),
    });
    for (const order of watched.all) {
      if (order.wait.kind === 'trailing') order.extreme = order.exitOf === 'a' ? 12_000 : 11_000;
    }

    brackets.startSession();
    brackets.startSession();

    assert.deepEqual(
      watched.all.map(({ exitOf, wait, extreme }) => [exitOf, wait.kind, extreme]),
      [
        ['a', 'stop', null],
        ['a', 'trailing', 12_000],
        ['b', 'trailing', 11_000],
      ],
    );
  });

  test('Brackets lets go of one that is over, and of no other', () => {
    const { brackets, exits, send } = theBrackets({ a: anEntry(), b: anEntry() });
    send('a', 'a-x0s');

    brackets.follow(news('a-x0s', 'filled', 10), 0);

    assert.deepEqual([brackets.of('a'), brackets.states.length], [undefined, 1]);
    assert.deepEqual(exits(), [['b-x0s', 0]]);
  });
});

describe('Brackets.endUnheard()', () => {
  test('Brackets.endUnheard() arms anew at once where an exit is known no longer, and lets go of what is over', () => {
    const { brackets, exits, send } = theBrackets({ lost: anEntry(), known: anEntry() });
    brackets.add('never bought', anEntry());
    brackets.add('still buys', anEntry());
    for (const id of ['lost', 'known']) send(id, `${id}-x0s`);

    brackets.endUnheard((requestId) => !['lost', 'lost-x0s', 'never bought'].includes(requestId));

    assert.deepEqual(exits(), [['lost-x1s', 0]]);
    assert.deepEqual(
      brackets.states.map(({ entryId }) => entryId),
      ['lost', 'known', 'still buys'],
    );
  });
});

describe('Brackets.forget()', () => {
  test('Brackets.forget() ends those of the instrument whose entry is over, with their exits, and no other', () => {
    const { brackets, exits } = theBrackets({ a: anEntry(), other: anEntry(undefined, hynix) });
    brackets.add('still buys', anEntry());
    brackets.follow(news('still buys', 'partially-filled', 4), 0);

    brackets.forget(samsung);

    assert.deepEqual(exits(), [
      ['other-x0s', 0],
      ['still buys-x0s', 0],
    ]);
    assert.equal(brackets.of('a'), undefined);
  });
});
