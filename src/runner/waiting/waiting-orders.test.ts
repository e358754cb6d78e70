import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderView } from '#link/views.ts';
import type { OrderDraft } from '#strategy/strategy.ts';
import { LiveContext } from '../live-context.ts';
import { MarketClock } from '../feed/market-clock.ts';
import { MarketMemory } from '../feed/market-memory.ts';
import { StrategyBook } from '../strategy-book.ts';

const instrument = instrumentId('005930');

/** A context on Tuesday, 2026-11-17, with a clock by hand and everything it sends written down. */
function aContext(at = '2026-11-17T01:00:00Z') {
  const [book, market, sent, cancelled] = [new StrategyBook(), new MarketMemory(), [] as Sent[], [] as string[]];
  let elapsedMs = 0;
  const clock = new MarketClock(() => elapsedMs);
  clock.tell(Temporal.Instant.from(at).epochMilliseconds, 1);
  market.instruments([{ symbol: '005930', name: '삼성전자', market: 'KOSPI', kind: 'stock', leverage: 1 }]);
  let count = 0;
  const context = new LiveContext({
    book,
    market,
    clock,
    nextRequestId: () => `a-${(count += 1)}`,
    send: (requestId, { side, quantity: shares, price }) => sent.push([requestId, side, shares, price]),
    cancel: (requestId) => cancelled.push(requestId),
    decided: () => undefined,
  });
  const tick = (price: number) => context.waiting.tick(instrument, price, clock.nowMs());
  const pass = (hours: number) => {
    elapsedMs += hours * 3_600_000;
  };
  return { context, book, sent, cancelled, tick, pass };
}

type Sent = readonly [requestId: string, side: string, shares: number, price: number];

function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  return { instrument, side: 'sell', quantity: quantity(10), price: won(70_000), reason: 'because', ...change };
}

function aView(requestId: string, change: Partial<OrderView>): OrderView {
  return {
    orderId: `o-${requestId}`,
    requestId,
    requester: 'a',
    symbol: '005930',
    side: 'buy',
    quantity: 10,
    price: 70_000,
    filled: 0,
    filledValue: 0,
    state: 'acked',
    brokerOrderId: '1',
    reason: '',
    checks: [],
    steps: [],
    createdAt: '2026-11-17T01:00:00Z',
    ...change,
  };
}

describe('WaitingOrders', () => {
  test('WaitingOrders wakes nothing by a trade of the evening, when the guard would refuse it, and does in the next session', () => {
    const { context, sent, tick, pass } = aContext();
    const stop = { pricing: 'market', trigger: { kind: 'stop', price: won(69_000) }, goodTill: 20261120 } as const;
    context.submit(aDraft(stop));
    pass(8);
    tick(68_000);
    assert.deepEqual([sent.length, context.hasOpenOrder(instrument)], [0, true]);

    pass(16);
    tick(68_000);

    assert.equal(sent.length, 1);
  });

  test('WaitingOrders sends a stop when the market trades through it, once, under the id that the strategy knows', () => {
    const { context, sent, tick } = aContext();
    const requestId = context.submit(aDraft({ pricing: 'market', trigger: { kind: 'stop', price: won(69_000) } }));

    tick(69_100);
    assert.deepEqual([sent.length, context.hasOpenOrder(instrument)], [0, true]);
    tick(68_900);
    tick(68_800);

    assert.deepEqual(sent, [[requestId, 'sell', 10, 67_600]], '2 % below 68,900, up to the tick');
  });

  test('WaitingOrders sends a plain order at once, and a market order with the limit that a backtest gives it', () => {
    const { context, sent } = aContext();

    context.submit(aDraft());
    context.submit(aDraft({ side: 'buy', pricing: 'market' }));

    assert.deepEqual(sent, [
      ['a-1', 'sell', 10, 70_000],
      ['a-2', 'buy', 10, 71_400],
    ]);
  });

  test('WaitingOrders sends one of a group alone', () => {
    const { context, sent, tick } = aContext();
    context.submit(aDraft({ pricing: 'market', trigger: { kind: 'stop', price: won(69_000) }, group: 'out' }));
    context.submit(aDraft({ price: won(72_000), group: 'out' }));

    tick(72_000);
    tick(68_000);

    assert.deepEqual(sent, [['a-2', 'sell', 10, 72_000]]);
  });

  test('WaitingOrders sells by a bracket what has filled, and withdraws what of the entry still buys', () => {
    const { context, book, sent, cancelled, tick } = aContext();
    const entry = context.submit(aDraft({ side: 'buy', exits: { stopPrice: won(69_000) } }));
    const filled = { filled: 4, filledValue: 280_000, state: 'partially-filled' } as const;
    context.waiting.follow(book.apply(aView(entry, filled))!);

    tick(68_900);

    assert.deepEqual(sent.slice(1), [['a-1-x0s', 'sell', 4, 67_600]]);
    assert.deepEqual(cancelled, [entry]);
  });

  test('WaitingOrders sends at the closing auction what was meant for it, and no earlier', () => {
    const { context, sent, tick, pass } = aContext();
    context.submit(aDraft({ pricing: 'market-on-close' }));
    tick(70_000);
    context.waiting.look([instrument]);
    assert.equal(sent.length, 0);
    pass(5 + 25 / 60);

    context.waiting.look([instrument]);
    context.waiting.look([instrument]);

    assert.deepEqual(sent.length, 1);
  });

  test('WaitingOrders keeps an order for the opening until the next day, and lets one for the day go with it', () => {
    const { context, sent, tick, pass } = aContext();
    context.submit(aDraft({ pricing: 'market-on-open' }));
    context.submit(aDraft({ trigger: { kind: 'stop', price: won(69_000) } }));
    tick(70_000);
    assert.equal(sent.length, 0);
    pass(24);

    tick(68_000);

    assert.deepEqual(
      sent.map(([requestId]) => requestId),
      ['a-1'],
    );
  });

  test('WaitingOrders takes an order back without telling anybody that there was one', () => {
    const { context, sent, cancelled, tick } = aContext();
    assert.equal(context.waiting.isEmpty, true);
    context.submit(aDraft({ trigger: { kind: 'stop', price: won(1_000) } }));
    assert.equal(context.waiting.isEmpty, false, 'whoever ends the strategy must say so');
    context.cancel('a-1');
    context.cancel(context.submit(aDraft({ trigger: { kind: 'stop', price: won(69_000) } })));

    tick(68_000);

    assert.deepEqual([sent, cancelled, context.hasOpenOrder(instrument)], [[], [], false]);
  });
});
