import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderState } from '#domain/order-state.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '../strategy.ts';
import { TriggerBook, watchedMax } from './trigger-book.ts';

const samsung = instrumentId('005930');

function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  return {
    instrument: samsung,
    side: 'sell',
    quantity: quantity(10),
    price: won(10_000),
    reason: 'because',
    ...change,
  };
}

function anUpdate(requestId: string, state: OrderState, filled: number, side: OrderSide = 'sell') {
  return { requestId, instrument: samsung, side, state, filled: quantity(filled), code: null };
}

/** A book whose owner holds `held.shares`, of which its own sells offer `held.offered`. */
function aBook(shares = 10, orderValueMax = 1_000_000) {
  const held = { shares, offered: 0 };
  const account = { held: () => held.shares, offered: () => held.offered, orderValueMax: () => orderValueMax };
  const book = new TriggerBook(account);
  book.startSession(20_240_102);
  return { book, held };
}

/** An entry of ten shares at 10,000 with a stop at 9,500 and a target at 10,500, filled. */
function aBracket(orderValueMax?: number) {
  const { book, held } = aBook(0, orderValueMax);
  const exits = { stopPrice: won(9_500), targetPrice: won(10_500) };
  book.sent('entry', aDraft({ side: 'buy', exits }));
  book.follow(anUpdate('entry', 'acked', 0, 'buy'));
  held.shares = 10;
  book.follow(anUpdate('entry', 'filled', 10, 'buy'));
  return { book, held };
}

