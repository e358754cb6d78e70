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
const both = { stopPrice: won(9_500), targetPrice: won(10_500) };
const stop: OrderTrigger = { kind: 'stop', price: won(9_500) };

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

describe('TriggerBook.wakeInEntryBar()', () => {
  const bar = { open: 10_200, high: 10_600, low: 9_400, close: 10_100 };
  const inside = { price: 10_000, isAtOpen: false, startsAtMs: 1 };

  test('TriggerBook.wakeInEntryBar() counts a stop whenever the low is there', () => {
    const [wake] = aBracket().book.wakeInEntryBar('entry', bar, inside);

    assert.deepEqual([wake?.requestId, wake?.price, wake?.phase], ['entry-x0s', 9_500, 'during']);
  });

  test('TriggerBook.wakeInEntryBar() counts a target after a fill at the open, or when the close proves it', () => {
    const exits = { targetPrice: won(10_500) };
    const wakes = [
      aBracket(exits).book.wakeInEntryBar('entry', bar, inside),
      aBracket(exits).book.wakeInEntryBar('entry', { ...bar, close: 10_500 }, inside),
      aBracket(exits).book.wakeInEntryBar('entry', bar, { ...inside, isAtOpen: true }),
    ].map(([wake]) => wake?.price ?? null);

    assert.deepEqual(wakes, [null, 10_500, 10_500]);
  });

  test('TriggerBook.wakeInEntryBar() trails from the price that was paid, not from a high before', () => {
    const { book } = aBracket({ trailingBps: 300 });
    const fall = { open: 12_000, high: 12_000, low: 9_900, close: 9_950 };

    assert.deepEqual(book.wakeInEntryBar('entry', fall, inside), []);
    assert.equal(
      book.wakeInBar(samsung, 'sell', { open: 9_900, high: 9_900, low: 9_690, close: 9_690 }, 2)[0]?.price,
      9_700,
    );
  });

  test('TriggerBook.wakeInEntryBar() is for the exits of that entry alone', () => {
    const { book } = aBracket();
    book.add('own', aDraft({ trigger: stop }), null, true);

    assert.deepEqual(book.wakeInEntryBar('another', bar, inside), []);
    assert.deepEqual(idsOf(book.wakeInEntryBar('entry', bar, inside)), ['entry-x0s']);
  });
});
