import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { marketablePrice } from '#backtest/desk/marketable-price.ts';
import { won } from '#domain/won.ts';
import { listings } from '#markets/listings.ts';
import { MarketClock } from './feed/market-clock.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { priceRulesOf } from './price-rules.ts';
import { legalPrice } from './sandbox/legal-price.ts';

const date = Temporal.PlainDate.from('2026-11-17');

test('legalPrice() in the sandbox gives the price that marketablePrice() gives in this process', () => {
  const clock = new MarketClock(() => 0);
  clock.tell(Temporal.Instant.from('2026-11-17T01:00:00Z').epochMilliseconds, 1);
  fc.assert(
    fc.property(
      fc.constantFrom(...listings),
      fc.constantFrom('buy' as const, 'sell' as const),
      fc.integer({ min: 200, max: 1_500_000 }),
      fc.integer({ min: -400, max: 400 }),
      (instrument, side, price, distanceBps) => {
        const market = new MarketMemory();
        const { id: _id, ...view } = instrument;
        market.instruments([view]);
        const prices = { price, basePrice: price, open: price, high: price, low: price, upperLimit: 0, lowerLimit: 0 };
        market.quotes([{ symbol: instrument.symbol, ...prices, volumeOfDay: 0, at: '2026-11-17T01:00:00Z' }]);
        const order = { side, lastPrice: won(price), distanceBps };

        const inside = legalPrice(priceRulesOf(instrument.id, market, clock) ?? undefined, order);

        const rest = { collarBps: market.collarBps, basePrice: won(price), date };
        assert.equal(inside, marketablePrice({ instrument, ...order, ...rest }));
      },
    ),
  );
});

test('priceRulesOf() knows nothing of an instrument that the gateway has not told of', () => {
  const rules = priceRulesOf('KRX:005930', new MarketMemory(), new MarketClock(() => 0));

  assert.equal(rules, null);
  assert.equal(legalPrice(undefined, { side: 'buy', lastPrice: 70_000, distanceBps: 200 }), 70_000);
});