describe('TriggerBook', () => {
  test('TriggerBook keeps the stop of what was bought when the rest of its entry is withdrawn', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    book.follow(anUpdate('entry', 'acked', 0, 'buy'));
    held.shares = 4;
    book.follow(anUpdate('entry', 'partially-filled', 4, 'buy'));

    const taken = book.cancel('entry');
    book.follow(anUpdate('entry', 'cancelled', 4, 'buy'));
    const [wake] = book.wakeAtPrice(samsung, 9_400, 1);

    assert.equal(taken?.side, 'buy');
    assert.deepEqual([wake?.isExit, wake?.draft.quantity], [true, 4]);
  });

  test('TriggerBook takes the exits of a bracket away when its entry is over and withdrawn', () => {
    const { book } = aBracket();

    book.cancel('entry');

    assert.deepEqual(book.wakeAtPrice(samsung, 9_000, 1), []);
    assert.equal(book.isEmpty, true);
  });

  test('TriggerBook sells what is worth more than one order in parts, as many as it takes', () => {
    const { book, held } = aBracket(25_000);
    const parts: number[] = [];

    for (let atMs = 1; held.shares > 0; atMs += 1) {
      const [wake] = book.wakeAtPrice(samsung, 9_400, atMs);
      assert(wake !== undefined, 'the stop waits for the next price');
      held.shares -= wake.draft.quantity;
      parts.push(wake.draft.quantity);
      book.follow(anUpdate(wake.requestId, 'filled', wake.draft.quantity));
    }

    assert.deepEqual([parts, book.isEmpty], [[2, 2, 2, 2, 2], true]);
  });

  test('TriggerBook counts no attempts below none when a part that left in the session before has sold in this one', () => {
    const { book, held } = aBracket(25_000);
    const [wake] = book.wakeAtPrice(samsung, 9_400, 1);
    assert(wake !== undefined);

    book.startSession(20_240_103);
    held.shares -= wake.draft.quantity;
    book.follow(anUpdate(wake.requestId, 'filled', wake.draft.quantity));

    assert.deepEqual(
      book.state.brackets.map(({ attemptsOfSession }) => attemptsOfSession),
      [0],
    );
  });

  test('TriggerBook asks for a stop again a minute after a limit per minute refused it, not at the next three prices', () => {
    const { book } = aBracket();
    const [wake] = book.wakeAtPrice(samsung, 9_400, 1_000);
    assert(wake !== undefined);

    book.follow({ ...anUpdate(wake.requestId, 'denied', 0), code: 'orders-per-minute-strategy' });

    assert.deepEqual(book.wakeAtPrice(samsung, 9_300, 60_999), []);
    assert.equal(book.wakeAtPrice(samsung, 9_300, 61_000).length, 1);
  });

  test('TriggerBook asks for a stop again ten seconds after something stood in its way, and at once when that was its entry', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    held.shares = 4;
    book.follow(anUpdate('entry', 'partially-filled', 4, 'buy'));
    for (const [moment, code] of ['holding', 'self-cross'].entries()) {
      const [wake] = book.wakeAtPrice(samsung, 9_400, 1_000 + moment * 10_000);
      assert(wake !== undefined);
      book.follow({ ...anUpdate(wake.requestId, 'denied', 0), code });
      assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 10_999 + moment * 10_000), []);
    }

    book.follow(anUpdate('entry', 'cancelled', 4, 'buy'));

    assert.equal(book.wakeAtPrice(samsung, 9_400, 21_000 - 1).length, 1);
  });

  test('TriggerBook wakes an order once, without its trigger', () => {
    const { book } = aBook();
    book.add('a', aDraft({ trigger: { kind: 'stop', price: won(9_500) }, pricing: 'market' }), 10_000, true);

    assert.deepEqual(book.wakeAtPrice(samsung, 9_501, 1), []);
    const [wake] = book.wakeAtPrice(samsung, 9_490, 2);

    assert.deepEqual([wake?.requestId, wake?.price, wake?.draft.pricing], ['a', 9_490, 'market']);
    assert.equal(wake?.draft.trigger, undefined);
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 3), []);
    assert.equal(book.isEmpty, true);
  });

  test('TriggerBook takes the others of a group away before the first of it is sent', () => {
    const { book } = aBook();
    book.add('stop', aDraft({ trigger: { kind: 'stop', price: won(9_500) }, group: 'out' }), 10_000, true);
    book.add('target', aDraft({ price: won(10_500), group: 'out' }), 10_000, true);
    book.add('other', aDraft({ price: won(10_400), group: 'another' }), 10_000, true);

    const wakes = book.wakeInBar(samsung, 'sell', { open: 10_000, high: 10_600, low: 9_400, close: 10_000 }, 1);

    assert.deepEqual(
      wakes.map((wake) => [wake.requestId, wake.price, wake.ended.map((mate) => mate.requestId)]),
      [
        ['stop', 9_500, ['target']],
        ['other', 10_400, []],
      ],
    );
    assert.equal(book.bothInOneBar, 1);
  });

  test('TriggerBook believes the open before what came later in the bar', () => {
    const { book } = aBook();
    book.add('stop', aDraft({ trigger: { kind: 'stop', price: won(9_500) }, group: 'out' }), 10_000, true);
    book.add('target', aDraft({ price: won(10_500), group: 'out' }), 10_000, true);

    const wakes = book.wakeInBar(samsung, 'sell', { open: 10_700, high: 10_700, low: 9_400, close: 10_000 }, 1);

    assert.deepEqual(
      wakes.map((wake) => [wake.requestId, wake.price]),
      [['target', 10_700]],
    );
    assert.equal(book.bothInOneBar, 0);
  });

  test('TriggerBook arms the exits of an entry share by share, and withdraws what of it still buys', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 1), []);
    held.shares = 3;
    book.follow(anUpdate('entry', 'partially-filled', 3, 'buy'));

    const [wake] = book.wakeAtPrice(samsung, 9_400, 2);

    assert.deepEqual([wake?.draft.quantity, wake?.draft.side, wake?.isExit], [3, 'sell', true]);
    assert.equal(wake?.withdraw, 'entry');
  });

  test('TriggerBook arms what is left after an exit that ended short, as a new order and not in the same bar', () => {
    const { book, held } = aBracket();
    const bar = { open: 9_400, high: 9_400, low: 9_400, close: 9_400 };
    const [first] = book.wakeInBar(samsung, 'sell', bar, 1_000);
    assert.ok(first !== undefined);
    assert.deepEqual(book.wakeInBar(samsung, 'sell', bar, 1_000), [], 'while one is on its way none of the others may');
    held.shares = 6;
    book.follow(anUpdate(first.requestId, 'expired', 4));

    assert.deepEqual(book.wakeInBar(samsung, 'sell', bar, 1_000), []);
    const [second] = book.wakeInBar(samsung, 'sell', bar, 2_000);

    assert.equal(second?.draft.quantity, 6);
    assert.notEqual(second?.requestId, first.requestId);
  });

  test('TriggerBook arms a trailing exit again where it stood', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { trailingBps: 500 } }));
    held.shares = 10;
    book.follow(anUpdate('entry', 'filled', 10, 'buy'));
    book.wakeAtPrice(samsung, 12_000, 1);
    const [first] = book.wakeAtPrice(samsung, 11_400, 2);
    book.follow(anUpdate(first!.requestId, 'denied', 0));

    assert.equal(book.wakeAtPrice(samsung, 11_390, 3).length, 1, 'five percent below 12,000, not below 11,390');
  });

  test('INV-05 TriggerBook sends no other exit while what became of one is unknown', () => {
    const { book } = aBracket();
    const [first] = book.wakeAtPrice(samsung, 9_400, 1);
    book.follow(anUpdate(first!.requestId, 'unknown', 0));

    assert.deepEqual(book.wakeAtPrice(samsung, 9_300, 2), []);
    book.startSession(20_240_103);
    assert.deepEqual(book.wakeAtPrice(samsung, 9_300, 3), []);
  });

  test('INV-40 TriggerBook tries an exit three times a session at the most, and goes on in the next', () => {
    const { book } = aBracket();
    let tries = 0;
    for (let moment = 1; moment < 20; moment += 1) {
      for (const wake of book.wakeAtPrice(samsung, 9_400, moment * 100)) {
        tries += 1;
        book.follow(anUpdate(wake.requestId, 'denied', 0));
      }
    }
    assert.equal(tries, 3);

    book.startSession(20_240_103);
    assert.equal(book.wakeAtPrice(samsung, 9_400, 9_999).length, 1);
  });

  test('TriggerBook forgets the exits of shares that the strategy has sold itself', () => {
    const { book, held } = aBracket();
    held.shares = 0;
    book.follow(anUpdate('own-sell', 'filled', 10));

    assert.deepEqual(book.wakeAtPrice(samsung, 9_000, 1), []);
    assert.equal(book.isEmpty, true);
  });

  test('INV-02 TriggerBook arms the exits of an entry that still buys, although the first shares of it were sold otherwise', () => {
    const { book, held } = aBook(0);
    book.sent('entry', aDraft({ side: 'buy', exits: { stopPrice: won(9_500) } }));
    held.shares = 4;
    book.follow(anUpdate('entry', 'partially-filled', 4, 'buy'));
    held.shares = 0;
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 1), []);
    assert.deepEqual(book.watched, []);

    held.shares = 6;
    book.follow(anUpdate('entry', 'filled', 10, 'buy'));
    const [wake] = book.wakeAtPrice(samsung, 9_400, 2);

    assert.deepEqual([wake?.isExit, wake?.draft.quantity], [true, 6]);
  });

  test('INV-07 TriggerBook leaves to other sells what they offer, and sells it when they are gone', () => {
    const { book, held } = aBracket();
    held.offered = 10;
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 1), []);

    held.offered = 4;
    const [part] = book.wakeAtPrice(samsung, 9_400, 2);
    held.shares = 4;
    book.follow(anUpdate('entry-x0s', 'filled', 6));
    assert.deepEqual(book.wakeAtPrice(samsung, 9_400, 3), []);
    held.offered = 0;
    const [rest] = book.wakeAtPrice(samsung, 9_400, 4);

    assert.deepEqual([part?.draft.quantity, rest?.draft.quantity, rest?.requestId], [6, 4, 'entry-x1s']);
  });

  test('TriggerBook asks again for what is left of an order good till a day, and no longer', () => {
    const { book } = aBook();
    const draft = aDraft({ goodTill: 20_240_103 });
    book.sent('a', draft);
    book.follow(anUpdate('a', 'expired', 4));
    assert.deepEqual(book.wakeAtOpen(samsung), [], 'not in the session that is over');
    book.startSession(20_240_103);

    const [wake] = book.wakeAtOpen(samsung);

    assert.ok(wake !== undefined);
    assert.equal(wake.draft.quantity, 6);
    book.follow(anUpdate(wake.requestId, 'expired', 0));
    assert.equal(book.isEmpty, true);
  });

  test('TriggerBook ends with its session what is not good for longer', () => {
    const { book } = aBook();
    const trigger = { kind: 'stop', price: won(9_000) } as const;
    book.add('day', aDraft({ trigger }), null, false);
    book.add('long', aDraft({ trigger, goodTill: 20_240_104 }), null, false);
    assert.deepEqual(book.endSession(), [], 'both were meant for the next one');

    book.startSession(20_240_103);
    assert.deepEqual(
      book.endSession().map((order) => order.requestId),
      ['day'],
    );
    book.startSession(20_240_104);
    assert.deepEqual(
      book.endSession().map((order) => order.requestId),
      ['long'],
    );
  });

  test('INV-40 TriggerBook holds a thousand orders and refuses the next', () => {
    const { book } = aBook();
    const draft = aDraft({ pricing: 'market-on-close' });
    for (let count = 0; count < watchedMax; count += 1) assert.equal(book.add(`${count}`, draft, null, true), true);

    assert.equal(book.add('more', draft, null, true), false);
    assert.equal(book.wakeAtClose(samsung).length, watchedMax);
  });

  const bars = fc.array(
    fc.tuple(
      fc.integer({ min: 8_000, max: 12_000 }),
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 900 }),
    ),
    { maxLength: 40 },
  );
  const fates = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.boolean()), { minLength: 40, maxLength: 40 });

  test('INV-07 TriggerBook never sells more than was bought, and never has two exits of one entry on their way', () => {
    fc.assert(
      fc.property(bars, fates, fc.integer({ min: 1, max: 10 }), (path, outcomes, bought) => {
        const { book, held } = aBook(0);
        const exits = { stopPrice: won(9_500), targetPrice: won(10_500), trailingBps: 400 };
        book.sent('entry', aDraft({ side: 'buy', exits }));
        held.shares = bought;
        book.follow(anUpdate('entry', bought === 10 ? 'filled' : 'expired', bought, 'buy'));
        let sold = 0;
        for (const [moment, [open, up, down]] of path.entries()) {
          const bar = { open, high: open + up, low: open - down, close: open };
          const wakes = book.wakeInBar(samsung, 'sell', bar, moment * 60_000);
          assert.ok(wakes.length <= 1);
          const [wake] = wakes;
          if (wake === undefined) continue;
          assert.ok(sold + wake.draft.quantity <= bought);
          const [part, isDenied] = outcomes[moment]!;
          const filled = isDenied ? 0 : Math.min(part, wake.draft.quantity);
          sold += filled;
          held.shares = bought - sold;
          const isWhole = filled === wake.draft.quantity;
          book.follow(anUpdate(wake.requestId, isWhole ? 'filled' : 'expired', filled));
        }
        if (sold === bought) assert.equal(book.isEmpty, true);
      }),
    );
  });
});
