import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { plainPermits, type Permits } from '#guard/permits.ts';
import { openJournal } from '#journal/open-journal.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import type { OrderView } from '#link/views.ts';
import { Gateway } from './gateway.ts';
import { serve } from './serve.ts';
import { statusView } from './handlers/status-view.ts';
import { SessionClock, TinyBroker } from './fixtures/tiny-broker.ts';

describe('the gateway over its socket', { concurrency: false }, () => {
  let folder = '';
  let serial = 0;
  let broker: TinyBroker;
  let home = '';
  let running: Running;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'gw-'))));
  beforeEach(async () => {
    home = join(folder, String((serial += 1)));
    broker = new TinyBroker();
  });
  afterEach(() => running.stop());
  after(() => rmSync(folder, { recursive: true }));

  test('submit answers with the acknowledged order, whose fill arrives by push and in the portfolio', async () => {
    running = await started(home, broker);
    const filled = orderReaching(running.server, 'filled');

    const order = await running.server.call('submit', anOrder('a'));
    broker.fill(order.brokerOrderId, 10);
    const last = await filled;

    assert.equal(order.state, 'acked');
    assert.deepEqual(
      order.steps.map((step) => step.kind),
      ['intent', 'approved', 'sending', 'acked'],
    );
    assert.ok(order.checks.every((check) => check.passed));
    assert.equal(last.filledValue, 700_000);
    const portfolio = await running.server.call('portfolio', {});
    // 98 won are 0.0140527 % of 700,000, cut off.
    assert.equal(portfolio.cash, 10_000_000 - 700_000 - 98);
    assert.deepEqual(portfolio.positions[0]?.quantity, 10);
  });

  test('instruments answers with every listing, in the shape that the socket promises', async () => {
    running = await started(home, broker);

    const listed = await running.server.call('instruments', {});

    assert.ok(
      listed.some(({ symbol }) => symbol === '035420'),
      'one that moved boards too',
    );
  });

  test('submit answers a repeated request with the first order, and refuses one with other values', async () => {
    running = await started(home, broker);

    const first = await running.server.call('submit', anOrder('a'));
    const second = await running.server.call('submit', anOrder('a'));

    assert.equal(second.orderId, first.orderId);
    assert.equal(broker.placed, 1);
    await assert.rejects(running.server.call('submit', { ...anOrder('a'), quantity: 11 }), {
      code: 'order.request-id-reused',
    });
    await running.stop();
    running = await started(home, broker);
    assert.equal((await running.server.call('submit', anOrder('a'))).orderId, first.orderId, 'also after a restart');
    assert.equal(broker.placed, 1);
  });

  test('submit answers with the guard´s reasons and sends nothing when it is denied', async () => {
    running = await started(home, broker);

    const order = await running.server.call('submit', { ...anOrder('a'), quantity: 100 });

    assert.equal(order.state, 'denied');
    assert.ok(
      order.checks.some((check) => check.code === 'order-value' && !check.passed && check.actual === 7_000_000),
    );
    assert.equal(broker.placed, 0);
  });

  test('a kind of order that nobody permitted is denied with its reasons', async () => {
    running = await started(home, broker);
    const kind = { type: 'best', price: 0, venue: 'NXT', session: 'after-market', timeInForce: 'ioc' } as const;

    const order = await running.server.call('submit', { ...anOrder('a'), ...kind });

    assert.deepEqual(failed(order), ['order-type', 'order-session', 'order-venue', 'session', 'entry-window']);
    assert.equal(broker.placed, 0);
  });

  test('an order without a price that is permitted ties up the upper limit, also after a restart', async () => {
    const permits: Permits = { ...plainPermits, types: new Set(['limit', 'market']) };
    running = await started(home, broker, permits);
    const market = { ...anOrder('a'), type: 'market', price: 0 } as const;

    const order = await running.server.call('submit', market);
    const twin = await running.server.call('submit', { ...market, requestId: 'b' });
    const before = await running.server.call('portfolio', {});
    await running.stop();
    running = await started(home, broker, permits);
    const after = await running.server.call('portfolio', {});
    const third = await running.server.call('submit', { ...market, requestId: 'c', quantity: 12 });

    assert.equal(order.state, 'acked');
    assert.deepEqual(failed(twin), ['repeated-order']);
    // Ten shares at 91,000, thirty per cent over the base price.
    assert.deepEqual([before.orderableCash, after.orderableCash], [9_090_000, 9_090_000]);
    assert.deepEqual(failed(third), ['order-value', 'open-value', 'position-value']);
  });

  test('a lost answer makes an unknown order, closes its lane, and is found by inquiry, not sent again', async () => {
    running = await started(home, broker);
    broker.fate = 'accept-then-lose';
    broker.isHidden = true;
    const found = orderReaching(running.server, 'acked');

    const order = await running.server.call('submit', anOrder('a'));
    assert.equal(order.state, 'unknown');
    const inLane = await running.server.call('submit', { ...anOrder('b'), price: 70_100 });
    assert.deepEqual(failed(inLane), ['lane-closed']);
    broker.isHidden = false;

    assert.equal((await found).orderId, order.orderId);
    assert.equal(broker.placed, 1);
  });

  test('an order that was being sent when the process died is unknown at the next start, then found', async () => {
    running = await started(home, broker);
    broker.fate = 'accept-then-hang';
    void running.server.call('submit', anOrder('a')).catch(() => undefined);
    await broker.reached;
    await running.crash();

    broker.fate = 'accept';
    running = await started(home, broker);
    const order = await running.server.call('submit', anOrder('a'));

    const [only] = await running.server.call('orders', { limit: 10, strategy: null });
    assert.equal(order.orderId, only?.orderId);
    assert.equal(only?.state, 'acked');
    assert.ok(only.steps.some((step) => step.kind === 'unknown') && only.steps.some((step) => step.kind === 'found'));
    assert.equal(broker.placed, 1);
  });

  test('halt cancels what is open, verifies it, denies new buys, survives a restart and ends by resume', async () => {
    running = await started(home, broker);
    await running.server.call('submit', anOrder('a'));
    const cancelled = orderReaching(running.server, 'cancelled');

    const status = await running.server.call('halt', { reason: 'test' });
    assert.equal(status.halted?.openOrders, 1);
    await cancelled;
    await running.stop();
    running = await started(home, broker);

    const denied = await running.server.call('submit', anOrder('b'));
    assert.ok(failed(denied).includes('halted'));
    const { code } = await running.server.call('prepareResume', {});
    await running.server.call('resume', { code });
    assert.equal((await running.server.call('submit', { ...anOrder('c'), price: 70_100 })).state, 'acked');
  });

  test('an order at the broker that nobody here made halts new risk', async () => {
    running = await started(home, broker);
    const order = await running.server.call('submit', anOrder('a'));
    const halted = new Promise((resolve) => {
      running.server.on('status', (status) => status.halted !== null && resolve(status.halted.by));
    });
    broker.addForeign();

    // Any inquiry notices it; the routine one comes every 30 s.
    await running.server.call('find', { orderId: order.orderId });

    assert.equal(await halted, 'rule N02');
  });

  test('the role of a connection decides who asks: a person names no strategy, a runner must', async () => {
    running = await started(home, broker);

    await assert.rejects(running.server.call('submit', { ...anOrder('a'), strategy: 'x' }), {
      code: 'order.requester',
    });
    await assert.rejects(running.runner.call('submit', anOrder('a')), { code: 'order.requester' });
    await assert.rejects(running.runner.call('halt', { reason: 'x' }), { code: 'link.forbidden' });
    const order = await running.runner.call('submit', { ...anOrder('a'), strategy: 'tutorial' });

    assert.equal(order.requester, 'tutorial');
  });

  test('the journal holds INTENT and SENDING before the broker saw the order, and verifies', async () => {
    running = await started(home, broker);
    const file = join(home, 'journal');
    broker.onPlace = () => {
      const text = readFileSync(file, 'utf8');
      assert.ok(text.includes('\torder.intent\t') && text.includes('\torder.sending\t'));
    };

    const order = await running.server.call('submit', anOrder('a'));
    await running.stop();

    assert.equal(order.state, 'acked');
    assert.equal(verifyJournal(file).kind, 'intact');
  });
});

