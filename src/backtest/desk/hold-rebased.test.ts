import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { TriggerBook } from '#strategy/triggers/trigger-book.ts';
import { holdRebased, rememberPrice, type PriceToday } from './hold-rebased.ts';

const [samsung, other] = [instrumentId('005930'), instrumentId('000660')];
const [tuesday, wednesday, thursday] = [20_261_117, 20_261_118, 20_261_119];
const account = { held: () => 10, offered: () => 0, orderValueMax: () => 1_000_000 };

const draft: OrderDraft = {
  instrument: samsung,
  side: 'sell',
  quantity: quantity(10),
  price: won(9_500),
  reason: '',
  trigger: { kind: 'stop', price: won(9_500) },
  goodTill: 20_261_130,
};

/** A stop at 9,500, asked for on Tuesday at 10,000. */
function aBook(): TriggerBook {
  const book = new TriggerBook(account);
  book.startSession(tuesday);
  ask(book, 'stop', tuesday, 10_000);
  return book;
}

function ask(book: TriggerBook, requestId: string, date: number, price: number | null): void {
  rememberPrice(book, samsung, price, date);
  book.add(requestId, { ...draft, ...(price === null ? {} : stopBelow(price)) }, price, true);
}

const stopBelow = (price: number) => ({ trigger: { kind: 'stop', price: won(Math.round(price * 0.95)) } }) as const;

/** The price as the book's owner shows it: what is held, then what wakes. */
function show(book: TriggerBook, date: number, price: number, change: Partial<PriceToday> = {}) {
  if (book.state.date !== date) book.startSession(date);
  const seen = { instrument: samsung, listing: null, price, date, atMs: date, basePrice: null, ...change };
  const before = holdRebased(book, seen);
  const woken = book.wakeAtPrice(seen.instrument, price, date).map(({ requestId }) => requestId);
  return { held: before?.price ?? null, woken };
}

describe('holdRebased()', () => {
  test('holdRebased() holds a stop over a split once and for good, and lets an ordinary fall wake it', () => {
    const [split, fall] = [aBook(), aBook()];

    assert.deepEqual(show(split, wednesday, 2_000), { held: 10_000, woken: [] });
    assert.deepEqual(show(split, wednesday, 1_500), { held: null, woken: [] });
    assert.deepEqual(show(split, thursday, 1_600), { held: null, woken: [] });
    assert.equal(split.hasWaiting(samsung), true);
    assert.deepEqual(show(fall, wednesday, 9_400), { held: null, woken: ['stop'] });
  });

  test('holdRebased() lets wake what is asked for at the new price, and what waits for another share', () => {
    const book = aBook();
    book.add('other', { ...draft, instrument: other }, 10_000, true);
    show(book, wednesday, 2_000);
    ask(book, 'new', wednesday, 2_000);

    assert.deepEqual(show(book, wednesday, 1_800).woken, ['new']);
    assert.deepEqual(show(book, wednesday, 9_000, { instrument: other }).woken, ['other']);
  });

  test('holdRebased() measures the whole day before by its last trade, not by the price at which an order was asked for', () => {
    const book = aBook();
    show(book, tuesday, 12_900);

    assert.deepEqual(show(book, wednesday, 9_000), { held: 12_900, woken: [] });
  });

  test('holdRebased() looks again when the base price of the day becomes known, and then not any more', () => {
    const book = aBook();
    show(book, tuesday, 10_000, { atMs: Temporal.Instant.from('2026-11-17T06:19:00Z').epochMilliseconds });

    assert.equal(show(book, wednesday, 9_600).held, null);
    assert.deepEqual(show(book, wednesday, 9_000, { basePrice: 8_300 }), { held: 10_000, woken: [] });
    ask(book, 'new', wednesday, 9_000);
    assert.deepEqual(show(book, wednesday, 8_000, { basePrice: 8_300 }), { held: null, woken: ['new'] });
  });

  test('holdRebased() takes a price that was told for no trade of the day: the first trade is measured all the same', () => {
    const book = aBook();

    assert.equal(show(book, wednesday, 10_000, { atMs: null }).held, null);
    assert.equal(show(book, wednesday, 2_000).held, 10_000);
  });

  test('holdRebased() holds by the base price although the price told is still the one of before', () => {
    assert.equal(show(aBook(), wednesday, 10_000, { atMs: null, basePrice: 2_000 }).held, 10_000);
  });

  test('holdRebased() holds nothing where no price was known before, as with a file of an earlier version', () => {
    const { lastPrices: _prices, held: _held, ...ofEarlierVersion } = aBook().state;

    assert.deepEqual(show(new TriggerBook(account, ofEarlierVersion), wednesday, 2_000), {
      held: null,
      woken: ['stop'],
    });
  });

  test('rememberPrice() forgets the price of days on which nothing waited', () => {
    const book = aBook();
    book.cancel('stop');
    ask(book, 'new', wednesday, 2_000);

    assert.deepEqual(show(book, thursday, 1_800), { held: null, woken: ['new'] });
  });
});
