import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, test } from 'node:test';
import { runnerSocket } from '#link/boot.ts';
import { connect } from '#link/client.ts';
import { homeLayout } from '#link/home-layout.ts';
import { runnerApi } from '#link/runner-api.ts';
import { compileCache } from '../../tests/support/compile-cache.ts';
import { GatewayStandIn, startMs } from '../../tests/support/gateway-stand-in.ts';

const entry = join(import.meta.dirname, 'main.ts');
const minuteMs = 60_000;
let gateway: GatewayStandIn;
const children: ChildProcess[] = [];

beforeEach(async () => {
  gateway = new GatewayStandIn();
  await gateway.open();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await gateway.close();
  gateway.remove();
});

/** A runner's process that has read all it wants to know. */
async function start(config: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: { SNOWBALL_LANGUAGE: 'en', NODE_COMPILE_CACHE: compileCache },
  });
  children.push(child);
  const parent = child.stdio[3] as Duplex;
  // A process killed by the test breaks the pipe.
  parent.on('error', () => undefined);
  parent.write(`${JSON.stringify(gateway.boot({ config }))}\n`);
  await once(parent, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

test('INV-02 a stop outlives SIGKILL of the runner between its arming and its price, and is sent once', async () => {
  const config = install(gateway.home);
  const first = await start(config);
  await gateway.subscribed();
  gateway.tick('091160', 20_000, startMs + 1_000);
  gateway.tick('091160', 20_000, startMs + minuteMs + 1_000);
  await gateway.until(() => gateway.orders.some((order) => order.state === 'filled'));
  await until(() => existsSync(waitingFile()) && readFileSync(waitingFile(), 'utf8').includes('-x0s'));
  await kill(first);

  // The market goes through the stop while nobody looks, and stays there.
  await start(config);
  await gateway.subscribed();
  gateway.tick('091160', 18_500, startMs + 5 * minuteMs);
  await gateway.until(() => gateway.orders.length === 2);
  gateway.tick('091160', 18_000, startMs + 6 * minuteMs);
  await until(() => !readFileSync(waitingFile(), 'utf8').includes('091160'));

  const [bought, sold] = gateway.orders;
  assert.deepEqual([bought?.side, bought?.quantity, sold?.side, sold?.quantity], ['buy', 3, 'sell', 3]);
  assert.equal(sold?.requestId, `${bought?.requestId}-x0s`);
  assert.equal(gateway.submitted.length, 2);
  const log = readFileSync(join(decisions(), 'buyer-20261117.log'), 'utf8');
  assert.match(log, /waiting:missed 꺼져 있는 동안/);
});

test('a strategy whose file of waiting orders is damaged does not start, says so, and leaves the file as it is', async () => {
  const config = install(gateway.home);
  mkdirSync(decisions(), { recursive: true });
  writeFileSync(waitingFile(), 'snowball-waiting-orders 1 and then nothing');
  await start(config);

  const socketPath = join(gateway.home, runnerSocket);
  const server = await connect({ socketPath, api: runnerApi, role: 'server', token: gateway.tokens.server });
  const [view] = await server.call('strategies', {});
  await server.close();

  assert.equal(view?.state, 'failed');
  assert.match(
    view?.reason ?? '',
    /^Cannot take up the waiting orders of "buyer\.waiting-orders": it is damaged, wanted/,
  );
  assert.equal(readFileSync(waitingFile(), 'utf8'), 'snowball-waiting-orders 1 and then nothing');
});

const decisions = (): string => join(homeLayout(gateway.home).runner, 'decisions');
const waitingFile = (): string => join(decisions(), 'buyer.waiting-orders');

/** Resolves as soon as `isTrue` after something was written. */
async function until(isTrue: () => boolean): Promise<void> {
  const changes = watch(decisions());
  while (!isTrue()) await once(changes, 'change');
  changes.close();
}

/** Buys once, at the first bar, with a stop of five percent that it never places again. */
const buyer = `import { quantity } from '#domain/quantity.ts';
import { won } from '#domain/won.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({
  name: 'buyer', instruments: ['091160'], interval: '1m', warmUpBars: 0,
  onBar(context, { instrument, close }) {
    if (context.position(instrument) !== null || context.hasOpenOrder(instrument) || close < 20_000) return;
    const price = context.limitPrice(instrument, 'buy', close, 100);
    const exits = { stopPrice: won(19_000) };
    context.submit({ instrument, side: 'buy', quantity: quantity(3), price, reason: 'test', exits });
  },
});
`;

function install(home: string): string {
  mkdirSync(join(home, 'config'), { recursive: true });
  writeFileSync(join(home, 'buyer.ts'), buyer);
  const file = join(home, 'config', 'snowball.yaml');
  const strategy = `{ name: buyer, kind: code, file: buyer.ts, interval: 1m, symbols: ['091160'] }`;
  writeFileSync(file, `strategies:\n  - ${strategy}\n`);
  return file;
}