interface Running {
  readonly server: LinkClient<GatewayApi>;
  readonly runner: LinkClient<GatewayApi>;
  stop(): Promise<void>;
  /** Nothing is finished: the answer of the broker finds no journal any more. */
  crash(): Promise<void>;
}

const tokens = { server: newToken(), runner: newToken() };

async function started(home: string, broker: TinyBroker, permits?: Permits): Promise<Running> {
  const socketPath = join(home, 's');
  const clock = new SessionClock();
  broker.clock = clock;
  let served: Awaited<ReturnType<typeof serve>> | null = null;
  mkdirSync(home, { recursive: true });
  const journal = await openJournal({ file: join(home, 'journal') });
  const gateway = new Gateway({
    environment: 'trial',
    build: 'test',
    broker,
    journal,
    clock,
    ...(permits === undefined ? {} : { permits }),
    onOrder: (order) => served?.order(order),
    onTick: (tick) => served?.tick(tick),
    onStatus: () => served?.statusChanged(),
    onFault: () => undefined,
    onFatal: () => undefined,
  });
  served = await serve({
    gateway,
    socketPath,
    tokenHashes: { server: hashToken(tokens.server), runner: hashToken(tokens.runner) },
    status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: () => undefined,
  });
  await gateway.start();
  const api = gatewayApi;
  const server = await connect({ socketPath, api, role: 'server', token: tokens.server });
  const runner = await connect({ socketPath, api, role: 'runner', token: tokens.runner });
  await server.call('subscribe', { topics: ['order', 'status'] });
  await server.call('portfolio', {});
  let hasEnded = false;
  const end = async (isCrash: boolean): Promise<void> => {
    if (hasEnded) return;
    hasEnded = true;
    await server.close();
    await runner.close();
    if (isCrash) await journal.close();
    await served?.close();
    await gateway.stop();
    await journal.close();
  };
  return { server, runner, stop: () => end(false), crash: () => end(true) };
}

function anOrder(requestId: string) {
  const order = { symbol: '005930', side: 'buy', type: 'limit', quantity: 10, price: 70_000, reason: 'test' } as const;
  return { requestId, strategy: null, ...order };
}

function failed(order: OrderView): readonly string[] {
  return order.checks.filter((check) => !check.passed).map((check) => check.code);
}

function orderReaching(client: LinkClient<GatewayApi>, state: OrderView['state']): Promise<OrderView> {
  return new Promise((resolve) => {
    const stop = client.on('order', (order) => {
      if (order.state !== state) return;
      stop();
      resolve(order);
    });
  });
}
