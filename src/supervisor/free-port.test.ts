import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { freePort, isPortFree } from './free-port.ts';

test('freePort() gives ports that can be listened on, and none that a connection going out would be given', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));

  for (const port of ports) {
    assert.ok(port >= 20_000 && port < 32_000, String(port));
    assert.ok(await isPortFree(port), String(port));
  }
  assert.equal(new Set(ports).size, ports.length, 'each of them once');
});

test('isPortFree() says no of a port that somebody listens on', async (context) => {
  const server = createServer().listen(0, '127.0.0.1');
  context.after(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);

  assert.equal(await isPortFree(address.port), false);
});
