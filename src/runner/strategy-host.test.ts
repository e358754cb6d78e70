import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { instrumentId } from '#domain/instrument.ts';
import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { gatewaySocket } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import type { OrderDraft, OrderUpdate, StrategyContext } from '#strategy/strategy.ts';
import { GatewayStandIn, startMs } from '../../tests/support/gateway-stand-in.ts';
import { GatewayFeed } from './feed/gateway-feed.ts';
import { MarketClock } from './feed/market-clock.ts';
import { MarketMemory } from './feed/market-memory.ts';
import { StrategyHost } from './strategy-host.ts';
import { WaitingFile } from './waiting/waiting-file.ts';
import { unsavedSentence, unwatchedSentence } from './waiting/waiting-notes.ts';

const samsung = instrumentId('005930');

/** A host that runs, and what its strategy can do and heard. */
interface Running {
  readonly host: StrategyHost;
  readonly context: StrategyContext;
  readonly heard: readonly OrderUpdate[];
  stop(): Promise<void>;
}

describe('StrategyHost', () => {
  let gateway: GatewayStandIn;
  let folder = '';
  const running: Running[] = [];

  beforeEach(async () => {
    gateway = new GatewayStandIn();
    await gateway.open();
    folder = join(gateway.home, 'decisions');
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    await gateway.close();
    gateway.remove();
  });

  /** The strategy of a process, over the gateway and the folder that the one before it left. */
  async function start(): Promise<Running> {
    const [market, clock] = [new MarketMemory(), new MarketClock(() => performance.now())];
    const heard: OrderUpdate[] = [];
    const link = await connect({
      socketPath: join(gateway.home, gatewaySocket),
      api: gatewayApi,
      role: 'runner',
      token: gateway.tokens.runner,
    });
    const given = Promise.withResolvers<StrategyContext>();
    const host = new StrategyHost({
      plan: {
        name: 'waiter',
        kind: 'rules',
        symbols: ['005930'],
        interval: '1m',
        remark: '',
        brain: (context) => {
          given.resolve(context);
          return {
            start: async () => ({ instruments: [samsung], warmUpBars: 0 }),
            bar: () => undefined,
            close: () => undefined,
            order: (update) => void heard.push(update),
            stop: async () => undefined,
          };
        },
      },
      gateway: link,
      market,
      clock,
      folder,
      onChange: () => undefined,
      dayDelayMs: 0,
    });
    await host.start();
    const ready = Promise.withResolvers<void>();
    const feed = new GatewayFeed({
      gateway: link,
      market,
      clock,
      onTick: (tick) => host.tick(tick),
      onGap: (gap) => host.gap(gap),
      onOrder: (order) => host.order(order),
      onReady: async () => {
        await host.sync();
        ready.resolve();
      },
    });
    await ready.promise;
    const one: Running = {
      host,
      heard,
      context: await given.promise,
      stop: async () => {
        running.splice(running.indexOf(one), 1);
        feed.stop();
        await host.stop();
        await link.close();
      },
    };
    running.push(one);
    return one;
  }

  function submit({ context }: Running, change: Partial<OrderDraft>): void {
    context.submit({
      instrument: samsung,
      side: 'buy',
      quantity: quantity(10),
      price: won(10_000),
      reason: 'because',
      ...change,
    });
  }

  function shownBy({ host }: Running): string {
    return JSON.stringify(host.view().decisions);
  }

  test('fail() takes back the buys that wait, keeps the stop for the next process, and says that nobody watches it', async () => {
    const first = await start();
    submit(first, { exits: { stopPrice: won(9_500) } });
    await until(() => first.heard.some(({ state }) => state === 'filled'));
    submit(first, { trigger: { kind: 'stop', price: won(10_500) } });

    first.host.fail('까닭');
    gateway.tick('005930', 10_600, startMs + 1_000);
    const told = shownBy(first);
    await first.stop();
    const second = await start();
    gateway.tick('005930', 10_600, startMs + 2_000);
    gateway.tick('005930', 9_400, startMs + 3_000);
    await until(() => second.heard.some(({ side, state }) => side === 'sell' && state === 'filled'));

    assert.equal(first.host.view().state, 'failed');
    assert.ok(told.includes(unwatchedSentence), told);
    assert.deepEqual(
      gateway.orders.map(({ side }) => side),
      ['buy', 'sell'],
    );
  });

  test('clock() puts on the disk what the disk refused when the strategy ended', async () => {
    const one = await start();
    submit(one, { trigger: { kind: 'stop', price: won(10_500) } });
    const path = join(folder, 'waiter.waiting-orders');
    const file = new WaitingFile(path);
    assert.equal(file.read()?.triggers.watched.length, 1);
    // Nothing can take the place of a folder.
    rmSync(path);
    mkdirSync(path);

    one.host.fail('까닭');
    const told = shownBy(one);
    rmSync(path, { recursive: true });
    await until(() => {
      one.host.clock();
      return file.read() !== null;
    });

    assert.ok(told.includes(unsavedSentence), told);
    assert.deepEqual(file.read()?.triggers.watched, []);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  const giveUpMs = performance.now() + 5_000;
  while (!isTrue()) {
    assert.ok(performance.now() < giveUpMs, 'it did not come to that within five seconds');
    await pause(10);
  }
}
