import assert from 'node:assert/strict';
import { test } from 'node:test';

import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';

import { anOrder, at, samsung } from './fixtures/book-in-hand.ts';
import { createMatchingBook } from './matching-book.ts';
import type { MatchingBook, MatchingBookOptions, SubmitResult } from './venue.ts';
import { volatilityRates } from './volatility-rates.ts';

const date = Temporal.PlainDate.from('2026-11-20');

/** A book with a base of 70,000 won in continuous trading. */
function aBook(options: Partial<MatchingBookOptions> = {}): MatchingBook {
  const book = createMatchingBook({ instrument: samsung, date, basePrice: won(70_000), ...options });
  book.setPhase('continuous', at);
  return book;
}

function send(book: MatchingBook, ...texts: string[]): SubmitResult | null {
  let last: SubmitResult | null = null;
  for (const text of texts) last = book.submit(anOrder(text), at);
  return last;
}

function tradesOf(result: SubmitResult | null): string[] {
  assert.equal(result?.kind, 'accepted');
  return result.trades.map(({ makerId, takerId, quantity: size, price }) => `${takerId}/${makerId} ${size} @${price}`);
}

const rates = volatilityRates({ kind: 'stock', isCore: true }, 'continuous', date);

test('a mid-price order trades between the quotes with another, cut off to whole won, and with nobody while a side is empty', () => {
  const book = aBook();
  const alone = send(book, 'm1 buy 5 mid', 'a1 sell 10 @70100');
  const met = send(book, 'b1 buy 10 @69900', 'b2 buy 1 @70000', 'm2 sell 3 mid');

  assert.deepEqual(tradesOf(alone), []);
  assert.deepEqual(tradesOf(met), ['m2/m1 3 @70050']);
  assert.equal(book.remaining('m1'), 2);
});

test('an order that crosses the spread meets the middle before the best level, and only as far as its limit allows', () => {
  const book = aBook();
  send(book, 'a1 sell 10 @70100', 'b1 buy 10 @69900', 'm1 sell 2 mid');

  assert.deepEqual(tradesOf(send(book, 't1 buy 5 market')), ['t1/m1 2 @70000', 't1/a1 3 @70100']);
  assert.deepEqual(tradesOf(send(book, 'm2 buy 2 mid', 't2 sell 4 @70000')), ['t2/m2 2 @70000']);
});

test('mid-price orders wait out an auction, and IOC and FOK ones leave nothing behind', () => {
  const book = aBook();
  send(book, 'a1 sell 10 @70100', 'b1 buy 10 @69900', 'm1 buy 2 mid');
  book.setPhase('auction', at);
  send(book, 'a2 sell 4 market');
  const printed = book.setPhase('continuous', at);

  assert.deepEqual(
    printed.map(({ takerId, price }) => [takerId, price]),
    [['b1', 69_900]],
  );
  assert.equal(book.remaining('m1'), 2);
  assert.deepEqual(tradesOf(send(book, 'm2 sell 5 mid fok')), []);
  assert.deepEqual(tradesOf(send(book, 'm3 sell 5 mid ioc')), ['m3/m1 2 @70000']);
  assert.deepEqual([book.remaining('m2'), book.remaining('m3')], [0, 0]);
});

test('a trade 3 % from the one before it does not happen: the book collects, and the order waits', () => {
  const book = aBook({ volatility: rates });
  send(book, 'a1 sell 1 @72000', 'a2 sell 1 @72100', 'a3 sell 1 @72200');
  const result = send(book, 't1 buy 3 market');

  assert.deepEqual(tradesOf(result), ['t1/a1 1 @72000'], '2.9 % is not too far');
  assert.deepEqual([book.phase, book.remaining('t1'), book.interruption?.kind], ['auction', 2, 'dynamic']);
  assert.deepEqual([book.interruption?.triggerPrice, book.interruption?.referencePrice], [72_100, 70_000]);
  assert.equal(send(book, 't2 buy 1 market ioc')?.kind, 'rejected');
  assert.equal(book.setPhase('continuous', at).length, 2);
  assert.deepEqual([book.interruption, book.singlePrice], [null, 72_200]);
});

test('ten percent from the last single price is static, and a FOK order that would get there trades nothing', () => {
  const book = aBook({ volatility: { staticPerMille: 100, dynamicPerMille: null } });
  send(book, 'a1 sell 1 @76900', 'a2 sell 1 @77000');
  const result = send(book, 't1 buy 2 @77000 fok');

  assert.deepEqual(result, { kind: 'accepted', trades: [], resting: 0, cancelled: 2 });
  assert.deepEqual([book.interruption?.kind, book.interruption?.referencePrice], ['static', 70_000]);
});

test('volatilityRates() begin by date and are narrower in the closing auction', () => {
  const on = (day: string, window: 'continuous' | 'closing', isCore = true) =>
    Object.values(volatilityRates({ kind: 'stock', isCore }, window, Temporal.PlainDate.from(day)));

  assert.deepEqual(on('2014-08-29', 'continuous'), [null, null]);
  assert.deepEqual(on('2014-09-01', 'continuous'), [null, 30]);
  assert.deepEqual(on('2015-06-15', 'continuous', false), [100, 60]);
  assert.deepEqual(on('2026-11-20', 'closing'), [null, 20]);
  assert.deepEqual(on('2026-11-20', 'closing', false), [null, 40]);
});

test('a suspended book prints nothing, takes nothing, gives back, and takes up what it collected', () => {
  const book = aBook();
  book.setPhase('auction', at);
  send(book, 'b1 buy 5 @70000', 's1 sell 5 @70000', 'b2 buy 1 @69900');
  book.suspend();

  assert.equal(send(book, 'b3 buy 1 @70000')?.kind, 'rejected');
  assert.equal(book.cancel('b1', quantity(2)), 2);
  book.restore(anOrder('b4 buy 2 @70000'));
  book.setPhase('auction', at);
  const printed = book.setPhase('closed', at);
  assert.deepEqual(
    printed.map(({ takerId, quantity: size }) => [takerId, size]),
    [
      ['b1', 3],
      ['b4', 2],
    ],
  );
});

test('a book of one price takes that price alone, on a tick or not, first come first served', () => {
  const book = aBook({ fixedPrice: won(70_050) });

  assert.deepEqual(send(book, 'x1 buy 1 @70100'), { kind: 'rejected', reason: 'price-limit' });
  assert.deepEqual(tradesOf(send(book, 'b1 buy 2 @70050', 'b2 buy 2 @70050', 's1 sell 3 @70050')), [
    's1/b1 2 @70050',
    's1/b2 1 @70050',
  ]);
});
