import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft, OrderExits, OrderTrigger } from '../strategy.ts';
import { TriggerBook } from './trigger-book.ts';
import type { Wake } from './wake.ts';

const samsung = instrumentId('005930');
const hynix = instrumentId('000660');
const both = { stopPrice: won(9_500), targetPrice: won(10_500) };
const stop: OrderTrigger = { kind: 'stop', price: won(9_500) };
const target: OrderTrigger = { kind: 'target', price: won(10_500) };
const wideBar = { open: 10_000, high: 10_600, low: 9_400, close: 10_000 };

function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  return { instrument: samsung, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '', ...change };
}

/** A book whose owner holds `held.shares`, of which its own sells offer `held.offered`. */
function aBook(shares = 10) {
  const held = { shares, offered: 0 };
  const account = { held: () => held.shares, offered: () => held.offered, orderValueMax: () => 1_000_000 };
  const book = new TriggerBook(account);
  book.startSession(20_261_117);
  return { book, held };
}

function tell(book: TriggerBook, requestId: string, state: OrderState, filled: number, side: OrderSide = 'sell'): void {
  book.follow({ requestId, instrument: samsung, side, state, filled: quantity(filled), code: null });
}

/** A book with an entry of these exits, of which ten shares were bought. */
function aBracket(exits: OrderExits = both) {
  const { book, held } = aBook();
  book.sent('entry', aDraft({ side: 'buy', exits }));
  tell(book, 'entry', 'filled', 10, 'buy');
  return { book, held };
}

const idsOf = (wakes: readonly Wake[]): readonly string[] => wakes.map(({ requestId }) => requestId);

describe('TriggerBook.bothInOneBar', () => {
  test('TriggerBook.bothInOneBar counts a stop and a target of one group, not those that stand alone or apart', () => {
    for (const [stopGroup, targetGroup, count] of [
      [{}, {}, 0],
      [{ group: 'a' }, {}, 0],
      [{ group: 'a' }, { group: 'b' }, 0],
      [{ group: 'a' }, { group: 'a' }, 1],
    ] as const) {
      const { book } = aBook();
      book.add('stop', aDraft({ trigger: stop, ...stopGroup }), null, true);
      book.add('target', aDraft({ trigger: target, ...targetGroup }), null, true);

      const wakes = book.wakeInBar(samsung, 'sell', wideBar, 1);

      assert.deepEqual([book.bothInOneBar, wakes.length], [count, 2 - count]);
    }
  });

  test('TriggerBook.bothInOneBar does not count a stop at the open, which came first for certain', () => {
    const { book } = aBracket();

    assert.deepEqual(idsOf(book.wakeInBar(samsung, 'sell', { ...wideBar, open: 9_450 }, 1)), ['entry-x0s']);
    assert.equal(book.bothInOneBar, 0);
  });
});

describe('TriggerBook', () => {
  test('TriggerBook says which way the market came to a price on the way, and nothing of the first print', () => {
    const directions = [wideBar, { ...wideBar, open: 9_450 }].map((bar) => {
      const [wake] = aBracket().book.wakeInBar(samsung, 'sell', bar, 1);
      return [wake?.phase, wake?.direction];
    });

    assert.deepEqual(directions, [
      ['during', 'down'],
      ['open', null],
    ]);
  });

  test('INV-07 TriggerBook sells the one share that is left, and waits while another sell offers it', () => {
    const { book, held } = aBracket();
    held.shares = 1;
    held.offered = 1;
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 1), []);
    assert.equal(book.watched.length, 2, 'both exits stay');

    held.offered = 0;
    const [wake] = book.wakeAtPrice(samsung, 9_400, 2);

    assert.deepEqual([wake?.draft.quantity, wake?.withdraw, wake?.ended], [1, null, []]);
  });

  test('INV-07 TriggerBook lets two brackets of one share sell no more together than is held', () => {
    const { book, held } = aBook(15);
    for (const id of ['a', 'b']) {
      book.sent(id, aDraft({ side: 'buy', exits: both }));
      tell(book, id, 'filled', 10, 'buy');
    }

    const wakes = book.wakeInBar(samsung, 'sell', wideBar, 1);

    assert.deepEqual(
      wakes.map(({ requestId, draft }) => [requestId, draft.quantity]),
      [
        ['a-x0s', 10],
        ['b-x0s', 5],
      ],
    );
    assert.equal(held.shares, 15);
  });

  test('TriggerBook drops a bracket whose shares are gone when its exit would wake', () => {
    const { book, held } = aBracket();
    held.shares = 0;

    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 1), []);
    assert.equal(book.isEmpty, true);
  });

  test('TriggerBook wakes neither another instrument, nor what was asked for for the next session', () => {
    const { book } = aBook();
    book.add('next', aDraft({ trigger: stop }), null, false);
    book.add('at open', aDraft({ pricing: 'market-on-open' }), null, false);
    book.add('at close', aDraft({ pricing: 'market-on-close' }), null, true);

    assert.deepEqual([book.wakeAtPrice(samsung, 9_400, 1), book.wakeAtOpen(samsung)], [[], []]);
    book.startSession(20_261_118);
    assert.deepEqual(
      [book.wakeAtPrice(hynix, 9_400, 1), book.wakeAtOpen(hynix), book.wakeAtClose(hynix)],
      [[], [], []],
    );
    assert.deepEqual(idsOf(book.wakeAtPrice(samsung, 9_400, 2)), ['next']);
    assert.deepEqual(idsOf(book.wakeAtOpen(samsung)), ['at open']);
    assert.deepEqual(idsOf(book.wakeAtClose(samsung)), ['at close']);
  });

  test('TriggerBook shows an exit that ended short the next bar, from its very first millisecond', () => {
    const { book } = aBracket();
    const [first] = book.wakeInBar(samsung, 'sell', wideBar, 1_000);
    tell(book, first?.requestId ?? '', 'expired', 4);

    assert.deepEqual(book.wakeInBar(samsung, 'sell', wideBar, 1_000), []);
    assert.deepEqual(idsOf(book.wakeInBar(samsung, 'sell', wideBar, 1_001)), ['entry-x1s']);
  });
});
