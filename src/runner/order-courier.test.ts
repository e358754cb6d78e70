import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { gatewaySocket } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import type { OrderUpdate } from '#strategy/strategy.ts';
import { GatewayStandIn } from '../../tests/support/gateway-stand-in.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { OrderCourier } from './order-courier.ts';
import type { GatewayLink } from './order-line.ts';
import { StrategyBook } from './strategy-book.ts';

const instrument = instrumentId('005930');
const draft = { instrument, side: 'buy', quantity: quantity(3), price: won(70_000), reason: 'test' } as const;

describe('OrderCourier', () => {
  let standIn: GatewayStandIn;
  let gateway: GatewayLink;
  let courier: OrderCourier;
  const book = { now: new StrategyBook() };
  const updates: OrderUpdate[] = [];
  const failedCancels: string[] = [];

  beforeEach(async () => {
    standIn = new GatewayStandIn();
    await standIn.open();
    gateway = await connect({
      socketPath: join(standIn.home, gatewaySocket),
      api: gatewayApi,
      role: 'runner',
      token: standIn.tokens.runner,
      reconnect: true,
    });
    updates.length = failedCancels.length = 0;
    book.now = new StrategyBook();
    courier = new OrderCourier({
      strategy: 'a',
      gateway,
      book: book.now,
      market: new MarketMemory(),
      onUpdate: (update) => updates.push(update),
      onCancelFailed: (_requestId, code) => failedCancels.push(code),
    });
  });
  afterEach(async () => {
    await gateway.close();
    await standIn.close();
    standIn.remove();
  });

  function send(requestId: string): Promise<void> {
    book.now.sent(requestId, draft, 20_261_117);
    return courier.send(requestId, draft);
  }

  test('counts a request as never recorded only after two complete looks, five seconds apart', async () => {
    standIn.onSubmit = 'lose-request';
    await send('a-1');
    assert.deepEqual(states(), ['unknown']);
    await comeBack();

    await courier.findLost(10_000);
    await courier.findLost(14_999);
    assert.deepEqual(states(), ['unknown']);
    await courier.findLost(15_000);

    assert.deepEqual(states(), ['unknown', 'not-sent']);
    assert.deepEqual(standIn.submitted, ['a-1']);
  });

  test('finds a request that the gateway recorded before the answer was lost', async () => {
    standIn.onSubmit = 'lose-answer';
    await send('a-1');
    await comeBack();

    await courier.findLost(10_000);

    assert.deepEqual(states(), ['unknown', 'acked']);
    assert.deepEqual(book.now.lostRequests(), []);
    assert.deepEqual(standIn.submitted, ['a-1']);
  });

  test('does not count a look that the gateway could not answer', async () => {
    standIn.onSubmit = 'lose-request';
    await send('a-1');

    await courier.findLost(10_000);
    await courier.findLost(20_000);
    await courier.findLost(30_000);

    assert.deepEqual(states(), ['unknown']);
  });

  test('knows that nothing was sent while the link is down', async () => {
    await standIn.close();
    await down();

    await send('a-1');

    assert.deepEqual(states(), ['not-sent']);
    assert.equal(updates[0]?.code, 'link.down');
  });

  test('cancels an order as soon as the gateway has told its id', async () => {
    standIn.onSubmit = 'leave-open';
    book.now.sent('a-1', draft, 20_261_117);
    const sending = courier.send('a-1', draft);

    await courier.cancel('a-1');
    await sending;
    await standIn.until(() => standIn.orders[0]?.state === 'cancelled');

    assert.deepEqual(failedCancels, []);
  });

  test('tells a cancel that did not go through and leaves the order as it is', async () => {
    standIn.onSubmit = 'leave-open';
    await send('a-1');
    await standIn.close();
    await down();

    await courier.cancel('a-1');

    assert.deepEqual(failedCancels, ['link.down']);
    assert.equal(book.now.hasOpenOrder(instrument), true);
  });

  function states(): readonly string[] {
    return updates.map((update) => update.state);
  }

  async function comeBack(): Promise<void> {
    await standIn.until(() => !standIn.isOpen);
    standIn.onSubmit = 'fill';
    await standIn.open();
    await changedTo('up');
  }

  function down(): Promise<void> {
    return changedTo('down');
  }

  function changedTo(wanted: 'up' | 'down'): Promise<void> {
    return new Promise((resolve) => {
      const stop = gateway.onState((state) => {
        if (state !== wanted) return;
        queueMicrotask(() => stop());
        resolve();
      });
    });
  }
});
