import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { seoul } from '#domain/trading-date.ts';
import { openJournal } from '#journal/open-journal.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { hashToken, newToken } from '#link/token.ts';
import { quietBroker } from '../fixtures/quiet-broker.ts';
import { Gateway } from '../gateway.ts';
import { serve } from '../serve.ts';
import { statusView } from './status-view.ts';

/** A clock that a test moves. */
class HandClock {
  #now = Temporal.PlainDateTime.from('2026-11-20T10:00').toZonedDateTime(seoul).toInstant();
  readonly speed = 1;
  readonly isTrusted = true;
  now(): Temporal.Instant {
    return this.#now;
  }
  elapsedMs(): number {
    return performance.now();
  }
  observe(): void {}
  pass(minutes: number): void {
    this.#now = this.#now.add({ minutes });
  }
}

interface Running {
  readonly gateway: Gateway;
  readonly cli: LinkClient<GatewayApi>;
  readonly admin: LinkClient<GatewayApi>;
  readonly server: LinkClient<GatewayApi>;
  readonly runner: LinkClient<GatewayApi>;
  stop(): Promise<void>;
}

async function started(home: string, clock: HandClock, environment: 'trial' | 'paper' = 'paper'): Promise<Running> {
  const journal = await openJournal({ file: join(home, 'journal') });
  const gateway = new Gateway({
    environment,
    build: 'b',
    broker: quietBroker(() => clock.now()).broker,
    journal,
    clock,
    onOrder: () => {},
    onTick: () => {},
    onStatus: () => {},
    onFault: () => {},
    onFatal: (error) => assert.fail(String(error)),
  });
  const tokens = { cli: newToken(), admin: newToken(), server: newToken(), runner: newToken() };
  const socketPath = join(home, 's');
  const served = await serve({
    gateway,
    socketPath,
    tokenHashes: Object.fromEntries(Object.entries(tokens).map(([role, token]) => [role, hashToken(token)])),
    status: () => statusView(gateway, { account: '', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: () => {},
  });
  await gateway.start();
  const client = (role: keyof typeof tokens) =>
    connect<GatewayApi>({ socketPath, api: gatewayApi, token: tokens[role], role });
  const [cli, admin, server, runner] = await Promise.all([
    client('cli'),
    client('admin'),
    client('server'),
    client('runner'),
  ]);
  return {
    gateway,
    cli,
    admin,
    server,
    runner,
    async stop() {
      for (const one of [cli, admin, server, runner]) await one.close();
      await served.close();
      await gateway.stop();
      await journal.close();
    },
  };
}

function aHome(context: TestContext): string {
  const home = mkdtempSync(join(tmpdir(), 'limits-'));
  context.after(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

const wish = { scope: 'account', subject: '', name: 'orderValueMax', value: 2_000_000 } as const;

test('INV-12 a tightened limit binds at once, a loosened one after ten minutes, and both outlive a restart', async (context) => {
  const home = aHome(context);
  const clock = new HandClock();
  let running = await started(home, clock);
  const bound = (): number => running.gateway.guardState(running.gateway.state).limits.orderValueMax;

  await running.admin.call('loosenLimit', wish);
  assert.equal(bound(), 1_000_000);
  clock.pass(9);
  await running.stop();
  running = await started(home, clock);
  assert.equal(bound(), 1_000_000, 'the wait goes on after a restart');
  clock.pass(1);
  assert.equal(bound(), 2_000_000);
  const after = await running.server.call('tightenLimit', { ...wish, value: 500_000 });
  assert.equal(bound(), 500_000);
  assert.equal(after.rows.find(({ name }) => name === 'orderValueMax')?.value, 500_000);
  await running.stop();
});

test('INV-12 what waits can be withdrawn, and tightening ends it', async (context) => {
  const clock = new HandClock();
  const running = await started(aHome(context), clock);

  const first = await running.admin.call('loosenLimit', wish);
  const [waiting] = first.waiting;
  assert.equal(waiting?.value, 2_000_000);
  const none = await running.server.call('withdrawLimit', { id: waiting?.id ?? '' });
  assert.deepEqual(none.waiting, []);
  await running.admin.call('loosenLimit', wish);
  const ended = await running.server.call('tightenLimit', { ...wish, value: 900_000 });
  assert.deepEqual(ended.waiting, []);
  clock.pass(2_000);
  assert.equal(running.gateway.guardState(running.gateway.state).limits.orderValueMax, 900_000);
  await running.stop();
});

test('INV-12 the web cannot loosen without the word at the terminal, and nobody loosens by tightening', async (context) => {
  const running = await started(aHome(context), new HandClock());

  await assert.rejects(running.server.call('tightenLimit', wish), { code: 'limit.loosens' });
  await assert.rejects(running.server.call('loosenLimit', wish), { code: 'gateway.step-up-needed' });
  await assert.rejects(running.server.call('chooseProfile', { profile: 'standard' }), {
    code: 'gateway.step-up-needed',
  });
  await assert.rejects(running.server.call('resumeStrategy', { strategy: 'a' }), { code: 'gateway.step-up-needed' });
  assert.deepEqual((await running.cli.call('limitPolicy', {})).waiting, []);

  const [asked] = await running.cli.call('approvals', {});
  assert.equal(asked?.by, 'admin');
  await assert.rejects(running.cli.call('approve', { code: asked?.code ?? '' }), { code: 'gateway.approval-role' });
  await running.admin.call('approve', { code: asked?.code ?? '' });
  const answer = await running.server.call('loosenLimit', wish);
  assert.equal(answer.waiting.length, 1);
  await running.stop();
});

test('a limit that does not exist, a symbol nobody knows and a nameless strategy are refused', async (context) => {
  const running = await started(aHome(context), new HandClock());

  for (const wrong of [
    { ...wish, name: 'toString' },
    { ...wish, subject: 'a' },
    { ...wish, scope: 'symbol', subject: '999999' } as const,
    { ...wish, scope: 'strategy' } as const,
    { ...wish, scope: 'strategy', subject: 'person' } as const,
  ]) {
    await assert.rejects(running.admin.call('loosenLimit', wrong), { code: 'limit.wrong' });
  }
  await assert.rejects(running.admin.call('listSymbol', { symbol: '999999' }), { code: 'limit.wrong' });
  await assert.rejects(running.admin.call('confirmOrder', { orderId: 'none' }), { code: 'order.not-denied' });
  await running.stop();
});

test('G55 a symbol taken off the list and put on it again is bought a day later', async (context) => {
  const clock = new HandClock();
  const running = await started(aHome(context), clock);
  const state = () => running.gateway.guardState(running.gateway.state);

  await running.server.call('unlistSymbol', { symbol: '005930' });
  assert.equal(state().universe.has('KRX:005930'), false);
  await running.admin.call('listSymbol', { symbol: '005930' });
  assert.equal(state().universe.has('KRX:005930'), true);
  assert.equal(state().listedSinceMs('KRX:005930'), clock.now().epochMilliseconds);
  assert.equal(state().listedSinceMs('KRX:000660'), 0);
  await running.stop();
});

test('§5 a strategy whose host falls silent for five seconds is halted until a person lets it go on', async (context) => {
  const running = await started(aHome(context), new HandClock());
  const { pulse } = running.gateway;
  await running.cli.call('tightenLimit', { ...wish, name: 'strategyHeartbeatMaxMs', value: 0 });

  await running.runner.call('strategiesAlive', { strategies: ['golden'] });
  await new Promise((resolve) => setTimeout(resolve, 5));
  pulse.look();
  await running.gateway.recorder.record({ kind: 'login', outcome: '', method: '' });

  const halted = await running.cli.call('limitPolicy', {});
  assert.deepEqual(
    halted.haltedStrategies.map(({ strategy, by }) => [strategy, by]),
    [['golden', 'dead man']],
  );
  const after = await running.admin.call('resumeStrategy', { strategy: 'golden' });
  assert.deepEqual(after.haltedStrategies, []);
  await running.stop();
});

test('§9 blastRadius tells the ceilings of what is in force, and follows a tightened limit', async (context) => {
  const running = await started(aHome(context), new HandClock());
  const notional = async (): Promise<Record<string, readonly (number | null)[]>> =>
    Object.fromEntries((await running.cli.call('blastRadius', {})).map((row) => [row.id, [row.notional, row.atOnce]]));

  const starter = await notional();
  assert.deepEqual(starter['web-process'], [0, 0]);
  assert.deepEqual(starter['strategy'], [3_000_000, 99_000]);
  assert.deepEqual(starter['cli-token'], [5_000_000, 165_000]);
  assert.deepEqual(starter['gateway'], [null, null]);
  await running.server.call('tightenLimit', { ...wish, name: 'dayValueAccountMax', value: 2_000_000 });
  const tight = await notional();
  assert.deepEqual(tight['strategy'], [2_000_000, 66_000]);
  assert.deepEqual(tight['cli-token'], [2_000_000, 66_000]);
  await running.stop();
});
