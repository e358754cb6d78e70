import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ManualClock } from '#domain/clock.ts';
import type { OrderRequest } from '#domain/order.ts';
import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

import type { PlaceResult } from '../../broker.ts';
import { fixtureOptions, fixtureRequest } from '../fixtures/fixture-broker.ts';
import { createKisBroker, type KisBroker } from '../index.ts';
import type { KisSimulator } from '../simulator/start.ts';
import { aSimulator } from '../simulator/fixtures/wire-test-kit.ts';

/** Market time that jumps when a test says so, over the machine's own stop watch. */
class JumpingClock extends ManualClock {
  speed = 1;
  isPaused = false;

  constructor() {
    super(seoulTime('10:00:00'));
  }

  override elapsedMs(): number {
    return performance.now();
  }

  setSpeed(): void {}

  setPaused(): void {}

  to(time: string): void {
    this.advance(seoulTime(time).epochMilliseconds - this.now().epochMilliseconds);
  }
}

function seoulTime(time: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(`2026-11-20T${time}`).toZonedDateTime('Asia/Seoul').toInstant();
}

/** Ten crowded prices a side around 50,000 won. */
async function aMarket(): Promise<{ simulator: KisSimulator; broker: KisBroker; clock: JumpingClock }> {
  const clock = new JumpingClock();
  const simulator = await aSimulator({
    session: 'clock',
    clock,
    signInClock: clock,
    tokenThrottleSeconds: 0,
    beatMs: 5,
  });
  const { appKey, appSecret, account } = simulator.credentials.real;
  const { restReal, webSocketReal } = simulator.hosts;
  const broker = createKisBroker(
    fixtureOptions(
      { rest: restReal, webSocket: webSocketReal },
      {
        environment: 'real',
        simulated: true,
        clock,
        credentials: {
          appKey: () => new Secret(appKey),
          appSecret: () => new Secret(appSecret),
          account: () => new Secret(account),
          htsId: () => new Secret(simulator.credentials.htsId),
          loadToken: () => null,
          saveToken: () => undefined,
        },
      },
    ),
  );
  return { simulator, broker, clock };
}

function placed(result: PlaceResult): Extract<PlaceResult, { kind: 'accepted' }> {
  assert.equal(result.kind, 'accepted', JSON.stringify(result));
  assert.ok(result.kind === 'accepted');
  return result;
}

test('orders of every venue and session live and die at the simulated broker as what they are', async () => {
  const { simulator, broker, clock } = await aMarket();
  const place = (change: Partial<OrderRequest>) =>
    broker.place(approve(fixtureRequest({ price: won(49_000), ...change })));
  try {
    const nxt = placed(await place({ venue: 'NXT', quantity: quantity(1) }));
    const sor = placed(await place({ venue: 'SOR', quantity: quantity(2) }));
    const best = placed(await place({ type: 'best', price: won(0), timeInForce: 'ioc', quantity: quantity(3) }));
    const stop = { type: 'stop-limit', price: won(51_500), stopPrice: won(51_400), quantity: quantity(4) } as const;
    const sleeping = placed(await place(stop));
    const early = await place({ session: 'after-market' });

    assert.ok(early.kind === 'rejected');
    assert.equal(early.reason, 'market-closed');
    const working = await broker.account.workingOrders();
    assert.ok(working.kind === 'complete');
    const rows = new Map(working.rows.map((row) => [row.brokerOrderId, row]));
    assert.deepEqual([...rows.keys()].sort(), [nxt, sor, sleeping].map((order) => order.brokerOrderId).sort());
    assert.equal(rows.get(nxt.brokerOrderId)?.venue, 'NXT');
    assert.equal(rows.get(sor.brokerOrderId)?.venue, 'SOR');
    assert.deepEqual(
      [rows.get(sleeping.brokerOrderId)?.type, rows.get(sleeping.brokerOrderId)?.stopPrice],
      ['stop-limit', 51_400],
    );
    const today = Temporal.PlainDate.from('2026-11-20');
    const filled = await broker.account.filledOrders({ from: today, to: today });
    assert.ok(filled.kind === 'complete');
    assert.deepEqual(
      filled.rows.map((row) => [row.brokerOrderId, row.filled, row.type, row.timeInForce]),
      [[best.brokerOrderId, 3, 'best', 'ioc']],
    );
    for (const order of working.rows) placed(await broker.cancel(order));
    assert.deepEqual(await broker.account.workingOrders(), { kind: 'complete', rows: [] });

    clock.to('16:30:00');
    const evening = placed(await place({ session: 'after-market' }));
    const plain = await place({});
    const list = await broker.account.workingOrders();

    assert.equal(plain.kind, 'rejected', 'a regular order in the evening');
    assert.ok(list.kind === 'complete');
    assert.deepEqual(
      list.rows.map((row) => [row.brokerOrderId, row.venue, row.session, row.type]),
      [[evening.brokerOrderId, 'KRX', 'after-market', 'limit']],
    );
    const [row] = list.rows;
    assert.ok(row !== undefined);
    const amended = placed(
      await broker.amend(row, approve(fixtureRequest({ price: won(49_500), session: 'after-market' }))),
    );
    placed(await broker.cancel({ ...row, brokerOrderId: amended.brokerOrderId }));
  } finally {
    await broker.close();
    await simulator.close();
  }
});

