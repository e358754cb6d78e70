import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { ago, anOrder, aRequest, aState, stocks } from '../../tests/support/guard-makers.ts';
import { dayValue } from './day-value.ts';
import { countsAtRisk, instrumentsAtRisk } from './exposure-value.ts';
import { openValue } from './open-orders.ts';
import { cancelsOfMinute, cancelsPerFill, ordersOfMinute } from './order-counts.ts';
import { sellableShares } from './risk-reducing.ts';
import { smallOrdersOf } from './small-orders.ts';
import type { GuardState } from './state.ts';
import { tallyOf } from './tally.ts';

const side = fc.constantFrom('buy' as const, 'sell' as const);
const instrument = fc.constantFrom(...stocks.slice(0, 2).map(({ id }) => id));
const price = fc.constantFrom(69_900, 70_000, 70_100).map(won);
const order = fc
  .record({
    instrument,
    side,
    price,
    quantity: fc.integer({ min: 8, max: 12 }).map(quantity),
    open: fc.integer({ min: 0, max: 3 }).map(quantity),
    filled: fc.integer({ min: 0, max: 1 }).map(quantity),
    hasOpenPrice: fc.boolean(),
    requester: fc.constantFrom('a', 'person'),
    atMs: fc.constantFrom(-1, 0, 59_999, 60_000, 60_001).map(ago),
  })
  .map(anOrder);
const state: fc.Arbitrary<GuardState> = fc
  .record({
    ordersOfDay: fc.array(order, { maxLength: 12 }),
    cancelsOfDay: fc.array(fc.constantFrom(-1, 59_999, 60_000).map(ago), { maxLength: 5 }),
    positions: fc
      .array(fc.tuple(instrument, fc.integer({ min: 0, max: 5 })), { maxLength: 2 })
      .map(
        (rows) =>
          new Map(rows.map(([id, shares]) => [id, { instrument: id, quantity: quantity(shares), cost: won(0) }])),
      ),
  })
  .map(aState);
const request = fc
  .record({
    instrument,
    side,
    price,
    quantity: fc.integer({ min: 8, max: 12 }).map(quantity),
    requester: fc.constantFrom({ kind: 'strategy', name: 'a' } as const, { kind: 'person', via: 'cli' } as const),
  })
  .map(aRequest);

test('T09 tallyOf() says what the plain sums over the day say', () => {
  fc.assert(
    fc.property(request, state, (asked, of) => {
      const name = asked.requester.kind === 'strategy' ? asked.requester.name : 'person';
      const tally = tallyOf(asked, of);
      const isHere = (one: { readonly instrument: string }): boolean => one.instrument === asked.instrument;
      const twins = of.ordersOfDay.filter(
        (one) => isHere(one) && one.side === asked.side && one.quantity === asked.quantity && one.price === asked.price,
      );
      const meeting = of.ordersOfDay.filter((one) => {
        if (!isHere(one) || one.side === asked.side || one.open === 0) return false;
        return (
          one.hasOpenPrice === true || (asked.side === 'buy' ? asked.price >= one.price : asked.price <= one.price)
        );
      });

      assert.deepEqual(
        { ...tally, instrumentsBought: countsAtRisk(of, tally.instrumentsBought, asked.instrument) },
        {
          dayValue: dayValue(of, () => true),
          dayValueOwn: dayValue(of, (one) => one.requester === name),
          openValue: openValue(of, () => true),
          openBuyValue: openValue(of, (one) => one.side === 'buy'),
          openBuyValueHere: openValue(of, (one) => one.side === 'buy' && isHere(one)),
          sellableHere: sellableShares(of, asked.instrument),
          ordersOfMinute: ordersOfMinute(of, () => true),
          ordersOfMinuteOwn: ordersOfMinute(of, (one) => one.requester === name),
          cancelsOfMinute: cancelsOfMinute(of),
          filledOrders: of.ordersOfDay.filter(({ filled }) => filled > 0).length,
          smallOrdersHere: smallOrdersOf(of, asked.instrument),
          meeting: meeting.length,
          twinAgeMs: Math.min(Infinity, ...twins.map(({ atMs }) => of.nowMs - atMs)),
          brokenOrders: 0,
          instrumentsBought: instrumentsAtRisk(of).add(asked.instrument).size,
        },
      );
      assert.equal(cancelsPerFill(of), of.cancelsOfDay.length / Math.max(1, tally.filledOrders));
    }),
    { numRuns: 1_000 },
  );
});

test('T09 tallyOf() remembers nothing: it is of this very state, though the request was judged by another before', () => {
  const asked = aRequest();

  assert.equal(tallyOf(asked, aState()).dayValue, 0);
  assert.equal(tallyOf(asked, aState({ ordersOfDay: [anOrder()] })).dayValue, 100_000);
});

test('tallyOf() keeps buys and sells apart, and counts an order of which one share filled or is open', () => {
  const here = stocks[0]!.id;
  const ordersOfDay = [
    anOrder({ instrument: here, side: 'sell', price: won(70_000), quantity: quantity(11), open: quantity(1) }),
    anOrder({ instrument: here, side: 'buy', price: won(69_000), filled: quantity(1), open: quantity(1) }),
    anOrder({ instrument: stocks[1]!.id, side: 'sell', open: quantity(5), filled: quantity(0) }),
  ];
  const tally = tallyOf(aRequest({ instrument: here, price: won(70_100) }), aState({ ordersOfDay }));

  assert.deepEqual(
    [tally.openBuyValue, tally.openBuyValueHere, tally.sellableHere, tally.filledOrders, tally.meeting],
    [69_000, 69_000, -1, 2, 1],
  );
  assert.deepEqual([tally.smallOrdersHere, [...(tally.instrumentsBought ?? [])]], [0, [here]]);
});

test('INV-11 tallyOf() counts an order without a time as broken, and a cancel without one as one of this minute', () => {
  const odd = aState({ ordersOfDay: [anOrder({ atMs: Number.NaN })], cancelsOfDay: [Number.NaN] });

  const { brokenOrders, cancelsOfMinute: cancels } = tallyOf(aRequest(), odd);

  assert.deepEqual([brokenOrders, cancels, cancelsOfMinute(odd)], [1, 1, 1]);
});
