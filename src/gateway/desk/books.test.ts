import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { booked } from './apply-fill.ts';
import { fillCosts } from './fill-costs.ts';
import type { Books } from './state.ts';

const instrument = instrumentId('005930');
const monday = '2026-03-02T01:00:00Z';

test('INV-07 booked() takes value and fee of a buy from the cash, and adds shares and cost to what is held', () => {
  const once = booked(books(0, 0), { instrument, side: 'buy' }, fill(10, 700_000, 105, 0));
  const twice = booked(once, { instrument, side: 'buy' }, fill(5, 360_000, 54, 0));

  assert.deepEqual(once.positions.get(instrument), { instrument, quantity: 10, cost: 700_000 });
  assert.deepEqual(twice.positions.get(instrument), { instrument, quantity: 15, cost: 1_060_000 });
  assert.equal(once.cash, 1_000_000 - 700_000 - 105);
  assert.equal(twice.cash, once.cash - 360_000 - 54);
  assert.deepEqual([twice.fees, twice.tax, twice.realised], [159, 0, 0]);
});

test('INV-07 booked() realises a sale by what was paid for the sold part, cut off to whole won', () => {
  const after = booked(books(3, 100), { instrument, side: 'sell' }, fill(1, 50, 2, 1));

  assert.deepEqual(after.positions.get(instrument), { instrument, quantity: 2, cost: 67 });
  assert.equal(after.cash, 1_000_000 + 50 - 2 - 1);
  assert.equal(after.realised, 50 - 2 - 1 - 33);
  assert.deepEqual([after.fees, after.tax], [2, 1]);
});

test('INV-07 booked() takes the cost of two of three shares, and of the one and only share', () => {
  const two = booked(books(3, 100), { instrument, side: 'sell' }, fill(2, 100, 0, 0));
  const only = booked(books(1, 40), { instrument, side: 'sell' }, fill(1, 50, 0, 0));

  assert.deepEqual([two.positions.get(instrument)?.cost, two.realised], [34, 34]);
  assert.deepEqual([only.positions.size, only.realised], [0, 10]);
});

test('INV-07 booked() makes nothing of a push whose shares were counted before', () => {
  const before = books(0, 0);

  assert.deepEqual(booked(before, { instrument, side: 'sell' }, fill(0, 0, 0, 0)), before);
});

test('INV-07 booked() realises all that was paid with the last share, and holds nothing then', () => {
  const after = booked(books(3, 100), { instrument, side: 'sell' }, fill(3, 150, 0, 0));

  assert.equal(after.positions.has(instrument), false);
  assert.equal(after.realised, 50);
});

test('INV-07 booked() never holds fewer than no shares, and knows no cost of what it did not hold', () => {
  const more = booked(books(2, 100), { instrument, side: 'sell' }, fill(3, 150, 0, 0));
  const nothing = booked(books(0, 0), { instrument, side: 'sell' }, fill(1, 50, 0, 0));

  assert.deepEqual([more.positions.size, more.realised], [0, 50]);
  assert.deepEqual([nothing.positions.size, nothing.realised], [0, 50]);
});

test('fillCosts() takes a fee of both sides and a tax of sales alone; a fund pays less than a stock', () => {
  const of = (symbol: string, side: 'buy' | 'sell') =>
    fillCosts({ instrument: instrumentId(symbol), side, value: won(100_000_000), at: monday });

  assert.ok(of('005930', 'buy').fee > 0);
  assert.equal(of('005930', 'buy').fee, of('005930', 'sell').fee);
  assert.equal(of('005930', 'buy').tax, 0);
  assert.ok(of('005930', 'sell').tax > 0);
  assert.equal(of('069500', 'sell').tax, 0, 'no tax on funds');
});

test('fillCosts() takes what it does not know for a stock, and knows no tax where the calendar ends', () => {
  const of = (symbol: string, at: string) =>
    fillCosts({ instrument: instrumentId(symbol), side: 'sell', value: won(100_000_000), at });

  assert.deepEqual(of('999999', monday), of('005930', monday));
  assert.equal(of('005930', '2099-03-02T01:00:00Z').tax, 0);
  assert.equal(of('005930', '2099-03-02T01:00:00Z').fee, of('005930', monday).fee);
});

function books(held: number, cost: number): Books {
  const position = { instrument, quantity: quantity(held), cost: won(cost) };
  return {
    date: 20_260_302,
    equityAtOpen: won(1_000_000),
    cash: won(1_000_000),
    positions: new Map(held === 0 ? [] : [[instrument, position]]),
    realised: won(0),
    fees: won(0),
    tax: won(0),
  };
}

function fill(shares: number, value: number, fee: number, tax: number) {
  return { quantity: quantity(shares), value: won(value), fee: won(fee), tax: won(tax) };
}
