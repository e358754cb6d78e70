import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';

import { createKisBroker, type KisBroker } from '#brokers/kis/index.ts';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import { machineClock, type VenueClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Tick } from '#domain/market-data.ts';
import { Secret } from '#domain/secret.ts';

import { BrokerMonitor } from '../broker-monitor.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import { MarketFeed } from './market-feed.ts';
import { aSimulator } from '#brokers/kis/simulator/fixtures/wire-test-kit.ts';

const samsung: InstrumentId = 'KRX:005930';

/** Real time from half past ten on a Monday, which a test can move forward; the venue and the gateway share it. */
class SharedClock implements GatewayClock {
  readonly speed = 1;
  readonly isTrusted = true;
  readonly #start = Temporal.Instant.from('2026-11-23T01:30:10Z');
  readonly #startedMs = performance.now();
  #steppedMs = 0;

  now(): Temporal.Instant {
    return this.#start.add({ milliseconds: Math.floor(performance.now() - this.#startedMs) + this.#steppedMs });
  }

  elapsedMs(): number {
    return performance.now();
  }

  observe(): void {
    // The venue's stamps come from this very clock.
  }

  step(seconds: number): void {
    this.#steppedMs += seconds * 1_000;
  }
}

interface Scene {
  readonly clock: SharedClock;
  readonly simulator: KisSimulator;
  readonly broker: KisBroker;
  readonly feed: MarketFeed;
  readonly ticks: readonly Tick[];
  /** How often the gateway was told to ask for the orders. */
  readonly asked: () => number;
}

async function aScene(context: TestContext): Promise<Scene> {
  const clock = new SharedClock();
  const venueClock: VenueClock = { ...machineClock(), now: () => clock.now() };
  const simulator = await aSimulator({
    clock: venueClock,
    beatMs: 10,
  });
  const { appKey, appSecret, account } = simulator.credentials.paper;
  const broker = createKisBroker({
    environment: 'paper',
    rest: simulator.hosts.rest,
    webSocket: simulator.hosts.webSocket,
    credentials: {
      appKey: () => new Secret(appKey),
      appSecret: () => new Secret(appSecret),
      account: () => new Secret(account),
      htsId: () => new Secret(simulator.credentials.htsId),
      loadToken: () => null,
      saveToken: () => undefined,
    },
    clock,
    random: () => 0.99,
    timeouts: { reconnectBaseMs: 400 },
    limits: { perSecond: 1_000, burst: 100 },
  });
  const ticks: Tick[] = [];
  let asked = 0;
  const feed = new MarketFeed({
    broker,
    clock,
    monitor: new BrokerMonitor(),
    onTick: (tick) => void ticks.push(tick),
    onNotice: () => undefined,
    onGap: () => (asked += 1),
    onFault: () => undefined,
  });
  context.after(async () => {
    await feed.stop();
    await broker.close();
    await simulator.close();
  });
  feed.start();
  return { clock, simulator, broker, feed, ticks, asked: () => asked };
}

async function command(simulator: KisSimulator, path: string, body: object = {}): Promise<void> {
  const answer = await fetch(`${simulator.hosts.console}${path}`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(answer.status, 200, await answer.text());
}

/** The crowd moves to `price`, and another screen of the account buys from it, a tick or two higher. */
async function trade(simulator: KisSimulator, price: number, quantity: number): Promise<void> {
  await command(simulator, '/market/price', { symbol: '005930', price });
  await command(simulator, '/orders', { symbol: '005930', side: 'buy', price: price + 500, quantity });
}

/** Looks every few milliseconds, for five seconds at the most. */
async function until(isSo: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + 5_000;
  while (!isSo()) {
    assert.ok(performance.now() < giveUpAtMs, `not so within five seconds: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('MarketFeed has the same minute bars after a lost connection as without one, and asks for the orders', async (context) => {
  const { clock, simulator, broker, feed, ticks, asked } = await aScene(context);
  await until(() => asked() > 0);
  await trade(simulator, 50_100, 10);
  await until(() => ticks.length > 0);
  await feed.minuteBars(samsung, 60);

  await command(simulator, '/sockets/drop');
  const heard = ticks.length;
  await trade(simulator, 50_700, 7);
  clock.step(60);
  await trade(simulator, 49_300, 5);
  clock.step(60);
  await trade(simulator, 49_900, 4);
  const askedBefore = asked();
  await until(() => asked() > askedBefore);
  assert.equal(ticks.length, heard, 'nothing of it was heard');
  await trade(simulator, 50_200, 3);
  await until(() => ticks.length > heard);
  clock.step(120);
  const bars = await feed.minuteBars(samsung, 60);

  assert.deepEqual(bars, await broker.minuteBars(samsung, 60));
  assert.ok(bars.some((bar) => bar.high > 50_600) && bars.some((bar) => bar.low < 49_500));
});
