import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, OrderTrigger } from '../strategy.ts';
import { TriggerBook, watchedMax } from './trigger-book.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');
const [tuesday, wednesday, thursday] = [20_261_117, 20_261_118, 20_261_119];
const stop: OrderTrigger = { kind: 'stop', price: won(9_500) };

function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  return { instrument: samsung, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '', ...change };
}

function aBook(shares = 10) {
  const held = { shares };
  const account = { held: () => held.shares, offered: () => 0, orderValueMax: () => 1_000_000 };
  const book = new TriggerBook(account);
  book.startSession(tuesday);
  return { book, held };
}

function tell(book: TriggerBook, requestId: string, state: OrderState, filled: number, side: OrderSide = 'sell'): void {
  book.follow({ requestId, instrument: samsung, side, state, filled: quantity(filled), code: null });
}

function aBracket() {
  const { book, held } = aBook();
  book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500), trailingBps: 1_000 } }));
  tell(book, 'entry', 'filled', 10, 'buy');
  return { book, held };
}

const nobodyHears = (): boolean => false;

describe('TriggerBook.startSession() and endSession()', () => {
  test('TriggerBook.startSession() puts out what missed its last day, and keeps what has it today or has none', () => {
    const { book } = aBook();
    book.add('missed', aDraft({ trigger: stop, goodTill: wednesday }), null, true);
    book.add('last day', aDraft({ trigger: stop, goodTill: thursday }), null, true);
    book.add('next session', aDraft({ trigger: stop }), null, false);

    const over = book.startSession(thursday);

    assert.deepEqual(
      [over, book.watched].map((orders) => orders.map(({ requestId }) => requestId)),
      [['missed'], ['last day', 'next session']],
    );
  });

  test('TriggerBook.endSession() leaves the exits of a bracket: they stay until the shares are gone', () => {
    const { book } = aBracket();

    assert.deepEqual([book.endSession(), book.watched.length], [[], 2]);
  });
});

describe('TriggerBook.follow()', () => {
  test('TriggerBook.follow() lets go of the exits as soon as the last share was sold otherwise, no share sooner', () => {
    const { book, held } = aBracket();
    held.shares = 1;
    tell(book, 'own', 'partially-filled', 9);
    assert.equal(book.watched.length, 2);

    held.shares = 0;
    tell(book, 'own', 'filled', 10);

    assert.deepEqual([book.watched, book.isEmpty], [[], true]);
  });

  test('TriggerBook.follow() keeps the exits of a buy whose shares the account shows only later', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    tell(book, 'entry', 'filled', 10, 'buy');
    held.shares = 10;

    assert.equal(book.wakeAtPrice(samsung, 9_400, 1)[0]?.draft.quantity, 10);
  });

  test('INV-40 TriggerBook.follow() takes nothing in for another day when a thousand wait already', () => {
    const { book } = aBook();
    for (const id of ['first', 'second']) book.sent(id, aDraft({ goodTill: thursday }));
    for (let count = 1; count < watchedMax; count += 1) book.add(`${count}`, aDraft({ trigger: stop }), null, true);

    tell(book, 'first', 'expired', 0);
    tell(book, 'second', 'expired', 0);

    assert.deepEqual([book.watched.length, book.watched.at(-1)?.requestId], [watchedMax, 'first+1']);
  });
});

describe('TriggerBook.alreadySent()', () => {
  test('INV-02 TriggerBook.alreadySent() takes an order away with its mates, whatever is held since', () => {
    const { book, held } = aBracket();
    held.shares = 0;
    const [exit] = book.watched;
    book.alreadySent(exit?.requestId ?? '');
    assert.deepEqual([book.watched, book.state.brackets[0]?.working], [[], { requestId: 'entry-x0s', filled: 0 }]);

    book.alreadySent('unheard of');
    assert.equal(book.isEmpty, false, 'the exit is on its way');
  });
});

describe('TriggerBook.endUnheard()', () => {
  test('TriggerBook.endUnheard() ends an entry and what lasted until yesterday when nobody knows them any more', () => {
    const { book } = aBook();
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    book.sent('lasting', aDraft({ goodTill: tuesday }));
    book.endUnheard(nobodyHears);
    assert.deepEqual([book.state.brackets, book.state.lasting.length], [[], 1], 'today is not over');

    book.startSession(wednesday);
    book.endUnheard(nobodyHears);

    assert.equal(book.isEmpty, true);
  });
});

describe('TriggerBook.forget()', () => {
  test('TriggerBook.forget() ends the brackets of an instrument, and those of no other', () => {
    const { book } = aBracket();
    book.forget(hynix);
    assert.equal(book.watched.length, 2);

    book.forget(samsung);

    assert.equal(book.isEmpty, true);
  });
});
