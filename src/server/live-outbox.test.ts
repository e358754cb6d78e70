import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderView, QuoteView } from '#link/views.ts';
import { LiveOutbox } from './live-outbox.ts';

const aQuote = (symbol: string, price: number): QuoteView => ({
  symbol,
  price,
  basePrice: 1,
  open: 1,
  high: 1,
  low: 1,
  upperLimit: 2,
  lowerLimit: 1,
  volumeOfDay: 0,
  at: '2026-11-20T05:32:07Z',
});
const anOrder = (orderId: string): OrderView => ({ orderId }) as OrderView;

describe('LiveOutbox', () => {
  it('keeps the newest quote of each instrument only', () => {
    const outbox = new LiveOutbox();
    outbox.add('quotes', [aQuote('005930', 1), aQuote('000660', 2)]);
    outbox.add('quotes', [aQuote('005930', 3)]);

    const [message] = outbox.take();

    assert.deepEqual(message, { name: 'quotes', data: [aQuote('005930', 3), aQuote('000660', 2)] });
    assert.deepEqual(outbox.take(), []);
  });

  it('holds 200 orders at most and says when it lost some', () => {
    const outbox = new LiveOutbox();
    for (let index = 0; index < 201; index += 1) outbox.add('order', anOrder(String(index)));

    const messages = outbox.take();

    assert.equal(messages.filter(({ name }) => name === 'order').length, 200);
    assert.equal(messages.at(-1)?.name, 'orders-lost');
  });
});
