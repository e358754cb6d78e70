import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { won } from '#domain/won.ts';
import { priceLimits } from '#markets/price-limits.ts';
import { isInTable, tickTable } from '#markets/tick-size.ts';
import { auctionPrice, type AuctionLevel, type AuctionOrders, type AuctionResult } from './auction-price.ts';

const stock = { market: 'KOSPI', kind: 'stock', leverage: 1 } as const;
const date = Temporal.PlainDate.from('2026-11-20');
const table = tickTable(stock, date);
/** 1,399 to 2,595: the bound at 2,000 won, where the tick turns from 1 to 5, lies inside. */
const limits = priceLimits(stock, won(1999), date);

function levels(...entries: readonly (readonly [price: number, quantity: number])[]): AuctionLevel[] {
  return entries.map(([price, quantity]) => ({ price: won(price), quantity }));
}

function priceOf(orders: Partial<AuctionOrders>, lastPrice = 1999): AuctionResult | null {
  return auctionPrice(
    { bids: [], asks: [], marketBuys: 0, marketSells: 0, ...orders },
    { lastPrice: won(lastPrice), table, limits },
  );
}

/** Tries every legal price of the day, each on its own. */
function bruteForce(orders: AuctionOrders, lastPrice: number): AuctionResult | null {
  let best: (AuctionResult & { imbalance: number; distance: number }) | null = null;
  for (let price = limits.lower; price <= limits.upper; price = won(price + 1)) {
    if (!isInTable(table, price)) continue;
    const bought = orders.bids.filter((bid) => bid.price >= price).reduce((sum, bid) => sum + bid.quantity, 0);
    const sold = orders.asks.filter((ask) => ask.price <= price).reduce((sum, ask) => sum + ask.quantity, 0);
    const [demand, supply] = [bought + orders.marketBuys, sold + orders.marketSells];
    const quantity = Math.min(demand, supply);
    const imbalance = Math.abs(demand - supply);
    const distance = Math.abs(price - lastPrice);
    const isBetter =
      best === null ||
      quantity > best.quantity ||
      (quantity === best.quantity && imbalance < best.imbalance) ||
      (quantity === best.quantity && imbalance === best.imbalance && distance <= best.distance);
    if (quantity > 0 && isBetter) best = { price, quantity, imbalance, distance };
  }
  return best === null ? null : { price: best.price, quantity: best.quantity };
}

test('M23 auctionPrice() is null when no price lets anything change hands', () => {
  assert.equal(priceOf({}), null);
  assert.equal(priceOf({ marketBuys: 10 }), null);
  assert.equal(priceOf({ bids: levels([1990, 5]), asks: levels([1991, 5]) }), null);
});

test('M23 auctionPrice() trades most, whatever the last price was', () => {
  const orders = { bids: levels([2000, 10], [1990, 30]), asks: levels([1980, 20], [1990, 20]) };

  assert.deepEqual(priceOf(orders, 2500), { price: 1990, quantity: 40 });
});

test('M23 auctionPrice() leaves least over among the prices that trade most', () => {
  const orders = { bids: levels([2000, 10], [1980, 5]), asks: levels([1970, 10]) };

  // At 1,970 to 1,980 five shares of demand would be left over; from 1,981 to 2,000 nothing is.
  assert.deepEqual(priceOf(orders, 1400), { price: 1981, quantity: 10 });
});

test('M23 auctionPrice() stays nearest to the last price among equals, also between two orders', () => {
  const orders = { bids: levels([2000, 10]), asks: levels([1980, 10]) };

  assert.equal(priceOf(orders, 1987)?.price, 1987);
  assert.equal(priceOf(orders, 2500)?.price, 2000);
  assert.equal(priceOf(orders, 1400)?.price, 1980);
});

test('M23 auctionPrice() takes the higher of two prices equally near to a last price between two ticks', () => {
  const sixThousands = { lastPrice: won(6005), table, limits: priceLimits(stock, won(6000), date) };
  const orders = { bids: levels([6100, 10]), asks: levels([5900, 10]), marketBuys: 0, marketSells: 0 };

  assert.equal(auctionPrice(orders, sixThousands)?.price, 6010);
});

test('M23 auctionPrice() agrees with a search through every legal price', () => {
  const prices = fc.integer({ min: -30, max: 20 }).map((step) => won(2000 + step * (step < 0 ? 1 : 5)));
  const side = fc.uniqueArray(fc.record({ price: prices, quantity: fc.integer({ min: 1, max: 9 }) }), {
    selector: (level) => level.price,
    maxLength: 8,
  });
  const marketQuantity = fc.constantFrom(0, 0, 1, 5, 20);
  const orders = fc.record({ bids: side, asks: side, marketBuys: marketQuantity, marketSells: marketQuantity });
  fc.assert(
    fc.property(orders, fc.integer({ min: 1960, max: 2110 }), (collected, lastPrice) => {
      const expected = bruteForce(collected, lastPrice);

      const actual = priceOf(collected, lastPrice);

      assert.deepEqual(actual, expected);
    }),
    { numRuns: 400 },
  );
});
