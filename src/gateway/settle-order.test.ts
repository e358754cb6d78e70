import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { openJournal } from '#journal/open-journal.ts';
import type { FileJournal } from '#journal/journal.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import type { BrokerOrderId } from '#domain/order.ts';
import { hashToken, newToken } from '#link/token.ts';
import type { OrderView } from '#link/views.ts';
import { SessionClock, TinyBroker } from './fixtures/tiny-broker.ts';
import { Gateway } from './gateway.ts';
import { serve, type Served } from './serve.ts';
import { statusView } from './handlers/status-view.ts';

describe('what only a person can say of an order, over the socket', { concurrency: false }, () => {
  const tokens = { cli: newToken(), admin: newToken() };
  let folder = '';
  let serial = 0;
  let broker: TinyBroker;
  let journal: FileJournal;
  let gateway: Gateway;
  let served: Served;
  let cli: LinkClient<GatewayApi>;
  let admin: LinkClient<GatewayApi>;

  before(() => void (folder = mkdtempSync(join(tmpdir(), 'st-'))));
  after(() => rmSync(folder, { recursive: true }));

  beforeEach(async () => {
    const home = join(folder, String((serial += 1)));
    broker = new TinyBroker();
    broker.clock = new SessionClock();
    journal = await openJournal({ file: `${home}.journal` });
    const ignore = (): void => undefined;
    const shared = { environment: 'trial', build: 'test', broker, journal, clock: broker.clock } as const;
    const events = { onTick: ignore, onStatus: ignore, onFault: ignore, onFatal: ignore };
    gateway = new Gateway({ ...shared, ...events, onOrder: (order) => served.order(order) });
    const socketPath = `${home}.s`;
    served = await serve({
      gateway,
      socketPath,
      tokenHashes: { cli: hashToken(tokens.cli), admin: hashToken(tokens.admin) },
      status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
      onFault: ignore,
    });
    await gateway.start();
    cli = await connect({ socketPath, api: gatewayApi, role: 'cli', token: tokens.cli });
    admin = await connect({ socketPath, api: gatewayApi, role: 'admin', token: tokens.admin });
    await cli.call('subscribe', { topics: ['order'] });
    await cli.call('portfolio', {});
  });

  afterEach(async () => {
    await Promise.all([cli.close(), admin.close()]);
    await served.close();
    await gateway.stop();
    await journal.close();
  });

  test('INV-03 an escalated order is settled once under its key, by what the broker´s list confirms', async () => {
    broker.fate = 'accept-then-lose';
    broker.isHidden = true;
    const { orderId } = await cli.call('submit', anOrder('a'));
    broker.addTwin();
    const escalated = orderReaching('escalated');
    broker.isHidden = false;
    await cli.call('find', { orderId });
    await escalated;
    const number = (text: string): BrokerOrderId => text as BrokerOrderId;

    await assert.rejects(cli.call('settleOrder', { orderId, brokerOrderId: number('99') }), {
      code: 'order.settle-refused',
    });
    await assert.rejects(admin.call('settleOrder', { orderId, brokerOrderId: number('1') }), {
      code: 'link.forbidden',
    });
    const settled = await cli.call('settleOrder', { orderId, brokerOrderId: number('1') }, 'k');
    const again = await cli.call('settleOrder', { orderId, brokerOrderId: number('1') }, 'k');
    await assert.rejects(cli.call('settleOrder', { orderId, brokerOrderId: number('2') }, 'k'), {
      code: 'link.idempotency-mismatch',
    });

    assert.deepEqual([settled.state, settled.brokerOrderId], ['acked', '1']);
    assert.deepEqual(again, settled);
    assert.equal(broker.placed, 1);
    const written = [...journal.read(1)].filter(({ kind }) => kind === 'order.settled');
    assert.deepEqual(
      written.map(({ body }) => /"by":"(\w+)"/.exec(body)?.[1]),
      ['cli'],
    );
  });

  test('T09 an order that was refused as unusual goes out once when admin confirms it, and ops cannot', async () => {
    await cli.call('submit', anOrder('a'));
    const twin = await cli.call('submit', anOrder('b'));
    await assert.rejects(cli.call('confirmOrder', { orderId: twin.orderId }), { code: 'link.forbidden' });

    await admin.call('confirmOrder', { orderId: twin.orderId });

    const meant = await cli.call('submit', anOrder('c'));
    const more = await cli.call('submit', anOrder('d'));
    assert.deepEqual([twin.state, meant.state, more.state], ['denied', 'acked', 'denied']);
  });

  function orderReaching(state: OrderView['state']): Promise<void> {
    return new Promise((resolve) => cli.on('order', (order) => order.state === state && resolve()));
  }
});

function anOrder(requestId: string) {
  const order = { symbol: '005930', side: 'buy', type: 'limit', quantity: 10, price: 70_000, reason: 'test' } as const;
  return { requestId, strategy: null, ...order };
}
