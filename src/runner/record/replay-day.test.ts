import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { runnerSocket } from '#link/boot.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { homeLayout } from '#link/home-layout.ts';
import { runnerApi, type RunnerApi } from '#link/runner-api.ts';
import type { BarView } from '#link/views.ts';
import { GatewayStandIn, startMs } from '../../../tests/support/gateway-stand-in.ts';
import { readInstallation } from '../installation.ts';
import { startRunner, type Runner } from '../runner.ts';
import { detectIsolation } from '../sandbox/isolation-grade.ts';
import { planOf } from '../strategy-plans.ts';
import { fingerprintOf } from './fingerprint.ts';
import { replayDay } from './replay-day.ts';
import { ReplayedMarket } from './replayed-market.ts';

const minuteMs = 60_000;
const today = 20_261_117;
const settings = `strategy: { ma_short: 2, ma_long: 3, rsi_period: 2, rsi_oversold: 30, rsi_overbought: 99, bb_period: 3,
  bb_std: 2, stop_loss: 0.03, take_profit: 0.5, max_position: 5, position_size: 0.1 }\n`;

describe('replayDay()', () => {
  let gateway: GatewayStandIn;
  let runner: Runner | null = null;
  let server: LinkClient<RunnerApi> | null = null;
  let config = '';

  beforeEach(async () => {
    gateway = new GatewayStandIn();
    await gateway.open();
    gateway.bars.set('005930', barsOf([10_300, 10_200, 10_100, 10_000, 10_000]));
  });
  afterEach(async () => {
    await stop();
    await gateway.close();
    gateway.remove();
  });

  async function start(yaml: string): Promise<void> {
    config = install(gateway.home, yaml);
    runner = await startRunner(gateway.boot({ config }));
    const socketPath = join(gateway.home, runnerSocket);
    server = await connect({ socketPath, api: runnerApi, role: 'server', token: gateway.tokens.server });
    await running(server);
  }

  async function stop(): Promise<void> {
    await server?.close();
    await runner?.close();
    server = runner = null;
  }

  async function replay(name: string) {
    const folder = join(homeLayout(gateway.home).runner, 'decisions');
    const installation = readInstallation(config);
    const entry = installation.strategies.find((one) => one.name === name)!;
    const market = new ReplayedMarket();
    const { memory, clock } = market;
    const rest = { installation, market: memory, clock, isolation: detectIsolation(), environment: 'trial' } as const;
    const plan = {
      ...planOf(entry, { ...rest, folder: join(gateway.home, 'replay') }),
      fingerprint: fingerprintOf(entry, installation.root),
    };
    const log = readFileSync(join(folder, `${name}-${today}.log`), 'utf8');
    return { log, outcome: await replayDay({ folder, date: today, plan, market }) };
  }

  test('replayDay() decides a day of rules byte for byte as it was decided, over a restart of the runner too', async () => {
    await start(rulesYaml);
    gateway.tick('005930', 10_200, startMs + 1_000);
    gateway.tick('005930', 10_200, startMs + minuteMs + 3_000);
    await gateway.until(() => gateway.orders.some((order) => order.state === 'filled'));
    await stop();
    gateway.bars.set('005930', barsOf([10_300, 10_200, 10_100, 10_000, 10_000, 10_200]));
    await start(rulesYaml);
    gateway.tick('005930', 10_000, gateway.nowMs + 5_000);
    gateway.tick('005930', 10_000, gateway.nowMs + minuteMs + 3_000);
    await gateway.until(() => gateway.orders.some((order) => order.side === 'sell'));
    await stop();

    const { log, outcome } = await replay('tutorial');

    assert.match(log, / submit buy 64 @ 10400 /);
    assert.match(log, / submit sell 64 @ /);
    assert.deepEqual(outcome.difference, null);
    assert.deepEqual([outcome.otherOrders, outcome.isChanged, outcome.failure, outcome.orders], [[], false, null, 2]);
  });
});

const rulesYaml = `strategies:
  - { name: tutorial, kind: rules, config: trading_config.yaml, targets: target_stocks.txt, interval: 1m }
`;

async function running(server: LinkClient<RunnerApi>): Promise<void> {
  const isRunning = (views: readonly { readonly state: string }[]): boolean =>
    views.every(({ state }) => state === 'running');
  if (isRunning(await server.call('strategies', {}))) return;
  return new Promise((resolve) => {
    const off = server.on('strategies', (views) => {
      if (!isRunning(views)) return;
      off();
      resolve();
    });
  });
}

function install(home: string, yaml: string): string {
  const folder = join(home, 'config');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'snowball.yaml'), yaml);
  writeFileSync(join(home, 'trading_config.yaml'), settings);
  writeFileSync(join(home, 'target_stocks.txt'), '005930 # 삼성전자\n');
  return join(folder, 'snowball.yaml');
}

/** Closed one-minute bars that end just before the start of the stand-in's time. */
function barsOf(closes: readonly number[]): BarView[] {
  return closes.map((close, index) => ({
    startsAtMs: startMs - (closes.length - index) * minuteMs,
    date: today,
    open: close,
    high: close,
    low: close,
    close,
    volume: 10,
  }));
}
