import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { OverseasOrderRequest } from '#domain/overseas-order.ts';
import { quantity } from '#domain/quantity.ts';
import { usdTick } from '#domain/usd.ts';
import { approveOverseas } from '#guard/overseas-approved.ts';

import { fixtureOptions } from '../fixtures/fixture-broker.ts';
import { playTranscript } from '../fixtures/transcript-host.ts';
import { createKisBroker } from '../index.ts';

const order: OverseasOrderRequest = {
  requestId: 'request-1',
  requester: { kind: 'person', via: 'cli' },
  instrument: 'NASDAQ:AAPL',
  side: 'buy',
  type: 'limit',
  quantity: quantity(2),
  price: usdTick(1_914_500),
  reason: 'fixture',
};

test('KisOverseas speaks one US evening to the letter', async (context) => {
  const host = await playTranscript('us-evening');
  context.after(() => host.close());
  const us = createKisBroker(fixtureOptions(host)).overseas;
  const day = Temporal.PlainDate.from('2026-11-20');

  const price = await us.price('NASDAQ:AAPL');
  const bars = await us.bars('NASDAQ:AAPL', 'day', day.subtract({ days: 1 }), day);
  const placed = await us.place(approveOverseas(order));
  const closed = await us.place(
    approveOverseas({ ...order, instrument: 'NYSE:KO', side: 'sell', quantity: quantity(1), price: usdTick(9_999) }),
  );
  assert.ok(placed.kind === 'accepted');
  const working = { ...order, brokerOrderId: placed.brokerOrderId, remaining: quantity(2) };
  const cancelled = await us.cancel(working);
  const orders = await us.orders(day, day);
  const positions = await us.positions();
  const buyable = await us.buyable('NASDAQ:AAPL', usdTick(1_914_500));

  assert.deepEqual(host.differences(), []);
  assert.deepEqual([price.price, price.previousClose, price.volumeOfDay], [1_914_500, 1_909_800, 1_211_406]);
  assert.deepEqual(
    bars.map((bar) => [bar.date.toString(), bar.high, bar.close]),
    [
      ['2026-11-19', 1_921_000, 1_909_800],
      ['2026-11-20', 1_919_999, 1_914_500],
    ],
  );
  assert.equal(placed.brokerOrderId, '0000030138');
  assert.deepEqual([closed.kind, closed.kind === 'rejected' && closed.reason], ['rejected', 'market-closed']);
  assert.equal(cancelled.kind, 'accepted');
  assert.ok(orders.kind === 'complete');
  assert.deepEqual(
    orders.rows.map((row) => [row.brokerOrderId, row.originalId, row.change, row.filled, row.fillPriceAverage]),
    [
      ['0000030138', null, 'none', 1, 1_914_401],
      ['0000030139', '0000030138', 'cancel', 0, 0],
    ],
  );
  assert.equal(orders.rows[0]?.orderedAt?.toString(), '2026-11-20T14:31:04Z');
  assert.deepEqual(positions, [
    {
      instrument: 'NASDAQ:AAPL',
      quantity: 1,
      sellable: 1,
      cost: usdTick(1_914_401),
      price: usdTick(1_914_500),
    },
  ]);
  assert.deepEqual(buyable, { cash: 98_085_500, quantity: 51, rate: 13_425_000 });
});
