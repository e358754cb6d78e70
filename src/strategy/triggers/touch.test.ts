import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { won } from '#domain/won.ts';
import type { OrderTrigger } from '../strategy.ts';
import { touchAtPrice, touchInBar, type BarPath } from './touch.ts';

const bar = { open: 10_000, high: 10_300, low: 9_700, close: 10_100 };
const sell = (trigger: OrderTrigger, extreme: number | null = null) => ({ side: 'sell', trigger, extreme }) as const;
const buy = (trigger: OrderTrigger, extreme: number | null = null) => ({ side: 'buy', trigger, extreme }) as const;
const stop = (price: number): OrderTrigger => ({ kind: 'stop', price: won(price) });
const target = (price: number): OrderTrigger => ({ kind: 'target', price: won(price) });
const trailing = (distanceBps: number): OrderTrigger => ({ kind: 'trailing', distanceBps });

describe('touchInBar()', () => {
  test('touchInBar() meets a stop at its price inside the bar, and at the open when the market jumps over it', () => {
    assert.deepEqual(touchInBar(sell(stop(9_800)), bar), { price: 9_800, phase: 'during' });
    assert.deepEqual(touchInBar(sell(stop(10_050)), bar), { price: 10_000, phase: 'open' });
    assert.equal(touchInBar(sell(stop(9_690)), bar), null);
    assert.deepEqual(touchInBar(buy(stop(10_200)), bar), { price: 10_200, phase: 'during' });
    assert.deepEqual(touchInBar(buy(stop(9_900)), bar), { price: 10_000, phase: 'open' });
  });

  test('touchInBar() meets a target from the other side', () => {
    assert.deepEqual(touchInBar(sell(target(10_300)), bar), { price: 10_300, phase: 'during' });
    assert.deepEqual(touchInBar(sell(target(9_900)), bar), { price: 10_000, phase: 'open' });
    assert.equal(touchInBar(sell(target(10_301)), bar), null);
    assert.deepEqual(touchInBar(buy(target(9_700)), bar), { price: 9_700, phase: 'during' });
  });

  test('touchInBar() trails from the bars before, then from the high of the bar itself when its close is below', () => {
    assert.deepEqual(touchInBar(sell(trailing(200), 10_100), bar), { price: 9_898, phase: 'during' });
    assert.deepEqual(touchInBar(sell(trailing(200), 10_400), bar), { price: 10_000, phase: 'open' });
    // From 10,000 the stop stands at 9,600, below the low; 4 % below the high of 10,300 is 9,888, below the close.
    assert.equal(touchInBar(sell(trailing(400), 10_000), bar), null);
    const rise = { open: 10_000, high: 11_000, low: 9_950, close: 10_400 };
    assert.deepEqual(touchInBar(sell(trailing(400), 10_000), rise), { price: 10_560, phase: 'during' });
    assert.deepEqual(touchInBar(buy(trailing(200), 9_950), bar), { price: 10_149, phase: 'during' });
  });

  test('touchInBar() lifts a trailing stop by every bar, and never lets it down', () => {
    const watched = { ...sell(trailing(500), 10_000) };
    touchInBar(watched, { open: 10_000, high: 10_600, low: 9_990, close: 10_500 });
    touchInBar(watched, { open: 10_400, high: 10_450, low: 10_200, close: 10_300 });
    assert.equal(watched.extreme, 10_600);
    assert.deepEqual(touchAtPrice(watched, 10_070), { price: 10_070, phase: 'open' });
    assert.equal(touchAtPrice(watched, 10_071), null);
  });

  test('touchInBar() counts a price that is touched to the won, at the open and on the way, and one won less not', () => {
    assert.deepEqual(touchInBar(sell(stop(10_000)), bar), { price: 10_000, phase: 'open' });
    assert.deepEqual(touchInBar(sell(target(10_000)), bar), { price: 10_000, phase: 'open' });
    assert.deepEqual(touchInBar(buy(stop(10_000)), bar), { price: 10_000, phase: 'open' });
    assert.deepEqual(touchInBar(buy(target(10_000)), bar), { price: 10_000, phase: 'open' });
    assert.deepEqual(touchInBar(sell(stop(9_700)), bar), { price: 9_700, phase: 'during' });
    assert.equal(touchInBar(sell(stop(9_699)), bar), null);
    assert.deepEqual(touchInBar(buy(stop(10_300)), bar), { price: 10_300, phase: 'during' });
    assert.equal(touchInBar(buy(stop(10_301)), bar), null);
    assert.equal(touchInBar(buy(target(9_699)), bar), null);
  });

  test('touchInBar() moves the trailing stop of a sell by highs and that of a buy by lows', () => {
    const [selling, buying] = [{ ...sell(trailing(1_000), 10_000) }, { ...buy(trailing(1_000), 10_000) }];
    touchInBar(selling, bar);
    touchInBar(buying, bar);

    assert.deepEqual([selling.extreme, buying.extreme], [10_300, 9_700]);
  });

  test('touchInBar() takes a close right at the trailing stop that the bar itself moved, and none a won before it', () => {
    const rise = { open: 10_000, high: 11_000, low: 9_950, close: 10_560 };
    assert.deepEqual(touchInBar(sell(trailing(400), 10_000), rise), { price: 10_560, phase: 'during' });
    assert.equal(touchInBar(sell(trailing(400), 10_000), { ...rise, close: 10_561 }), null);

    const fall = { open: 10_000, high: 10_050, low: 9_000, close: 9_360 };
    assert.deepEqual(touchInBar(buy(trailing(400), 10_000), fall), { price: 9_360, phase: 'during' });
    assert.equal(touchInBar(buy(trailing(400), 10_000), { ...fall, close: 9_359 }), null);
  });

  test('touchInBar() rounds a trailing stop away from the extreme: it never stands closer than was asked for', () => {
    // One percent of 10,001 is 100.01: a stop at 9,901 would be too close. Of 9,999 it is 99.99: one at 10,098 would be.
    assert.equal(touchAtPrice(sell(trailing(100), 10_001), 9_901), null);
    assert.deepEqual(touchAtPrice(sell(trailing(100), 10_001), 9_900), { price: 9_900, phase: 'open' });
    assert.equal(touchAtPrice(buy(trailing(100), 9_999), 10_098), null);
    assert.deepEqual(touchAtPrice(buy(trailing(100), 9_999), 10_099), { price: 10_099, phase: 'open' });
  });

  const price = fc.integer({ min: 1_000, max: 20_000 });
  const path = fc.tuple(price, price, price, price).map(([open, close, a, b]): BarPath => {
    return { open, close, high: Math.max(open, close, a), low: Math.min(open, close, b) };
  });
  const trigger = fc.oneof(
    price.map(stop),
    price.map(target),
    fc.integer({ min: 1, max: 3_000 }).map((bps) => trailing(bps)),
  );

  test('touchInBar() never names a price outside the bar, nor a better one than a market without jumps would give', () => {
    fc.assert(
      fc.property(path, trigger, fc.constantFrom('buy', 'sell'), fc.option(price), (one, which, side, extreme) => {
        const touch = touchInBar({ side, trigger: which, extreme }, one);
        if (touch === null) return;

        assert.ok(touch.price >= one.low && touch.price <= one.high);
        if (touch.phase === 'open') assert.equal(touch.price, one.open);
        if (which.kind === 'trailing') return;
        // Where the open was not beyond it yet, it is met at exactly its own price.
        if (touch.phase === 'during') assert.equal(touch.price, which.price);
        const isRise = (side === 'buy') === (which.kind === 'stop');
        assert.equal(touch.phase === 'open', isRise ? one.open >= which.price : one.open <= which.price);
      }),
    );
  });

  test('touchInBar() finds what a walk through the prices open, low, high, close in either order finds', () => {
    fc.assert(
      fc.property(
        path,
        price,
        fc.constantFrom('stop', 'target'),
        fc.constantFrom('buy', 'sell'),
        (one, at, kind, side) => {
          const which = kind === 'stop' ? stop(at) : target(at);
          const walk = [one.open, one.low, one.high, one.close];
          const isReached = walk.some((each) => touchAtPrice({ side, trigger: which, extreme: null }, each) !== null);

          assert.equal(touchInBar({ side, trigger: which, extreme: null }, one) !== null, isReached);
        },
      ),
    );
  });
});
