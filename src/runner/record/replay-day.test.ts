import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { runnerSocket } from '#link/boot.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { homeLayout } from '#link/home-layout.ts';
import { runnerApi, type RunnerApi } from '#link/runner-api.ts';
import type { BarView } from '#link/views.ts';
import { GatewayStandIn, startMs } from '../../../tests/support/gateway-stand-in.ts';
import { readInstallation } from '../plans/installation.ts';
import { startRunner, type Runner } from '../runner.ts';
import { detectIsolation } from '../sandbox/isolation-grade.ts';
import { planOf } from '../plans/strategy-plans.ts';
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

  test('replayDay() finds that a backtest of the recorded bars alone writes the same bytes where no fill was chance', async () => {
    await start(rulesYaml);
    gateway.tick('005930', 10_200, startMs + 1_000);
    gateway.tick('005930', 10_200, startMs + minuteMs + 3_000);
    await gateway.until(() => gateway.orders.some((order) => order.state === 'filled'));
    await stop();

    const { log, outcome } = await replay('tutorial');

    assert.match(log, / submit buy 64 @ 10400 /);
    assert.deepEqual([outcome.difference, outcome.byBarsAlone], [null, { difference: null }]);
  });

  test('replayDay() decides the day of a sandboxed strategy anew: bracket, part of a fill, cancel, denial, timer, lost minute', async () => {
    gateway.bars.set('091160', barsOf([20_000, 20_000]));
    writeFileSync(join(gateway.home, 'mine.ts'), codeStrategy);
    await start(codeYaml);
    gateway.onSubmit = 'leave-open';
    const minute = (at: number, price: number) => gateway.tick('091160', price, startMs + at * minuteMs + 3_000);
    minute(0, 20_000);
    minute(1, 20_000);
    await gateway.until(() => gateway.orders.length === 1);
    gateway.execute(gateway.orders[0]!, 2);
    minute(2, 20_050);
    await gateway.until(() => gateway.orders.length === 2);
    gateway.execute(gateway.orders[0]!);
    minute(3, 20_100);
    await gateway.until(() => gateway.orders[1]?.state === 'cancelled');
    gateway.onSubmit = 'deny';
    minute(4, 20_110);
    await gateway.until(() => gateway.orders.length === 3);
    gateway.gap({ kind: 'open', symbols: ['091160'] }, startMs + 5 * minuteMs);
    minute(6, 20_150);
    gateway.bars.set('091160', barsOf([20_000, 20_000, 20_050, 20_100, 20_110, 20_120, 20_150], 7));
    gateway.gap({ kind: 'filled', symbols: ['091160'] }, startMs + 6 * minuteMs);
    minute(7, 20_150);
    await logged(/ 20120 holds 3 /);
    gateway.onSubmit = 'fill';
    gateway.tick('091160', 19_800, startMs + 7 * minuteMs + 30_000);
    await gateway.until(() => gateway.orders.some(({ side, state }) => side === 'sell' && state === 'filled'));
    await logged(/ sell filled 3 /);
    await stop();

    const { log, outcome } = await replay('mine');

    for (const wanted of [
      / timer /,
      / cancel buy/,
      / denied 0 order-value/,
      / buy partially-filled 2 /,
      /exit-stop 19800/,
    ]) {
      assert.match(log, wanted);
    }
    assert.doesNotMatch(log, /history/);
    assert.deepEqual(outcome.difference, null);
    assert.deepEqual([outcome.otherOrders, outcome.isChanged, outcome.failure, outcome.orders], [[], false, null, 4]);

    writeFileSync(join(gateway.home, 'mine.ts'), codeStrategy.replace('quantity(3)', 'quantity(4)'));
    const { outcome: changed } = await replay('mine');

    assert.ok(changed.isChanged);
    assert.match(changed.difference?.recorded ?? '', / submit buy 3 /);
    assert.match(changed.difference?.replayed ?? '', / submit buy 4 /);
    assert.equal(changed.otherOrders.length, 1);
  });

  test('replayDay() refuses a day that was not recorded, and a recording that is damaged', async () => {
    await start(rulesYaml);
    await stop();
    const file = join(homeLayout(gateway.home).runner, 'decisions', `tutorial-${today}.day.jsonl`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"kind":"resumed"', '"kind":"resume"'));
    writeFileSync(file.replace('.day.jsonl', '.log'), '');

    await assert.rejects(replay('tutorial'), { code: 'replay.recording' });
    rmSync(file);
    await assert.rejects(replay('tutorial'), { code: 'replay.nothing' });
  });

  /** The newest decision log says it; looked at whenever the gateway heard of something, and a few times a second. */
  async function logged(wanted: RegExp): Promise<void> {
    const file = join(homeLayout(gateway.home).runner, 'decisions', `mine-${today}.log`);
    for (let looks = 0; !wanted.test(readFileSync(file, 'utf8')); looks += 1) {
      assert.ok(looks < 300, `the log never said ${String(wanted)}: ${readFileSync(file, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
});

const rulesYaml = `strategies:
  - { name: tutorial, kind: rules, config: trading_config.yaml, targets: target_stocks.txt, interval: 1m }
`;

const codeYaml = `strategies:
  - { name: mine, kind: code, file: mine.ts, interval: 1m, symbols: ['091160'] }
`;
const codeStrategy = `import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
let count = 0;
let resting = '';
export const strategy = defineStrategy({
  name: 'mine', instruments: ['091160'], interval: '1m', warmUpBars: 2,
  timers: { soon: { kind: 'daily', at: '10:01' } },
  onTimer(context, name) { context.log('KRX:091160', 'timer ' + name + ' at ' + context.nowMs); },
  onBar(context, { instrument, close, isWarmUp }) {
    const held = context.position(instrument);
    context.log(instrument, (isWarmUp ? 'history' : close) + ' holds ' + (held?.quantity ?? 0) + ' at ' + (held?.averagePrice ?? 0));
    if (isWarmUp) return;
    count += 1;
    const price = context.limitPrice(instrument, 'buy', close, 100);
    const buy = { instrument, side: 'buy', price, reason: 'bar ' + count };
    if (count === 1) context.submit({ ...buy, quantity: quantity(3), exits: { stopPrice: won(19800) } });
    if (count === 2) resting = context.submit({ ...buy, quantity: quantity(1), price: won(19500) });
    if (count === 3) context.cancel(resting);
    if (count === 4) context.submit({ ...buy, quantity: quantity(900) });
    if (count === 5) context.cancel(resting);
  },
  onOrder(context, { instrument, side, state, filled, code }) {
    context.log(instrument, side + ' ' + state + ' ' + filled + ' ' + code + ' ' + context.cash + ' ' + context.hasOpenOrder(instrument));
  },
});
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

/** Closed one-minute bars that end with the minute before the start of the stand-in's time, or so many minutes later. */
function barsOf(closes: readonly number[], untilMinute = 0): BarView[] {
  return closes.map((close, index) => ({
    startsAtMs: startMs + (untilMinute - closes.length + index) * minuteMs,
    date: today,
    open: close,
    high: close,
    low: close,
    close,
    volume: 10,
  }));
}
