import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderView, PortfolioView } from '#link/views.ts';
import type { Decision } from '#strategy/decision-log.ts';
import { LiveContext } from './live-context.ts';
import { MarketClock } from './feed/market-clock.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { StrategyBook } from './strategy-book.ts';

const instrument = instrumentId('005930');
const filledAt = '2026-11-17T01:00:00Z';

describe('LiveContext', () => {
  test('holds what its own fills say while the balance may still lag behind them', () => {
    const { context, book, market } = aContext();
    book.apply(bought(10));

    market.portfolio(aPortfolio({ shares: 0, confirmedAt: '2026-11-17T01:00:09Z' }));

    assert.deepEqual(context.position(instrument), { quantity: 10, averagePrice: 100 });
    assert.equal(context.positionCount, 1);
  });

  test('holds no more than the account once the balance was confirmed later', () => {
    const { context, book, market } = aContext();
    book.apply(bought(10));

    market.portfolio(aPortfolio({ shares: 4, confirmedAt: '2026-11-17T01:00:10Z' }));
    assert.deepEqual(context.position(instrument), { quantity: 4, averagePrice: 100 });
    market.portfolio(aPortfolio({ shares: 0, confirmedAt: '2026-11-17T01:00:10Z' }));

    assert.equal(context.position(instrument), null);
    assert.equal(context.positionCount, 0);
  });

  test('has no cash and no equity before the gateway has told of the account', () => {
    const { context } = aContext();

    assert.deepEqual([context.cash, context.equity], [0, 0]);
  });

  test('counts money on its way as spent until the gateway has answered', () => {
    const { context, market } = aContext();
    market.portfolio(aPortfolio({ shares: 0, confirmedAt: filledAt }));

    market.reserve('a-1', 300_000);
    assert.equal(context.cash, 700_000);
    market.release('a-1');

    assert.equal(context.cash, 1_000_000);
  });

  test('opens an order and writes it down before it is sent', () => {
    const { context, book, decisions } = aContext();
    const draft = { instrument, side: 'buy', quantity: quantity(1), price: won(100), reason: 'test' } as const;

    const requestId = context.submit(draft);
    context.cancel(requestId);
    context.cancel('nobody');

    assert.equal(book.hasOpenOrder(instrument), true);
    assert.deepEqual(decisions, [
      { kind: 'submit', ...draft },
      { kind: 'cancel', instrument, side: 'buy' },
    ]);
  });
});

function aContext() {
  const [book, market] = [new StrategyBook(), new MarketMemory()];
  const clock = new MarketClock(() => 0);
  clock.tell(Temporal.Instant.from(filledAt).epochMilliseconds, 1);
  const decisions: Decision[] = [];
  const context = new LiveContext({
    book,
    market,
    clock,
    nextRequestId: () => 'a-1',
    send: (requestId) => assert.equal(book.order(requestId)?.state, 'intent'),
    cancel: () => undefined,
    decided: (decision) => decisions.push(decision),
  });
  return { context, book, market, decisions };
}

function bought(shares: number): OrderView {
  return {
    orderId: 'o-1',
    requestId: 'a-0',
    requester: 'a',
    symbol: '005930',
    side: 'buy',
    quantity: shares,
    price: 100,
    filled: shares,
    filledValue: shares * 100,
    state: 'filled',
    brokerOrderId: '1',
    reason: '',
    checks: [],
    steps: [{ kind: 'filled', at: filledAt, quantity: shares, price: 100, detail: '' }],
    createdAt: '2026-11-17T00:59:00Z',
  };
}

function aPortfolio({ shares, confirmedAt }: { shares: number; confirmedAt: string }): PortfolioView {
  const held = { symbol: '005930', quantity: shares, cost: shares * 100, price: 100, priceAt: filledAt };
  return {
    cash: 1_000_000,
    orderableCash: 1_000_000,
    equity: 1_000_000,
    equityAtOpen: 1_000_000,
    realisedOfDay: 0,
    unrealised: 0,
    feesOfDay: 0,
    taxOfDay: 0,
    positions: shares === 0 ? [] : [held],
    confirmedAt,
    at: confirmedAt,
  };
}
