import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { compileCache } from '../../tests/support/compile-cache.ts';
import { GatewayStandIn, startMs } from '../../tests/support/gateway-stand-in.ts';

const entry = join(import.meta.dirname, 'main.ts');
const minuteMs = 60_000;

describe('the process of the runner', () => {
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

  function start(config: string) {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { SNOWBALL_LANGUAGE: 'en', NODE_COMPILE_CACHE: compileCache },
    });
    children.push(child);
    const parent = child.stdio[3] as Duplex;
    // A process killed by the test breaks the pipe.
    parent.on('error', () => undefined);
    parent.write(`${JSON.stringify(gateway.boot({ config }))}\n`);
    return { child, parent, ready: once(parent, 'data') };
  }

  test('tells the supervisor that it is ready and ends when the supervisor is gone', async () => {
    const { child, parent, ready } = start(install(gateway.home));

    const [line] = await ready;
    assert.deepEqual(JSON.parse(String(line)), { ready: {} });
    parent.destroy();

    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('ends with code 78 and one sentence when only the person can mend it', async () => {
    const { child } = start(join(gateway.home, 'nothing.yaml'));
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));

    assert.deepEqual(await once(child, 'exit'), [78, null]);
    assert.match(said, /^Cannot read ".*nothing\.yaml": no readable file is there.*\[runner\.config\]\n$/);
  });

  test('orders once for each signal although it is killed at random, again and again', async () => {
    const config = install(gateway.home);
    let atMs = startMs;
    for (let round = 1; round <= 3; round += 1) {
      const { child, ready } = start(config);
      await ready;
      await gateway.subscribed();
      const before = gateway.submitted.length;
      atMs += 2 * minuteMs;
      gateway.tick('091160', 20_000, atMs);
      gateway.tick('091160', 20_000, atMs + minuteMs);
      await gateway.until(() => gateway.submitted.length > before);
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }

    assert.equal(gateway.submitted.length, 3);
    assert.equal(new Set(gateway.submitted).size, 3);
    assert.equal(gateway.orders.length, 3);
  });
});

const buyer = `import { quantity } from '#domain/quantity.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
export const strategy = defineStrategy({
  name: 'buyer', instruments: ['091160'], interval: '1m', warmUpBars: 0,
  onBar(context, { instrument, close }) {
    const price = context.limitPrice(instrument, 'buy', close, 100);
    context.submit({ instrument, side: 'buy', quantity: quantity(1), price, reason: 'test' });
  },
});
`;

function install(home: string): string {
  mkdirSync(join(home, 'config'), { recursive: true });
  writeFileSync(join(home, 'buyer.ts'), buyer);
  const file = join(home, 'config', 'snowball.yaml');
  writeFileSync(
    file,
    `strategies:\n  - { name: buyer, kind: code, file: buyer.ts, interval: 1m, symbols: ['091160'] }\n`,
  );
  return file;
}
