import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '../strategy.ts';
import { TriggerBook } from './trigger-book.ts';

const samsung = instrumentId('005930');
const account = { held: () => 10, offered: () => 0, orderValueMax: () => 1_000_000 };
const goodTill = 20_261_130;

function aDraft(change: Partial<OrderDraft>): OrderDraft {
  return { instrument: samsung, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '', ...change };
}

function aBook(): TriggerBook {
  const book = new TriggerBook(account);
  book.startSession(20_261_117);
  return book;
}

function tell(book: TriggerBook, requestId: string, state: OrderState, filled: number): void {
  const code = null;
  book.follow({ requestId, instrument: samsung, side: 'buy', state, filled: quantity(filled), code });
}

/** Everything that a price or an auction of the next days could wake. */
function wokenLater(book: TriggerBook): readonly string[] {
  const wakes = [20_261_118, 20_261_119].flatMap((date) => {
    book.endSession();
    book.startSession(date);
    const ofPrices = [2_000, 20_000, 1_000].flatMap((price) => book.wakeAtPrice(samsung, price, date));
    return [...book.wakeAtOpen(samsung), ...ofPrices, ...book.wakeAtClose(samsung)];
  });
  return wakes.map(({ requestId }) => requestId);
}

/** One of each kind that waits over the night. */
const kinds: Readonly<Record<string, (book: TriggerBook) => void>> = {
  stop: (book) => void book.add('a', aDraft({ trigger: { kind: 'stop', price: won(9_500) }, goodTill }), null, true),
  target: (book) =>
    void book.add('a', aDraft({ trigger: { kind: 'target', price: won(11_000) }, goodTill }), null, true),
  trailing: (book) =>
    void book.add('a', aDraft({ trigger: { kind: 'trailing', distanceBps: 300 }, goodTill }), 10_000, true),
  group: (book) => void book.add('a', aDraft({ price: won(11_000), group: 'out', goodTill }), null, true),
  opening: (book) => void book.add('a', aDraft({ pricing: 'market-on-open' }), null, false),
  close: (book) => void book.add('a', aDraft({ pricing: 'market-on-close', goodTill }), null, true),
  bracket: (book) => {
    book.sent('a', aDraft({ side: 'buy', exits: { stopPrice: won(9_500), targetPrice: won(11_000) } }));
    tell(book, 'a', 'filled', 10);
  },
  'bracket that still buys': (book) => {
    book.sent('a', aDraft({ side: 'buy', exits: { trailingBps: 300 } }));
    tell(book, 'a', 'partially-filled', 4);
  },
  'order good till a day, at the broker': (book) => book.sent('a', aDraft({ side: 'buy', goodTill })),
};

describe('TriggerBook.hold()', () => {
  for (const [kind, put] of Object.entries(kinds)) {
    test(`TriggerBook.hold() keeps from waking what waits then: ${kind}`, () => {
      const [free, held] = [aBook(), aBook()];
      put(free);
      put(held);

      assert.deepEqual([held.hold(samsung), held.hold(samsung)], [true, false]);
      // What is heard of it later changes nothing: what it bought, and what is left of it for another day.
      for (const book of [free, held]) tell(book, 'a', 'expired', 6);

      assert.notDeepEqual(wokenLater(free), []);
      assert.deepEqual(wokenLater(new TriggerBook(account, held.state)), []);
      assert.deepEqual(wokenLater(held), []);
    });
  }

  test('TriggerBook.hold() leaves a held order to whoever takes it back, and forgets it then', () => {
    const book = aBook();
    kinds['bracket']?.(book);
    book.hold(samsung);

    assert.equal(book.hasWaiting(samsung), true);
    assert.notEqual(book.cancel('a'), null);
    book.startSession(20_261_118);

    assert.deepEqual([book.hasWaiting(samsung), book.state.held], [false, []]);
  });

  test('TriggerBook.hold() lets one of its group that is asked for at the new price take its place', () => {
    const book = aBook();
    book.add('old', aDraft({ price: won(11_000), group: 'out', goodTill }), null, true);
    book.hold(samsung);
    book.add('new', aDraft({ price: won(2_200), group: 'out', goodTill }), null, true);

    const woken = book.wakeAtPrice(samsung, 2_200, 1);

    assert.deepEqual(
      woken.map(({ requestId, ended }) => [requestId, ended.map((mate) => mate.requestId)]),
      [['new', ['old']]],
    );
    assert.equal(book.isEmpty, false, 'the new one is good for longer');
    assert.equal(book.hasWaiting(samsung), false);
  });

  test('TriggerBook.hold() is false where nothing waits', () => {
    assert.equal(aBook().hold(samsung), false);
  });
});
