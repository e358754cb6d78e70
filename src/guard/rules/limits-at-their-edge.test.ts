import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { ago, anOrder, holding, limitsWith, samsung, stocks, tenOClock } from '../../../tests/support/guard-makers.ts';
import { above, below, from, type LimitEdge, passesOf, requestValue, upTo } from '../../../tests/support/limit-edge.ts';
import { starter } from '../limits.ts';

const edges: readonly LimitEdge[] = [
  {
    name: 'G11 price-collar allows a distance of priceCollarBps above the last trade, rounded down to whole won',
    code: 'price-collar',
    request: { price: won(72_100) },
    state: (step) => ({ lastTrade: () => ({ price: won(70_000 - step), atMs: ago(0) }) }),
    passes: upTo,
  },
  {
    name: 'G11 price-collar allows the same distance below',
    code: 'price-collar',
    request: { price: won(67_900) },
    state: (step) => ({ lastTrade: () => ({ price: won(70_000 + step), atMs: ago(0) }) }),
    passes: upTo,
  },
  {
    name: 'G12 price-stale allows a last trade of priceAgeMaxMs ago',
    code: 'price-stale',
    state: (step) => ({ lastTrade: () => ({ price: won(70_000), atMs: ago(starter.priceAgeMaxMs + step) }) }),
    passes: upTo,
  },
  {
    name: 'G12 price-stale allows a last trade two seconds ahead of our clock',
    code: 'price-stale',
    state: (step) => ({ lastTrade: () => ({ price: won(70_000), atMs: ago(-2_000 - step) }) }),
    passes: upTo,
  },
  {
    name: 'G13 order-value allows orderValueMax',
    code: 'order-value',
    state: (step) => ({ limits: limitsWith({ orderValueMax: won(requestValue - step) }) }),
    passes: upTo,
  },
  {
    name: 'G14 open-value counts open buys and sells and allows openValueMax',
    code: 'open-value',
    state: (step) => ({
      ordersOfDay: [
        anOrder({ open: quantity(100) }),
        anOrder({ side: 'sell', quantity: quantity(50), open: quantity(20) }),
      ],
      limits: limitsWith({ openValueMax: won(requestValue + 120_000 - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G15 day-value-account adds up buys and sells of everybody and allows dayValueAccountMax',
    code: 'day-value-account',
    state: (step) => ({
      ordersOfDay: [anOrder(), anOrder({ side: 'sell', requester: 'person' })],
      limits: limitsWith({ dayValueAccountMax: won(requestValue + 200_000 - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G16 day-value-strategy adds up the own orders and allows dayValueStrategyMax',
    code: 'day-value-strategy',
    state: (step) => ({
      ordersOfDay: [anOrder({ requester: 'golden-cross' }), anOrder()],
      limits: limitsWith({ dayValueStrategyMax: won(requestValue + 100_000 - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G25 price-minimum allows buying at priceMinimum',
    code: 'price-minimum',
    state: (step) => ({ limits: limitsWith({ priceMinimum: won(70_000 - step) }) }),
    passes: from,
  },
  {
    name: 'G27 position-value counts cost, open buys and this order and allows positionValueMax',
    code: 'position-value',
    state: (step) => ({
      positions: holding(samsung, 1, 80_000),
      ordersOfDay: [anOrder({ instrument: samsung, price: won(70_000), open: quantity(2) })],
      limits: limitsWith({ positionValueMax: won(80_000 + 140_000 + requestValue - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G27 position-value counts a holding that rose at its last trade',
    code: 'position-value',
    state: (step) => ({
      positions: holding(samsung, 1, 60_000),
      limits: limitsWith({ positionValueMax: won(70_000 + requestValue - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G28 position-count counts what is held, what is being bought, and this one',
    code: 'position-count',
    state: (step) => ({
      positions: holding(instrumentId('000660'), 1, 1_000),
      ordersOfDay: stocks
        .slice(2, 5 + step)
        .map((stock) => anOrder({ instrument: stock.id, open: quantity(1), filled: quantity(0) })),
    }),
    passes: upTo,
  },
  {
    name: 'G29 exposure allows exposureMax',
    code: 'exposure',
    state: (step) => ({
      positions: holding(instrumentId('000660'), 1, 80_000),
      ordersOfDay: [anOrder({ open: quantity(100) })],
      limits: limitsWith({ exposureMax: won(80_000 + 100_000 + requestValue - step) }),
    }),
    passes: upTo,
  },
  {
    name: 'G29 exposure allows exposureEquityBps of equity, rounded down',
    code: 'exposure',
    state: (step) => ({ equity: won(2 * requestValue - step) }),
    passes: upTo,
  },
  {
    name: 'G30 daily-loss denies when dailyLossMax is reached',
    code: 'daily-loss',
    state: (step) => ({ profitOfDay: won(-300_000 - step) }),
    passes: below,
  },
  {
    name: 'G30 daily-loss denies when dailyLossEquityBps of equity is reached',
    code: 'daily-loss',
    state: (step) => ({ equity: won(1_000_000), profitOfDay: won(-30_000 - step) }),
    passes: below,
  },
  {
    name: 'G31 self-cross denies a buy at or above the own open sell',
    code: 'self-cross',
    state: (step) => ({
      ordersOfDay: [anOrder({ instrument: samsung, side: 'sell', price: won(70_000 - step), open: quantity(1) })],
    }),
    passes: below,
  },
  {
    name: 'G31 self-cross denies a sell at or below the own open buy',
    code: 'self-cross',
    request: { side: 'sell' },
    state: (step) => ({
      ordersOfDay: [anOrder({ instrument: samsung, side: 'buy', price: won(70_000 + step), open: quantity(1) })],
    }),
    passes: below,
  },
  {
    name: 'G32 session begins with its first millisecond',
    code: 'session',
    state: (step) => ({ session: { opensAtMs: ago(step), closesAtMs: ago(-3_600_000) } }),
    passes: from,
  },
  {
    name: 'G32 session ends before the moment of the close',
    code: 'session',
    state: (step) => ({ session: { opensAtMs: ago(1_000), closesAtMs: ago(step) } }),
    passes: below,
  },
  {
    name: 'G33 entry-window denies a buy with entryWindowClosesMs left',
    code: 'entry-window',
    state: (step) => ({ session: { opensAtMs: ago(1_000), closesAtMs: tenOClock + 300_000 + step } }),
    passes: above,
  },
  {
    name: 'G34 cash pays for this order, for open buys and for fees',
    code: 'cash',
    state: (step) => ({ ordersOfDay: [anOrder({ open: quantity(100) })], cash: won(801_600 - step) }),
    passes: upTo,
  },
  {
    name: 'G35 holding allows selling what is held less open sells',
    code: 'holding',
    request: { side: 'sell' },
    state: (step) => ({
      positions: holding(samsung, 15 - step, 1_000),
      ordersOfDay: [anOrder({ instrument: samsung, side: 'sell', price: won(71_000), open: quantity(5) })],
    }),
    passes: upTo,
  },
  {
    name: 'G4 halted allows selling what is held less open sells',
    code: 'halted',
    request: { side: 'sell' },
    state: (step) => ({
      isHalted: true,
      positions: holding(samsung, 15 - step, 1_000),
      ordersOfDay: [anOrder({ instrument: samsung, side: 'sell', price: won(71_000), open: quantity(5) })],
    }),
    passes: upTo,
  },
];

for (const edge of edges) {
  test(edge.name, () => assert.deepEqual(passesOf(edge), edge.passes));
}
