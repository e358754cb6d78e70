import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { aBook, at, described, levelsOf, outcome, submitAll } from './fixtures/book-in-hand.ts';

test('M20 submit() fills the best price first, at the price of the order that waited', () => {
  const book = aBook('continuous');

  const result = submitAll(book, 's1 sell 5 @70200', 's2 sell 5 @70100', 's3 sell 5 @70300', 'b1 buy 12 @70200');

  assert.deepEqual(outcome(result), { trades: ['b1 x s2 5 @70100', 'b1 x s1 5 @70200'], resting: 2, cancelled: 0 });
  assert.deepEqual(levelsOf(book), { asks: ['5 @70300'], bids: ['2 @70200'] });
  assert.equal(book.lastPrice, 70_200);
  assert.equal(book.volumeOfDay, 10);
});

test('M20 submit() fills a seller from the highest bid down', () => {
  const result = submitAll(
    aBook('continuous'),
    'b1 buy 5 @69900',
    'b2 buy 5 @70000',
    'b3 buy 5 @69800',
    's1 sell 7 @69900',
  );

  assert.deepEqual(outcome(result), { trades: ['s1 x b2 5 @70000', 's1 x b1 2 @69900'], resting: 0, cancelled: 0 });
});

test('M20 submit() fills the oldest order of a price first, and the rest of it before the next', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 's2 sell 5 @70100', 's3 sell 5 @70100');

  assert.deepEqual(outcome(submitAll(book, 'b1 buy 3 @70100')), {
    trades: ['b1 x s1 3 @70100'],
    resting: 0,
    cancelled: 0,
  });
  assert.deepEqual(outcome(submitAll(book, 'b2 buy 4 @70100')), {
    trades: ['b2 x s1 2 @70100', 'b2 x s2 2 @70100'],
    resting: 0,
    cancelled: 0,
  });
  assert.deepEqual([book.remaining('s1'), book.remaining('s2'), book.remaining('s3')], [0, 3, 5]);
});

test('M20 submit() says in each trade who waited, who came and for whom', () => {
  const book = aBook('continuous');

  const result = submitAll(book, 's1 sell 5 @70100', 'b1 buy 5 @70100');

  assert.ok(result.kind === 'accepted');
  assert.deepEqual(result.trades, [
    {
      at,
      price: 70_100,
      quantity: 5,
      makerId: 's1',
      makerOwner: 'owner of s1',
      takerId: 'b1',
      takerOwner: 'owner of b1',
      takerSide: 'buy',
    },
  ]);
});

for (const [order, expected] of [
  ['b1 buy 12 @70200 ioc', { trades: ['b1 x s1 5 @70100', 'b1 x s2 5 @70200'], resting: 0, cancelled: 2 }],
  ['b1 buy 5 @70000 ioc', { trades: [], resting: 0, cancelled: 5 }],
  ['b1 buy 11 @70200 fok', { trades: [], resting: 0, cancelled: 11 }],
  ['b1 buy 10 @70200 fok', { trades: ['b1 x s1 5 @70100', 'b1 x s2 5 @70200'], resting: 0, cancelled: 0 }],
  [
    'b1 buy 20 market',
    { trades: ['b1 x s1 5 @70100', 'b1 x s2 5 @70200', 'b1 x s3 5 @70300'], resting: 0, cancelled: 5 },
  ],
  ['b1 buy 20 market fok', { trades: [], resting: 0, cancelled: 20 }],
] as const) {
  test(`M21 submit() of ${order} leaves nothing waiting and cancels what it did not get`, () => {
    const book = aBook('continuous');
    submitAll(book, 's1 sell 5 @70100', 's2 sell 5 @70200', 's3 sell 5 @70300');

    assert.deepEqual(outcome(submitAll(book, order)), expected);
    assert.equal(book.remaining('b1'), 0);
    assert.deepEqual(levelsOf(book).bids, []);
  });
}

