import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { LastPrices } from './last-prices.ts';

const instrument = instrumentId('005930');
const [tuesday, wednesday, thursday] = [20_261_117, 20_261_118, 20_261_119];
const seen = (date: number, price: number) => ({ instrument, price, date, atMs: date });

test('LastPrices.yardstick() is the day before for the first price of a day, and for no other', () => {
  const prices = new LastPrices([seen(tuesday, 10_000)]);

  assert.equal(prices.yardstick(instrument, wednesday, true)?.price, 10_000);
  prices.see(seen(wednesday, 9_000));

  assert.equal(prices.yardstick(instrument, wednesday, true), null);
  assert.equal(prices.before(instrument, wednesday), null);
  assert.equal(prices.before(instrument, thursday)?.price, 9_000);
});

test('LastPrices.yardstick() is the day before once more when the base price of the day becomes known', () => {
  const prices = new LastPrices([seen(tuesday, 10_000)]);
  const ask = (isBaseKnown: boolean) => {
    const before = prices.yardstick(instrument, wednesday, isBaseKnown);
    prices.see(seen(wednesday, 9_000));
    return before?.price ?? null;
  };

  assert.deepEqual([false, false, true, true, false].map(ask), [10_000, null, 10_000, null, null]);
});

test('LastPrices.yardstick() forgets a day whose base price never became known with the next', () => {
  const prices = new LastPrices([seen(tuesday, 10_000)]);
  prices.yardstick(instrument, wednesday, false);
  prices.see(seen(wednesday, 9_000));

  assert.equal(prices.yardstick(instrument, thursday, true)?.price, 9_000);
  prices.see(seen(thursday, 9_100));

  assert.equal(prices.yardstick(instrument, thursday, true), null);
});

test('LastPrices.settle() and forget() leave nothing to be measured by', () => {
  for (const end of ['settle', 'forget'] as const) {
    const prices = new LastPrices([seen(tuesday, 10_000)]);
    prices.yardstick(instrument, wednesday, false);
    prices.see(seen(wednesday, 9_000));
    prices[end](instrument);

    assert.equal(prices.yardstick(instrument, wednesday, true), null);
  }
});

test('LastPrices.forget() leaves no price of the instrument either', () => {
  const prices = new LastPrices([seen(tuesday, 10_000)]);
  prices.forget(instrument);

  assert.deepEqual([prices.of(instrument), prices.all], [null, []]);
});

test('LastPrices takes a price of nothing for none, and one of a won for one', () => {
  const prices = new LastPrices();
  prices.see(seen(tuesday, 0));
  assert.deepEqual(prices.all, []);

  prices.see(seen(tuesday, 1));
  assert.equal(prices.of(instrument)?.price, 1);
});
