import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createKisBroker } from '#brokers/kis/index.ts';
import { aSimulator } from '#brokers/kis/simulator/fixtures/wire-test-kit.ts';
import { machineClock } from '#brokers/kis/simulator/venue/venue-clock.ts';
import type { KisSimulator } from '#brokers/kis/simulator/start.ts';
import type { Bar } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { Secret } from '#domain/secret.ts';
import type { GatewayClock } from '#gateway/clock/gateway-clock.ts';
import { Gateway } from '#gateway/gateway.ts';
import { serve, type Served } from '#gateway/serve.ts';
import { statusView } from '#gateway/handlers/status-view.ts';
import { openJournal } from '#journal/open-journal.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import { GatewayFeed } from '#runner/feed/gateway-feed.ts';
import { MarketClock } from '#runner/feed/market-clock.ts';
import { MarketMemory } from '#runner/feed/market-memory.ts';
import { StrategyHost } from '#runner/strategy-host.ts';

const samsung = instrumentId('005930');
const minuteMs = 60_000;

/** Real time from half past ten on a Monday, which a test can move forward; venue and gateway share it. */
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

test('a strategy is shown the same minute bars after a lost connection as without one', async (context) => {
  const { clock, simulator, broker, shown, gateway, ticks, gaps } = await aScene(context);
  await tradeUntil(() => ticks() > 0, simulator, 50_100, 10);
  clock.step(60);
  await trade(simulator, 50_300, 2);
  await until(() => shown.length >= 1);

  await command(simulator, '/sockets/drop');
  await until(() => gaps().includes('open'));
  const heard = ticks();
  await trade(simulator, 50_700, 7);
  clock.step(60);
  await trade(simulator, 49_300, 5);
  clock.step(60);
  await trade(simulator, 49_900, 4);
  assert.equal(ticks(), heard, 'nothing of it was heard');
  await tradeUntil(() => ticks() > heard, simulator, 50_200, 3);
  clock.step(125);
  const before = shown.length;
  await settled();
  assert.equal(shown.length, before, 'a minute with missing trades was shown before its repair');
  // The gateway repairs in its own time, or when somebody looks at the chart, which is sooner here.
  await gateway.feed.minuteBars(samsung, 60);
  await until(() => gaps().includes('filled'));
  await until(() => shown.length >= before + 3);

  const venue = (await broker.minuteBars(samsung, 60)).filter(
    (bar) => bar.startsAtMs + minuteMs <= clock.now().epochMilliseconds,
  );
  assert.deepEqual(shown, venue.slice(-shown.length));
  assert.ok(shown.some((bar) => bar.high > 50_600) && shown.some((bar) => bar.low < 49_500));
});

interface Scene {
  readonly clock: SharedClock;
  readonly simulator: KisSimulator;
  readonly broker: ReturnType<typeof createKisBroker>;
  readonly gateway: Gateway;
  /** The bars that the strategy was given, in order. */
  readonly shown: readonly Bar[];
  readonly ticks: () => number;
  readonly gaps: () => readonly string[];
}

async function aScene(context: TestContext): Promise<Scene> {
  const clock = new SharedClock();
  const simulator = await aSimulator({ clock: { ...machineClock(), now: () => clock.now() }, beatMs: 10 });
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
  const home = mkdtempSync(join(tmpdir(), 'sb-bars-'));
  const socketPath = join(home, 's');
  const journal = await openJournal({ file: join(home, 'journal') });
  let served: Served | null = null;
  const gateway = new Gateway({
    environment: 'trial',
    build: 'test',
    broker,
    journal,
    clock,
    onOrder: (order) => served?.order(order),
    onTick: (tick) => served?.tick(tick),
    onBarGap: (gap) => served?.barGap(gap),
    onStatus: () => served?.statusChanged(),
    onFault: () => undefined,
    onFatal: () => undefined,
  });
  const token = newToken();
  served = await serve({
    gateway,
    socketPath,
    tokenHashes: { runner: hashToken(token) },
    status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: () => undefined,
  });
  await gateway.start();
  const link = await connect({ socketPath, api: gatewayApi, role: 'runner', token });
  const shown: Bar[] = [];
  const strategy = aStrategy(link, join(home, 'decisions'), shown);
  context.after(async () => {
    await strategy.stop();
    await link.close();
    await served?.close();
    await gateway.stop();
    await broker.close();
    await journal.close();
    await simulator.close();
    rmSync(home, { recursive: true });
  });
  await strategy.ready;
  await until(() => gateway.feed.registrations.used > 0);
  return { clock, simulator, broker, gateway, shown, ...strategy };
}

/** A strategy in a runner of its own, which keeps the bars that it is shown. */
function aStrategy(link: Awaited<ReturnType<typeof connect<typeof gatewayApi>>>, folder: string, shown: Bar[]) {
  const market = new MarketMemory();
  const clock = new MarketClock(() => performance.now());
  const ready = Promise.withResolvers<void>();
  const gaps: string[] = [];
  let ticks = 0;
  const host = new StrategyHost({
    plan: {
      name: 'watcher',
      kind: 'rules',
      symbols: ['005930'],
      interval: '1m',
      remark: '',
      brain: () => ({
        start: async () => ({ instruments: [samsung], warmUpBars: 0 }),
        bar: (_instrument, bar) => void shown.push(bar),
        close: () => undefined,
        order: () => undefined,
        stop: async () => undefined,
      }),
    },
    gateway: link,
    market,
    clock,
    folder,
    onChange: () => undefined,
    dayDelayMs: 0,
  });
  const feed = new GatewayFeed({
    gateway: link,
    market,
    clock,
    onTick: (tick) => {
      ticks += 1;
      host.tick(tick);
    },
    onGap: (gap) => {
      if (gap !== null) gaps.push(gap.kind);
      host.gap(gap);
    },
    onOrder: (order) => host.order(order),
    onReady: async () => {
      await host.sync();
      shown.length = 0;
      ready.resolve();
    },
  });
  const timer = setInterval(() => host.clock(), 10);
  return {
    ready: ready.promise,
    ticks: () => ticks,
    gaps: () => gaps,
    stop: async () => {
      clearInterval(timer);
      feed.stop();
      await host.stop();
    },
  };
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

/** Trades until a trade is heard of; between two a moment, or the account would be spent before the first is. */
async function tradeUntil(
  isHeard: () => boolean,
  simulator: KisSimulator,
  price: number,
  quantity: number,
): Promise<void> {
  while (!isHeard()) {
    await trade(simulator, price, quantity);
    for (let look = 0; look < 40 && !isHeard(); look += 1) await aMoment();
  }
}

function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

/** Looks every few milliseconds, for five seconds at the most. */
async function until(isSo: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + 5_000;
  while (!isSo()) {
    assert.ok(performance.now() < giveUpAtMs, `not so within five seconds: ${isSo.toString()}`);
    await aMoment();
  }
}

/** The host's clock has looked a few times. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}
