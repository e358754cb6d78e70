import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { SnowballError } from '#domain/errors.ts';
import { verifyJournal } from '#journal/verify-journal.ts';
import type { Boot } from '#link/boot.ts';
import { connect, type LinkClient } from '#link/client.ts';
import { gatewayApi, type GatewayApi } from '#link/gateway-api.ts';
import { hashToken, newToken } from '#link/token.ts';

const sources = fileURLToPath(new URL('..', import.meta.url));
const token = newToken();
const rounds = 2;
const ordersMin = 4;

/** The real processes: the testbed with its KIS simulator, and the gateway with the KIS adapter. Takes about fifteen seconds. */
describe('the gateway process', () => {
  let home = '';
  let testbed: ChildProcess;
  let hosts: Boot['testbed'] = null;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'gw-'));
    const started = await start('testbed', boot(null));
    testbed = started.child;
    const { rest, webSocket, console } = z
      .object({ ready: z.object({ rest: z.string(), webSocket: z.string(), console: z.string() }) })
      .parse(started.ready).ready;
    hosts = { rest, webSocket, console };
  });
  after(async () => {
    await end(testbed, 'SIGTERM');
    rmSync(home, { recursive: true });
  });

  test('killed again and again while orders flow, it loses none and doubles none', { timeout: 60_000 }, async () => {
    let gateway = (await start('gateway', boot(hosts))).child;
    const socketPath = join(home, 'run', 'gateway.sock');
    const client = await connect({ socketPath, api: gatewayApi, role: 'server', token, reconnect: true });
    const answered = new Map<string, string>();
    let isFlowing = true;
    const flow = orders(client, answered, () => isFlowing || answered.size < ordersMin);
    for (let round = 0; round < rounds; round += 1) {
      await orderChanges(client, 1 + Math.floor(Math.random() * 3));
      await end(gateway, 'SIGKILL');
      gateway = (await start('gateway', boot(hosts))).child;
    }
    isFlowing = false;
    await flow;

    const ours = await client.call('orders', { limit: 200, strategy: null });
    const { paper } = await brokersCount();
    await client.close();
    await end(gateway, 'SIGTERM');

    const requestIds = ours.map((order) => order.requestId);
    assert.equal(new Set(requestIds).size, requestIds.length, 'a request made two orders');
    for (const [requestId, orderId] of answered) {
      assert.ok(
        ours.some((order) => order.requestId === requestId && order.orderId === orderId),
        `${requestId} is lost`,
      );
    }
    const open = ours.filter((order) => ['intent', 'sending', 'unknown', 'escalated'].includes(order.state));
    assert.deepEqual(open, [], 'every order has an end or is confirmed');
    const numbers = ours.flatMap((order) => order.brokerOrderId ?? []);
    assert.equal(paper, numbers.length, 'the broker has exactly the orders we know');
    assert.equal(verifyJournal(join(home, 'gateway', 'journal')).kind, 'intact');
  });

  test('what lies on the disk is for the owner alone, and the log holds no key', () => {
    const folder = join(home, 'gateway');
    for (const name of ['journal', 'vault', 'vault.passphrase', 'log']) {
      assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name);
    }
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.ok(
      !readFileSync(join(folder, 'log'), 'utf8').includes(
        readFileSync(join(folder, 'vault.passphrase'), 'utf8').trim(),
      ),
    );
  });

  test('a second gateway on the same journal is refused with the code that means: mend it yourself', async () => {
    const first = (await start('gateway', boot(hosts))).child;

    assert.equal(await exitCode('gateway', boot(hosts)), 78);

    await end(first, 'SIGTERM');
  });

  test('paper and real never make a vault of their own', async () => {
    assert.equal(await exitCode('gateway', { ...boot(hosts), environment: 'paper', home: join(home, 'paper') }), 78);
    assert.throws(() => statSync(join(home, 'paper', 'gateway', 'vault')));
  });

  test('it ends when its parent is gone', async () => {
    const { child, line } = await start('gateway', boot(hosts));

    line.destroy();

    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  function boot(testbedHosts: Boot['testbed']): Boot {
    return {
      home,
      environment: 'trial',
      runFolder: join(home, 'run'),
      build: 'test',
      token: newToken(),
      tokenHashes: { server: hashToken(token) },
      testbed: testbedHosts,
      options: { callsPerSecond: 20, trialSpeed: 10, quietWindowMs: 2_000 },
    };
  }

  async function brokersCount(): Promise<{ readonly paper: number }> {
    const answer = await fetch(new URL('/counters', hosts?.console));
    return z.object({ orders: z.object({ paper: z.number() }) }).parse(await answer.json()).orders;
  }
});

/** Small buys of many instruments, each asked for with the same id until it is answered. */
async function orders(
  client: LinkClient<GatewayApi>,
  answered: Map<string, string>,
  goesOn: () => boolean,
): Promise<void> {
  const symbols = ['035720', '015760', '293490', '069500', '229200', '055550', '105560', '000270'];
  for (let index = 0; goesOn(); index += 1) {
    const symbol = symbols[index % symbols.length] ?? '035720';
    const quote = await untilAnswered(() => client.call('quote', { symbol }));
    const requestId = `order ${index}`;
    const order = { strategy: null, symbol, side: 'buy', type: 'limit', quantity: 1, reason: 'test' } as const;
    const { orderId } = await untilAnswered(() => client.call('submit', { ...order, requestId, price: quote.price }));
    answered.set(requestId, orderId);
  }
}

async function untilAnswered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SnowballError) || error.nextStep !== 'retry-later') throw error;
      // The gateway is dead or just back: nothing tells when it will answer, so it is asked again a little later.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function orderChanges(client: LinkClient<GatewayApi>, count: number): Promise<void> {
  await untilAnswered(() => client.call('subscribe', { topics: ['order'] }));
  await new Promise<void>((resolve) => {
    let seen = 0;
    const stop = client.on('order', () => {
      seen += 1;
      if (seen < count) return;
      stop();
      resolve();
    });
  });
}

interface Started {
  readonly child: ChildProcess;
  readonly line: Duplex;
  readonly ready: unknown;
}

function launch(name: string, boot: Boot): { readonly child: ChildProcess; readonly line: Duplex } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(sources, name, 'main.ts')], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  child.stderr?.resume();
  const line = child.stdio[3] as Duplex;
  // A killed child resets the line; its exit says so.
  line.on('error', () => undefined);
  line.write(`${JSON.stringify(boot)}\n`);
  return { child, line };
}

async function start(name: string, boot: Boot): Promise<Started> {
  const { child, line } = launch(name, boot);
  const [text] = await once(line, 'data');
  line.resume();
  return { child, line, ready: JSON.parse(String(text)) };
}

async function exitCode(name: string, boot: Boot): Promise<unknown> {
  const [code] = await once(launch(name, boot).child, 'exit');
  return code;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
