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
  return { book, account };
}

function tell(book: TriggerBook, requestId: string, state: OrderState, filled: number, side: OrderSide = 'sell'): void {
  book.follow({ requestId, instrument: samsung, side, state, filled: quantity(filled), code: null });
}

describe('TriggerBook.state', () => {
  test('TriggerBook.state is of nothing where nothing was done', () => {
    const book = new TriggerBook(aBook().account);
    const nothing = { watched: [], brackets: [], lasting: [], lastPrices: [], held: [] };

    assert.deepEqual(book.state, { date: 0, nowMs: 0, bothInOneBar: 0, ...nothing });
    assert.deepEqual([book.isEmpty, book.moves], [true, 0]);
  });

  test('INV-02 TriggerBook.state is all that another book needs to go on: what waits, what is at work, what lasts', () => {
    const { book, account } = aBook();
    book.add('stop', aDraft({ trigger: stop, group: 'out', goodTill: thursday }), null, true);
    book.add('target', aDraft({ price: won(10_500), group: 'out', goodTill: thursday }), null, true);
    book.wakeInBar(samsung, 'sell', { open: 10_000, high: 10_600, low: 9_400, close: 10_000 }, 77);
    book.add('trailing', aDraft({ trigger: { kind: 'trailing', distanceBps: 300 } }), 10_100, true);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_000) } }));
    tell(book, 'entry', 'partially-filled', 4, 'buy');
    book.lastPrices.see({ instrument: samsung, price: 10_000, date: tuesday, atMs: 77 });

    const other = new TriggerBook(account, JSON.parse(JSON.stringify(book.state)));

    assert.deepEqual(other.state, book.state);
    assert.deepEqual([other.state.nowMs, other.bothInOneBar, other.state.date], [77, 1, tuesday]);
    tell(other, 'stop', 'expired', 4);
    other.startSession(wednesday);
    assert.equal(other.wakeAtOpen(samsung)[0]?.draft.quantity, 6, 'what lasts is asked for on the next day');
  });

  test('TriggerBook.state is a copy: bars that come later do not change it', () => {
    const { book } = aBook();
    book.add('trailing', aDraft({ trigger: { kind: 'trailing', distanceBps: 300 } }), 10_100, true);
    const { state } = book;

    book.wakeAtPrice(samsung, 10_200, 1);

    assert.deepEqual([state.watched[0]?.extreme, book.state.watched[0]?.extreme], [10_100, 10_200]);
    assert.equal(book.moves, 1);
  });
});

describe('TriggerBook.add()', () => {
  test('TriggerBook.add() shows an order every price from its first moment on, and takes a thousand', () => {
    assert.equal(watchedMax, 1_000);
    const { book } = aBook();
    book.add('a', aDraft({ trigger: stop }), null, true);

    assert.equal(book.watched[0]?.notBeforeMs, 0);
    assert.equal(book.wakeAtPrice(samsung, 9_500, 0).length, 1);
  });
});

describe('TriggerBook.concerns()', () => {
  test('TriggerBook.concerns() an instrument by one order that waits, by one that lasts, and not another', () => {
    const [waits, lasts] = [aBook().book, aBook().book];
    waits.add('a', aDraft({ trigger: stop }), null, true);
    lasts.sent('a', aDraft({ goodTill: thursday }));

    for (const book of [waits, lasts]) assert.deepEqual([book.concerns(samsung), book.concerns(hynix)], [true, false]);
    assert.equal(aBook().book.concerns(samsung), false);
  });
});

describe('TriggerBook.cancel()', () => {
  test('TriggerBook.cancel() gives back what was asked for, and null where nothing of that id waits', () => {
    const { book } = aBook();
    book.add('a', aDraft({ trigger: stop }), null, true);
    book.add('b', aDraft({ trigger: stop }), null, true);

    assert.equal(book.cancel('c'), null);
    assert.deepEqual(book.cancel('a'), aDraft({ trigger: stop }));
    assert.equal(book.cancel('a'), null);
    assert.deepEqual(
      book.watched.map(({ requestId }) => requestId),
      ['b'],
    );
  });

  test('INV-02 TriggerBook.cancel() of what is at the broker asks for nothing of it on a later day', () => {
    const [free, cancelled] = [aBook().book, aBook().book];
    for (const book of [free, cancelled]) book.sent('a', aDraft({ goodTill: thursday }));

    assert.equal(cancelled.cancel('a'), null, 'nothing of it waits here');
    for (const book of [free, cancelled]) {
      tell(book, 'a', 'expired', 4);
      book.startSession(wednesday);
    }

    assert.deepEqual([free.wakeAtOpen(samsung).length, cancelled.wakeAtOpen(samsung).length], [1, 0]);
    assert.equal(cancelled.isEmpty, true);
  });
});

describe('TriggerBook.cancel() of a bracket good for longer', () => {
  for (const [where, isOnItsWay] of [
    ['waits for its day', false],
    ['is at the broker', true],
  ] as const) {
    test(`TriggerBook.cancel() leaves what was bought its exits while what is left of the entry ${where}`, () => {
      const { book } = aBook();
      book.sent('a', aDraft({ side: 'buy', goodTill: thursday, exits: { stopPrice: won(9_500) } }));
      tell(book, 'a', 'partially-filled', 4, 'buy');
      tell(book, 'a', 'expired', 4, 'buy');
      book.startSession(wednesday);
      if (isOnItsWay) assert.equal(book.wakeAtOpen(samsung)[0]?.requestId, 'a+1');

      assert.notEqual(book.cancel('a'), null);
      assert.deepEqual(
        book.watched.map(({ requestId }) => requestId),
        ['a-x0s'],
      );
      assert.notEqual(book.cancel('a'), null, 'nothing of it buys any more');
      assert.deepEqual(book.watched, []);
    });
  }
});

describe('TriggerBook.sent()', () => {
  test('INV-07 TriggerBook.sent() arms exits for a buy that asked for them, never for a sell or a plain buy', () => {
    for (const draft of [aDraft({ exits: { stopPrice: won(9_500) } }), aDraft({ side: 'buy' })]) {
      const { book } = aBook();
      book.sent('a', draft);
      tell(book, 'a', 'partially-filled', 4, draft.side);

      assert.deepEqual([book.watched, book.isEmpty], [[], true]);
    }
  });
});
