import assert from 'node:assert/strict';
import { test } from 'node:test';

import { quantity } from '#domain/quantity.ts';
import { Secret } from '#domain/secret.ts';
import { won } from '#domain/won.ts';
import { approve } from '#guard/approved.ts';

import { fixtureOptions, fixtureRequest } from '../../fixtures/fixture-broker.ts';
import { createKisBroker } from '../../index.ts';
import type { KisBroker } from '../../kis-broker.ts';
import { HandClock } from '../fixtures/hand-clock.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';

/** The product's own client of the real host, on a clock that stands at half past ten. */
async function aClient(): Promise<{ broker: KisBroker; clock: HandClock; close: () => Promise<void> }> {
  const clock = new HandClock(Temporal.Instant.from('2026-11-23T01:30:00Z'));
  const simulator = await aSimulator({
    session: 'clock',
    clock,
    signInClock: clock,
    tokenThrottleSeconds: 0,
  });
  const { hosts, credentials } = simulator;
  const { appKey, appSecret, account } = credentials.real;
  const urls = { rest: hosts.restReal, webSocket: hosts.webSocketReal };
  const options = fixtureOptions(urls, {
    environment: 'real',
    simulated: true,
    clock: { now: () => clock.now(), elapsedMs: () => performance.now() },
  });
  const broker = createKisBroker({
    ...options,
    credentials: {
      ...options.credentials,
      appKey: () => new Secret(appKey),
      appSecret: () => new Secret(appSecret),
      account: () => new Secret(account),
      htsId: () => new Secret(credentials.htsId),
      loadToken: () => null,
      saveToken: () => undefined,
    },
  });
  return { broker, clock, close: () => simulator.close() };
}

test('the client reads what the simulated account earned and is worth, to the won', async () => {
  const { broker, close } = await aClient();
  try {
    const { account } = broker;
    const day = Temporal.PlainDate.from('2026-11-23');
    const period = { from: day, to: day };
    const order = (side: 'buy' | 'sell', shares: number, price: number) =>
      broker.place(approve(fixtureRequest({ side, quantity: quantity(shares), price: won(price) })));
    assert.equal((await order('buy', 4, 50_100)).kind, 'accepted');
    assert.equal((await order('sell', 3, 49_950)).kind, 'accepted');

    const byDay = await account.profitByDay(period);
    const byTrade = await account.profitByTrade(period);
    const balance = await account.realisedBalance();
    const assets = await account.assets();

    // Bought at 50,100 and sold at 50,000 a share: 300 lost, 300 of tax, 21 of fee twice.
    assert.equal(byDay.realised, -642);
    assert.deepEqual([byTrade.realised, byTrade.rows[0]?.held, balance.realised], [-642, 1, -642]);
    assert.equal(assets.cash, balance.settledCash);
    assert.equal(assets.total, balance.equity + 14_000_000, '10,000 dollars at 1,400 won');
    assert.equal((await account.sellable('KRX:005930')).sellable, 1);
  } finally {
    await close();
  }
});

test('the client reserves for the next opening, amends, cancels, and finds the order that came of it', async () => {
  const { broker, clock, close } = await aClient();
  try {
    const { account } = broker;
    clock.advance(6 * 3_600_000);
    const wish = (price: number) => approve(fixtureRequest({ price: won(price), quantity: quantity(2) }));
    const period = { from: Temporal.PlainDate.from('2026-11-23'), to: Temporal.PlainDate.from('2026-11-24') };
    const listed = async () => {
      const list = await account.reservations(period);
      assert.ok(list.kind === 'complete');
      return list.rows;
    };
    assert.equal((await account.reserve(wish(49_500))).kind, 'accepted');
    assert.equal((await account.reserve(wish(49_400))).kind, 'accepted');
    const [second, first] = await listed();
    assert.ok(first !== undefined && second !== undefined);
    assert.equal((await account.amendReservation(first, wish(49_000))).kind, 'accepted');
    assert.equal((await account.cancelReservation(second)).kind, 'accepted');

    clock.advance(Temporal.Duration.from({ hours: 17 }).total('milliseconds'));
    const after = await listed();
    const working = await account.workingOrders();

    assert.deepEqual(
      after.map(({ price, outcome }) => [price, outcome]),
      [
        [49_400, '취소'],
        [49_000, '처리'],
      ],
    );
    assert.ok(working.kind === 'complete');
    assert.deepEqual(
      working.rows.map(({ brokerOrderId, price }) => [brokerOrderId, price]),
      [[after[1]?.brokerOrderId, 49_000]],
    );
  } finally {
    await close();
  }
});