test('a reservation is taken in the evening, listed, amended and withdrawn at the simulated broker', async () => {
  const { simulator, broker, clock } = await aMarket();
  const period = { from: Temporal.PlainDate.from('2026-11-20'), to: Temporal.PlainDate.from('2026-11-30') };
  try {
    assert.equal((await broker.account.reserve(approve(fixtureRequest()))).kind, 'not-sent');
    clock.to('16:30:00');

    const reserved = placed(await broker.account.reserve(approve(fixtureRequest({ price: won(49_000) }))));
    const listed = await broker.account.reservations(period);
    assert.ok(listed.kind === 'complete');
    const [reservation] = listed.rows;
    assert.ok(reservation !== undefined);
    assert.equal(Number(reservation.id), Number(reserved.brokerOrderId));
    assert.deepEqual([reservation.price, reservation.quantity, reservation.cancelledOn], [49_000, 2, null]);
    const smaller = approve(fixtureRequest({ price: won(48_500), quantity: quantity(1) }));
    placed(await broker.account.amendReservation(reservation, smaller));
    const after = await broker.account.reservations(period);
    assert.ok(after.kind === 'complete');
    assert.deepEqual([after.rows[0]?.price, after.rows[0]?.quantity], [48_500, 1]);
    placed(await broker.account.cancelReservation(reservation));
    const gone = await broker.account.reservations(period);
    assert.ok(gone.kind === 'complete');
    assert.notEqual(gone.rows[0]?.cancelledOn, null);
  } finally {
    await broker.close();
    await simulator.close();
  }
});

test('every account question has a believable answer at the simulated broker', async () => {
  const { simulator, broker } = await aMarket();
  const period = { from: Temporal.PlainDate.from('2026-11-20'), to: Temporal.PlainDate.from('2026-11-20') };
  const { account } = broker;
  try {
    const buy = { type: 'market', price: won(0), quantity: quantity(10) } as const;
    placed(await broker.place(approve(fixtureRequest(buy))));
    placed(await broker.place(approve(fixtureRequest({ ...buy, side: 'sell', quantity: quantity(4) }))));

    const byLimit = await account.buyableFor(fixtureRequest({ price: won(50_000) }));
    const byMarket = await account.buyableFor(fixtureRequest({ type: 'market', price: won(0) }));
    const sellable = await account.sellable('KRX:005930');
    const balance = await account.realisedBalance();
    const byDay = await account.profitByDay(period);
    const byTrade = await account.profitByTrade(period);
    const assets = await account.assets();

    assert.ok(byMarket.quantity < byLimit.quantity, 'a market order is counted at the upper limit');
    assert.deepEqual([sellable.held, sellable.sellable], [6, 6]);
    assert.deepEqual(
      balance.positions.map((position) => position.quantity),
      [6],
    );
    assert.ok(balance.realised < 0, 'bought at the ask and sold at the bid');
    assert.deepEqual([byDay.realised, byTrade.realised], [balance.realised, balance.realised]);
    assert.deepEqual(
      byTrade.rows.map((row) => [row.instrument, row.sold]),
      [['KRX:005930', 4]],
    );
    assert.ok(assets.total > 0 && assets.net <= assets.total);
  } finally {
    await broker.close();
    await simulator.close();
  }
});