for (const [order, reason] of [
  ['b1 buy 1 @70050', 'tick-size'],
  ['b1 buy 1 @91100', 'price-limit'],
  ['b1 buy 1 @48950', 'price-limit'],
  ['b1 buy 1 @0', 'price-limit'],
  ['b1 buy 0 @70000', 'quantity'],
  ['b1 buy 1.5 @70000', 'quantity'],
  ['b1 buy -1 @70000', 'quantity'],
  ['b1 buy NaN market', 'quantity'],
] as const) {
  test(`M22 submit() refuses ${order} for its ${reason}`, () => {
    const book = aBook('continuous');

    assert.equal(outcome(submitAll(book, order)), reason);
    assert.equal(book.remaining('b1'), 0);
  });
}

test('M22 submit() takes both limits of the day', () => {
  const result = submitAll(aBook('continuous'), 's1 sell 1 @91000', 'b1 buy 1 @49000');

  assert.deepEqual(outcome(result), { trades: [], resting: 1, cancelled: 0 });
});

test('M22 submit() takes the tick, the limits and the lot of the date', () => {
  const old = { date: '2004-06-01', basePrice: 60_000 };

  assert.equal(outcome(submitAll(aBook('continuous', old), 'b1 buy 5 @60000')), 'quantity');
  assert.equal(outcome(submitAll(aBook('continuous', old), 'b1 buy 10 @69100')), 'price-limit');
  assert.equal(submitAll(aBook('continuous', { basePrice: 60_000 }), 'b1 buy 5 @69100').kind, 'accepted');
});

test('M22 submit() refuses everything while closed, and an auction refuses what must execute at once', () => {
  assert.equal(outcome(submitAll(aBook('closed'), 'b1 buy 1 @70000')), 'closed');
  assert.equal(outcome(submitAll(aBook('auction'), 'b1 buy 1 @70000 ioc')), 'closed');
  assert.equal(outcome(submitAll(aBook('auction'), 'b1 buy 1 market fok')), 'closed');
});

test('M22 submit() treats an id that waits already as a broken assumption', () => {
  const book = aBook('continuous');
  submitAll(book, 'b1 buy 1 @70000');

  assert.throws(() => submitAll(book, 'b1 buy 1 @70000'), { name: 'InvariantError' });
});

test('M23 setPhase() prints an auction at one price, for the buyer who came', () => {
  const book = aBook('auction');
  submitAll(book, 'b1 buy 10 @70500', 'b2 buy 10 @70200', 's1 sell 5 @69800', 's2 sell 10 @70200', 's3 sell 9 @70600');

  assert.deepEqual(book.indicative(), { price: 70_200, quantity: 15 });
  const trades = book.setPhase('continuous', at);

  assert.deepEqual(described(trades), ['b1 x s1 5 @70200', 'b1 x s2 5 @70200', 'b2 x s2 5 @70200']);
  assert.ok(trades.every((trade) => trade.takerSide === 'buy'));
  assert.deepEqual(levelsOf(book), { asks: ['9 @70600'], bids: ['5 @70200'] });
  assert.equal(book.indicative(), null);
});

test('M23 setPhase() serves market orders of an auction first and cancels what they did not get', () => {
  const book = aBook('auction');
  submitAll(book, 'b1 buy 5 @71000', 'b2 buy 5 market', 'b3 buy 9 market', 's1 sell 12 @70000');

  const trades = book.setPhase('continuous', at);

  // One tick above the only limit bid, fewer shares of demand are left over than at it.
  assert.deepEqual(described(trades), ['b2 x s1 5 @71100', 'b3 x s1 7 @71100']);
  assert.deepEqual([book.remaining('b1'), book.remaining('b3')], [5, 0]);
});

test('M23 setPhase() prints market against market at the last price', () => {
  const book = aBook('auction');
  submitAll(book, 'b1 buy 5 market', 's1 sell 7 market');

  assert.deepEqual(described(book.setPhase('continuous', at)), ['b1 x s1 5 @70000']);
  assert.equal(book.remaining('s1'), 0);
});

