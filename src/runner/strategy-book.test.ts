import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import type { OrderView } from '#link/views.ts';
import { StrategyBook } from './strategy-book.ts';

const instrument = instrumentId('005930');
const draft = { instrument, side: 'buy', quantity: quantity(10), price: won(100), reason: 'test' } as const;

describe('StrategyBook', () => {
  test('counts an order as open from the moment it is sent', () => {
    const book = new StrategyBook();

    book.sent('a-1', draft, 20_261_117);

    assert.equal(book.hasOpenOrder(instrument), true);
    assert.equal(book.position(instrument), null);
  });

  test('folds partial fills at their own prices and tells each once', () => {
    const book = new StrategyBook();
    book.sent('a-1', draft, 20_261_117);

    const first = book.apply(aView({ state: 'partially-filled', filled: 4, filledValue: 400 }));
    const again = book.apply(aView({ state: 'partially-filled', filled: 4, filledValue: 400 }));
    const last = book.apply(aView({ state: 'filled', filled: 10, filledValue: 940 }));

    assert.deepEqual([first?.filled, again, last?.state], [4, null, 'filled']);
    assert.deepEqual(book.position(instrument), { quantity: 10, averagePrice: 94 });
    assert.equal(book.hasOpenOrder(instrument), false);
  });

  test('is not turned back by messages that arrive late', () => {
    const book = new StrategyBook();
    book.apply(aView({ state: 'filled', filled: 10, filledValue: 1_000 }));

    assert.equal(book.apply(aView({ state: 'acked' })), null);
    assert.equal(book.apply(aView({ state: 'partially-filled', filled: 4, filledValue: 400 })), null);

    assert.equal(book.position(instrument)?.quantity, 10);
    assert.equal(book.hasOpenOrder(instrument), false);
  });

  test('takes in a fill that follows a cancel', () => {
    const book = new StrategyBook();
    book.apply(aView({ state: 'cancelled' }));

    book.apply(aView({ state: 'cancelled', filled: 3, filledValue: 300 }));

    assert.equal(book.position(instrument)?.quantity, 3);
  });

  test('gives way to the gateway after a guess of its own', () => {
    const book = new StrategyBook();
    book.sent('a-1', draft, 20_261_117);

    assert.equal(book.presume('a-1', 'unknown', 'link.down')?.state, 'unknown');
    assert.deepEqual(book.lostRequests(), ['a-1']);
    assert.equal(book.presume('a-1', 'not-sent', 'runner.never-recorded')?.state, 'not-sent');
    assert.equal(book.hasOpenOrder(instrument), false);
    book.apply(aView({ state: 'acked' }));

    assert.equal(book.hasOpenOrder(instrument), true);
    assert.equal(book.presume('a-1', 'not-sent', 'too late'), null);
  });

  test('is the same after folding the same orders anew', () => {
    const views = [
      aView({ state: 'filled', filled: 10, filledValue: 1_000 }),
      aView({
        requestId: 'a-2',
        orderId: 'o-2',
        side: 'sell',
        state: 'filled',
        quantity: 4,
        filled: 4,
        filledValue: 480,
      }),
    ];
    const [once, twice] = [new StrategyBook(), new StrategyBook()];
    for (const view of views) once.apply(view);

    for (const view of [...views, ...views]) twice.apply(view);

    assert.deepEqual(twice.position(instrument), once.position(instrument));
    assert.deepEqual(once.position(instrument), { quantity: 6, averagePrice: 100 });
    assert.deepEqual([once.realisedOn(20_261_117), twice.realisedOn(20_261_117)], [80, 80]);
    assert.equal(twice.ordersOn(20_261_117), 2);
  });

  test('says why the guard or the broker refused', () => {
    const book = new StrategyBook();
    const check = { code: 'order-value', actual: 2, limit: 1, unit: 'won', passed: false };

    assert.equal(
      book.apply(aView({ state: 'denied', checks: [{ ...check, passed: true, code: 'session' }, check] }))?.code,
      'order-value',
    );
    const steps: OrderView['steps'] = [{ kind: 'rejected', at, quantity: null, price: null, detail: 'APBK0919' }];
    assert.equal(book.apply(aView({ requestId: 'a-2', orderId: 'o-2', state: 'rejected', steps }))?.code, 'APBK0919');
  });
});

const at = '2026-11-17T01:00:00Z';

function aView(change: Partial<OrderView>): OrderView {
  return {
    orderId: 'o-1',
    requestId: 'a-1',
    requester: 'a',
    symbol: '005930',
    side: 'buy',
    quantity: 10,
    price: 100,
    filled: 0,
    filledValue: 0,
    state: 'acked',
    brokerOrderId: null,
    reason: '',
    checks: [],
    steps: [],
    createdAt: at,
    ...change,
  };
}
