import assert from 'node:assert/strict';
import { test } from 'node:test';

import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

import { fixtureOptions, fixtureRequest, fixtureSecrets, fixtureVault } from './fixtures/fixture-broker.ts';
import { playTranscript } from './fixtures/transcript-host.ts';
import { createKisBroker } from './index.ts';

test('createKisBroker() speaks one paper morning to the letter', async (context) => {
  const host = await playTranscript('paper-day');
  context.after(() => host.close());
  const vault = fixtureVault(false);
  const broker = createKisBroker(fixtureOptions(host, { credentials: vault }));
  const day = Temporal.PlainDate.from('2026-11-20');

  const price = await broker.price('KRX:005930');
  const book = await broker.orderBook('KRX:005930');
  const placed = await broker.place(approve(fixtureRequest()));
  assert.ok(placed.kind === 'accepted');
  const working = { ...placed, instrument: 'KRX:005930', side: 'buy' } as const;
  const amended = await broker.amend(working, approve(fixtureRequest({ price: won(70_100) })));
  assert.ok(amended.kind === 'accepted');
  const cancelled = await broker.cancel({ ...amended, instrument: 'KRX:005930', side: 'buy' });
  const throttled = await broker.place(
    approve(fixtureRequest({ side: 'sell', type: 'market', timeInForce: 'ioc', price: won(0) })),
  );
  const orders = await broker.orders(day);
  const balance = await broker.balance();
  const buyable = await broker.buyable('KRX:005930', won(70_000));
  const savedUntil = vault.saved?.expiresAt.toString();
  await broker.signOut();

  assert.deepEqual(host.differences(), []);
  assert.equal(savedUntil, '2026-11-21T00:59:58Z');
  assert.equal(vault.saved?.token.reveal(), '');
  assert.deepEqual(
    [price.name, price.price, price.basePrice, price.open, price.high, price.low, price.upperLimit, price.lowerLimit],
    ['005930', 259_500, 269_000, 266_000, 267_500, 259_000, 349_500, 188_500],
  );
  assert.equal(price.volumeOfDay, 11_732_410);
  assert.equal(book.at.toString(), '2026-11-20T00:59:58Z');
  assert.deepEqual(book.asks, [
    { price: 260_000, quantity: 1_201 },
    { price: 260_500, quantity: 3_310 },
    { price: 261_000, quantity: 42 },
  ]);
  assert.deepEqual(book.bids, [
    { price: 259_500, quantity: 880 },
    { price: 259_000, quantity: 2_500 },
  ]);
  assert.deepEqual([placed.brokerOrderId, placed.forwardingOffice], ['0000117057', '00950']);
  assert.deepEqual(cancelled, {
    kind: 'rejected',
    code: 'APBK0927',
    reason: 'nothing-left',
    message: '정정/취소 가능수량이 없습니다.',
  });
  assert.deepEqual(throttled, {
    kind: 'rejected',
    code: 'EGW00201',
    reason: 'rate-limit',
    message: '초당 거래건수를 초과하였습니다.',
  });
  assert.ok(orders.kind === 'complete');
  assert.deepEqual(
    orders.rows.map((row) => [row.brokerOrderId, row.originalId, row.filled, row.remaining, row.fillPriceAverage]),
    [
      ['0000117057', null, 1, 0, 69_951],
      ['0000117058', '0000117057', 0, 1, 0],
    ],
  );
  assert.equal(orders.rows[0]?.orderedAt.toString(), '2026-11-20T01:00:00Z');
  assert.deepEqual(balance, {
    cash: 5_000_000,
    settledCash: 4_859_700,
    equity: 5_944_200,
    positions: [{ instrument: 'KRX:005930', quantity: 15, cost: 1_051_200 }],
  });
  assert.deepEqual(buyable, { cash: 107_177_377, quantity: 1_531 });
});

test('place() refuses what only looks like an approval, and sends nothing', async () => {
  const broker = createKisBroker(fixtureOptions({ rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' }));
  const request = fixtureRequest();
  const approved = approve(request);

  await assert.rejects(broker.place(request as typeof approved), /without the guard/);
  await assert.rejects(broker.place({ ...approved }), /without the guard/);
  await assert.rejects(
    broker.amend(
      { brokerOrderId: '1' as never, forwardingOffice: '', instrument: 'KRX:000660', side: 'buy' },
      approved,
    ),
    /names another order/,
  );
});

test('place() says that nothing was sent when the host refuses the connection', async () => {
  const broker = createKisBroker(fixtureOptions({ rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' }));

  assert.deepEqual(await broker.place(approve(fixtureRequest())), { kind: 'not-sent', cause: 'ECONNREFUSED' });
});

test('an error of a failing host names no secret', async () => {
  const broker = createKisBroker(fixtureOptions({ rest: 'http://127.0.0.1:9', webSocket: 'ws://127.0.0.1:9' }));

  const error = await broker.balance().catch((error: unknown) => error);

  const printed = `${String(error)} ${JSON.stringify(error)} ${(error as Error).stack ?? ''}`;
  for (const secret of Object.values(fixtureSecrets)) assert.ok(!printed.includes(secret));
  assert.match(printed, /VTTC8434R: 3 tries failed, the last with ECONNREFUSED/);
});