test('M23 setPhase() keeps what waited in continuous trading for the closing auction and after it', () => {
  const book = aBook('continuous');
  submitAll(book, 'b1 buy 5 @70000');

  assert.deepEqual(book.setPhase('auction', at), []);
  submitAll(book, 's1 sell 3 @69900');

  assert.deepEqual(described(book.setPhase('closed', at)), ['b1 x s1 3 @70000']);
  assert.equal(book.remaining('b1'), 2);
  assert.equal(book.cancel('b1'), 2);
});

test('M23 setPhase() from auction to auction prints nothing', () => {
  const book = aBook('auction');
  submitAll(book, 'b1 buy 5 @70000', 's1 sell 5 @70000');

  assert.deepEqual(book.setPhase('auction', at), []);
  assert.equal(described(book.setPhase('continuous', at)).length, 1);
});

test('M24 cancel() takes back what is left, once', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 'b1 buy 2 @70100');

  assert.equal(book.cancel('s1'), 3);
  assert.equal(book.cancel('s1'), null);
  assert.equal(book.cancel('never seen'), null);
  assert.deepEqual(levelsOf(book), { asks: [], bids: [] });
});

test('M24 amend() keeps the place in the queue when only the quantity shrinks', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 's2 sell 5 @70100');

  const result = book.amend('s1', won(70_100), quantity(2), at);

  assert.deepEqual(outcome(result), { trades: [], resting: 2, cancelled: 0 });
  assert.deepEqual(outcome(submitAll(book, 'b1 buy 3 @70100')), {
    trades: ['b1 x s1 2 @70100', 'b1 x s2 1 @70100'],
    resting: 0,
    cancelled: 0,
  });
});

test('M24 amend() that changes nothing keeps the place in the queue', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 's2 sell 5 @70100');

  book.amend('s1', won(70_100), quantity(5), at);

  assert.deepEqual(outcome(submitAll(book, 'b1 buy 1 @70100')), {
    trades: ['b1 x s1 1 @70100'],
    resting: 0,
    cancelled: 0,
  });
});

test('M24 amend() sends the order to the end of the queue when it grows', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 's2 sell 5 @70100');

  book.amend('s1', won(70_100), quantity(6), at);

  assert.deepEqual(outcome(submitAll(book, 'b1 buy 6 @70100')), {
    trades: ['b1 x s2 5 @70100', 'b1 x s1 1 @70100'],
    resting: 0,
    cancelled: 0,
  });
});

test('M24 amend() trades at once when the new price crosses', () => {
  const book = aBook('continuous');
  submitAll(book, 's1 sell 5 @70100', 'b1 buy 8 @70000');

  const result = book.amend('b1', won(70_100), quantity(8), at);

  assert.deepEqual(outcome(result), { trades: ['b1 x s1 5 @70100'], resting: 3, cancelled: 0 });
  assert.equal(book.remaining('b1'), 3);
});

test('M24 amend() leaves the order as it was when the change is refused, and answers null for one that is gone', () => {
  const book = aBook('continuous');
  submitAll(book, 'b1 buy 8 @70000');

  assert.equal(outcome(book.amend('b1', won(70_050), quantity(8), at)), 'tick-size');
  assert.equal(outcome(book.amend('b1', won(70_000), quantity(0), at)), 'quantity');
  assert.equal(book.amend('gone', won(70_000), quantity(1), at), null);
  book.setPhase('closed', at);
  assert.equal(outcome(book.amend('b1', won(70_000), quantity(1), at)), 'closed');
  assert.equal(book.remaining('b1'), 8);
});

test('M20 depth() shows the best levels first and no more than asked for', () => {
  const book = aBook('continuous');
  submitAll(book, 'b1 buy 1 @69800', 'b2 buy 2 @70000', 'b3 buy 3 @69900', 'b4 buy 4 @70000');
  submitAll(book, 's1 sell 1 @70300', 's2 sell 2 @70100');

  const { asks, bids } = book.depth(2, at);

  assert.deepEqual(bids, [
    { price: 70_000, quantity: 6 },
    { price: 69_900, quantity: 3 },
  ]);
  assert.deepEqual(asks, [
    { price: 70_100, quantity: 2 },
    { price: 70_300, quantity: 1 },
  ]);
});
