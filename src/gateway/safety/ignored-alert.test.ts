import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Environment } from '#domain/environment.ts';
import { won } from '#domain/won.ts';
import { openJournal } from '#journal/open-journal.ts';
import { connect } from '#link/client.ts';
import { gatewayApi } from '#link/gateway-api.ts';
import { hashToken, newToken } from '#link/token.ts';
import { quietBroker } from '../fixtures/quiet-broker.ts';
import { Gateway } from '../gateway.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import { ResumeProof } from './resume-proof.ts';
import { serve } from '../serve.ts';
import { statusView } from '../handlers/status-view.ts';

const escalated = { kind: 'incident', code: 'order-escalated', detail: 'a person must decide' } as const;
const dayOpens = {
  kind: 'books',
  date: 20261123,
  cash: won(1_000_000),
  equity: won(1_000_000),
  positions: [],
  reason: '',
} as const;

test('INV-32 regression alert mail ignored before open: the day opens halted, and stays so until each was acknowledged', async (context) => {
  const { gateway, cli, proof } = await aScene(context, 'paper');
  await gateway.recorder.record(escalated);
  assert.equal(haltedBy(gateway), null, 'the alert itself does not halt');

  await gateway.recorder.record(dayOpens);
  await haltOf(gateway);

  assert.equal(haltedBy(gateway), 'rule INV-32');
  await assert.rejects(cli.call('prepareResume', {}), { code: 'gateway.alerts-open' });
  const { alerts } = await cli.call('alerts', {});
  const open = alerts.filter((alert) => alert.class === 'critical' && alert.acknowledged === null);
  assert.deepEqual(
    open.map(({ code }) => code),
    ['order-escalated', 'halted'],
  );
  for (const { id } of open.slice(0, 1)) await cli.call('acknowledgeAlert', { id });
  await assert.rejects(cli.call('prepareResume', {}), { code: 'gateway.alerts-open' }, 'one is left');
  for (const { id } of open) await cli.call('acknowledgeAlert', { id });
  const { code } = await cli.call('prepareResume', {});
  proof.give(code);
  assert.equal((await cli.call('resume', { code })).halted, null);
  await gateway.recorder.record({ ...dayOpens, date: 20261124 });
  assert.equal(gateway.state.halted, null, 'the next day opens as usual');
});

test('INV-32 a gateway that starts with an alert nobody acknowledged starts halted', async (context) => {
  const { gateway, restart } = await aScene(context, 'paper');
  await gateway.recorder.record(escalated);

  const next = await restart();
  await haltOf(next);

  assert.equal(next.state.halted?.by, 'rule INV-32');
});

test('INV-32 in trial the first step shows the alerts, its code acknowledges them, and a new one makes it worthless', async (context) => {
  const { gateway, cli, proof } = await aScene(context, 'trial');
  await gateway.recorder.record({ kind: 'halt', by: 'watchdog', reason: 'test' });
  const first = await cli.call('prepareResume', {});
  assert.match(first.incidents[0]?.detail ?? '', /^a1-\w+ Ordering was stopped/);
  proof.give(first.code);

  await gateway.recorder.record(escalated);

  await assert.rejects(cli.call('resume', { code: first.code }), { code: 'gateway.resume-code' });
  const second = await cli.call('prepareResume', {});
  proof.give(second.code);
  await cli.call('resume', { code: second.code });
  assert.equal((await cli.call('alerts', {})).open, 0);
});

test('INV-32 an alert that the watchdog owes stands on record in one turn with its halt, once however often it is told', async (context) => {
  const { gateway, watchdog, cli } = await aScene(context, 'paper');
  const sign = { builds: {}, halt: 'the gateway was away', alerts: [{ id: 'w-1a2b', code: 'gateway-lost' }] };

  await Promise.all([watchdog.call('heartbeat', sign), watchdog.call('heartbeat', sign)]);

  assert.deepEqual(
    gateway.state.alerts.all.filter(({ id }) => id === 'w-1a2b').map(({ code }) => code),
    ['gateway-lost'],
  );
  const { closed } = await watchdog.call('nextAlerts', { after: 0, open: ['w-1a2b'], channels: [] });
  assert.deepEqual(closed, []);
  await cli.call('acknowledgeAlert', { id: 'w-1a2b' });
  const later = await watchdog.call('nextAlerts', { after: 0, open: ['w-1a2b'], channels: [] });
  assert.deepEqual(later.closed, ['w-1a2b']);
});

function haltedBy(gateway: Gateway): string | null {
  return gateway.state.halted?.by ?? null;
}

/** The halt is recorded on its own turn after what it follows from. */
async function haltOf(gateway: Gateway): Promise<void> {
  while (gateway.state.halted === null) await new Promise(setImmediate);
}

async function aScene(context: TestContext, environment: Environment) {
  const home = mkdtempSync(join(tmpdir(), 'sb-alerts-'));
  const token = { cli: newToken(), watchdog: newToken() };
  const running: (() => Promise<void>)[] = [];
  const clock = saturday();
  const ignore = (): void => undefined;
  const start = async () => {
    const journal = await openJournal({ file: join(home, 'journal') });
    const { broker } = quietBroker(() => clock.now());
    const shared = { environment, build: 'test', broker, journal, clock, onFault: ignore, onFatal: ignore };
    const gateway = new Gateway({ ...shared, onOrder: ignore, onTick: ignore, onStatus: ignore });
    await gateway.start();
    running.push(async () => {
      await gateway.stop();
      await journal.close();
    });
    return gateway;
  };
  const gateway = await start();
  const proof = new ResumeProof(() => performance.now());
  const socketPath = join(home, 's');
  const served = await serve({
    gateway,
    socketPath,
    tokenHashes: { cli: hashToken(token.cli), watchdog: hashToken(token.watchdog) },
    resumeProof: proof,
    status: () => statusView(gateway, { account: '••', tokenExpiresAt: null, callsPerSecondMax: 0 }),
    onFault: ignore,
  });
  const cli = await connect({ socketPath, api: gatewayApi, role: 'cli', token: token.cli });
  const watchdog = await connect({ socketPath, api: gatewayApi, role: 'watchdog', token: token.watchdog });
  const stopAll = async (): Promise<void> => {
    for (const stop of running.splice(0)) await stop();
  };
  context.after(async () => {
    await Promise.all([cli.close(), watchdog.close()]);
    await served.close();
    await stopAll();
    rmSync(home, { recursive: true });
  });
  const restart = async () => {
    await stopAll();
    return start();
  };
  return { gateway, cli, watchdog, proof, restart };
}

/** A day on which no books open by themselves. */
function saturday(): GatewayClock {
  const now = Temporal.Instant.from('2026-11-21T03:00:00Z');
  return {
    now: () => now,
    elapsedMs: () => performance.now(),
    speed: 1,
    isTrusted: true,
    observe: () => undefined,
  };
}
