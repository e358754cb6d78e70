import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import type { OrderSide } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderDraft } from '../strategy.ts';
import { directionOf, rankOf, touchOf, waitOf, type Wait, type WatchedOrder } from './watched-order.ts';

const stop: Wait = { kind: 'stop', price: won(9_500) };
const target: Wait = { kind: 'target', price: won(10_500) };
const trailing: Wait = { kind: 'trailing', distanceBps: 300 };
const bar = { open: 10_000, high: 10_600, low: 9_400, close: 10_000 };

function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  const instrument = instrumentId('005930');
  return { instrument, side: 'sell', quantity: quantity(10), price: won(10_000), reason: '', ...change };
}

function anOrder(wait: Wait, side: OrderSide = 'sell'): WatchedOrder {
  const fixed = { requestId: 'a', set: null, exitOf: null, isLive: true, notBeforeMs: 0 };
  return { ...fixed, draft: aDraft({ side }), wait, extreme: null };
}

describe('waitOf()', () => {
  test('waitOf() is the trigger, else the auction, else the limit price of one in a group', () => {
    assert.deepEqual(waitOf(aDraft({ trigger: { kind: 'stop', price: won(9_500) }, pricing: 'market' })), stop);
    assert.deepEqual(waitOf(aDraft({ pricing: 'market-on-open' })), { kind: 'open' });
    assert.deepEqual(waitOf(aDraft({ pricing: 'market-on-close' })), { kind: 'close' });
    assert.deepEqual(waitOf(aDraft({ price: won(10_500), group: 'out' })), target);
  });
});

describe('touchOf()', () => {
  test('touchOf() meets prices, and never one that waits for an auction', () => {
    assert.deepEqual(touchOf(anOrder(stop), bar), { price: 9_500, phase: 'during' });
    assert.equal(touchOf(anOrder({ kind: 'open' }), bar), null);
    assert.equal(touchOf(anOrder({ kind: 'close' }), bar), null);
  });

  test('touchOf() leaves a trailing stop where the bar took it', () => {
    const order = anOrder(trailing);

    touchOf(order, { ...bar, low: 9_990, high: 10_100 });

    assert.equal(order.extreme, 10_100);
  });
});

describe('directionOf()', () => {
  test('directionOf() is down to the stop of a sell and the target of a buy, up to the others', () => {
    const directions = [stop, trailing, target].map((wait) => [
      directionOf(anOrder(wait, 'sell')),
      directionOf(anOrder(wait, 'buy')),
    ]);

    assert.deepEqual(directions, [
      ['down', 'up'],
      ['down', 'up'],
      ['up', 'down'],
    ]);
  });
});

describe('rankOf()', () => {
  test('rankOf() believes the first print, then stops and trailing stops alike, then targets', () => {
    const rank = (wait: Wait, phase: 'open' | 'during'): number => rankOf(anOrder(wait), { price: 10_000, phase });

    assert.equal(rank(stop, 'open'), 0);
    assert.ok(rank(stop, 'open') < rank(target, 'open'));
    assert.ok(rank(target, 'open') < rank(stop, 'during'));
    assert.equal(rank(stop, 'during'), rank(trailing, 'during'));
    assert.ok(rank(trailing, 'during') < rank(target, 'during'));
  });
});
