import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import type { BrokerOrderId, OrderRequest } from '#domain/order.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

import { fixtureOptions, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { playTranscript } from '../fixtures/transcript-host.ts';
import { createKisBroker } from '../index.ts';

const nowhere = { rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' };

test('createKisBroker() speaks orders of every kind to the letter, and amends and cancels them as what they are', async (context) => {
  const host = await playTranscript('real-orders');
  context.after(() => host.close());
  const broker = createKisBroker(fixtureOptions(host, { environment: 'real', simulated: true }));
  const place = (change: Partial<OrderRequest>) => broker.place(approve(fixtureRequest(change)));
  const stop = { side: 'sell', type: 'stop-limit' } as const;

  await place({ session: 'after-market' });
  await place({ side: 'sell', venue: 'NXT' });
  await place({ type: 'best', price: won(0), venue: 'SOR' });
  const placed = await place({ ...stop, price: won(68_500), stopPrice: won(68_600) });
  assert.ok(placed.kind === 'accepted');
  const change = approve(fixtureRequest({ ...stop, price: won(68_400), stopPrice: won(68_500) }));
  await broker.amend({ ...placed, ...stop, instrument: 'KRX:005930', timeInForce: 'day' }, change);
  const working = await broker.account.workingOrders();
  assert.ok(working.kind === 'complete');
  for (const order of working.rows) await broker.cancel(order);
  await broker.close();

  assert.deepEqual(host.differences(), []);
  assert.deepEqual(
    working.rows.map((row) => [row.brokerOrderId, row.originalId, row.venue, row.type, row.stopPrice, row.cancellable]),
    [
      ['0000117061', '0000117060', 'KRX', 'stop-limit', 68_500, 2],
      ['0000117058', null, 'NXT', 'limit', undefined, 1],
      ['0000117040', null, undefined, undefined, undefined, 1],
    ],
  );
});

test('place() sends nothing when no such order exists, and says which', async () => {
  const paper = createKisBroker(fixtureOptions(nowhere));
  const real = createKisBroker(fixtureOptions(nowhere, { environment: 'real', simulated: true }));
  const before = new ManualClock(Temporal.Instant.from('2026-09-11T08:00:00Z'));
  const earlier = createKisBroker(fixtureOptions(nowhere, { environment: 'real', simulated: true, clock: before }));
  const caseOf = async (broker: typeof paper, change: Partial<OrderRequest>): Promise<string> => {
    const result = await broker.place(approve(fixtureRequest(change)));
    return result.kind === 'not-sent' ? result.cause : result.kind;
  };
  const market = { type: 'market', price: won(0) } as const;

  assert.match(await caseOf(paper, { venue: 'NXT' }), /paper trading takes orders for KRX only, not for NXT/);
  assert.match(await caseOf(paper, { venue: 'SOR' }), /KRX only, not for SOR/);
  assert.match(await caseOf(real, { ...market, venue: 'NXT' }), /no such order: market day on NXT, session regular/);
  assert.match(await caseOf(real, { type: 'mid', price: won(0), venue: 'SOR' }), /mid day on SOR/);
  assert.match(await caseOf(real, { ...market, session: 'after-market' }), /market day on KRX, session after-market/);
  assert.match(await caseOf(real, { type: 'stop-limit' }), /a stop price belongs to a stop-limit order/);
  assert.match(await caseOf(real, { stopPrice: won(70_000) }), /a stop price belongs to a stop-limit order/);
  assert.match(await caseOf(earlier, { session: 'after-market' }), /no such order: limit day on KRX/);
  assert.match(await caseOf(earlier, { session: 'pre-market', venue: 'NXT' }), /no such order/);
  assert.equal(await caseOf(real, { session: 'after-market' }), 'ECONNREFUSED');
});

test('amend() refuses a change of venue, and sends nothing that cannot be', async () => {
  const real = createKisBroker(fixtureOptions(nowhere, { environment: 'real', simulated: true }));
  const order = {
    brokerOrderId: '0000117057' as BrokerOrderId,
    forwardingOffice: '',
    instrument: 'KRX:005930',
    side: 'buy',
  } as const;

  await assert.rejects(real.amend(order, approve(fixtureRequest({ venue: 'NXT' }))), /names another order/);
  await assert.rejects(real.amend({ ...order, venue: 'NXT' }, approve(fixtureRequest())), /names another order/);
  const impossible = await real.amend(order, approve(fixtureRequest({ type: 'limit', session: 'pre-market' })));
  assert.equal(impossible.kind, 'not-sent');
});
