import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Boot } from './boot.ts';

const program = `
  const { readBoot, writeReady, onParentGone } = await import(${JSON.stringify(fileURLToPath(new URL('./boot-line.ts', import.meta.url)))});
  try {
    const boot = await readBoot();
    onParentGone(() => process.exit(7));
    writeReady({ home: boot.home });
  } catch (error) {
    process.stderr.write(error.code);
    process.exit(3);
  }
`;

const boot: Boot = {
  home: '/tmp/somewhere',
  environment: 'trial',
  runFolder: '/tmp/run',
  build: 'test',
  token: 'f'.repeat(64),
  tokenHashes: { cli: 'a'.repeat(64) },
  testbed: null,
  options: {},
};

test('readBoot() reads the line, writeReady() answers and onParentGone() fires when the descriptor ends', async () => {
  const { child, channel } = start();
  channel.write(`${JSON.stringify(boot)}\n`);
  const [answer] = await once(channel, 'data');
  assert.deepEqual(JSON.parse(String(answer)), { ready: { home: '/tmp/somewhere' } });

  channel.destroy();

  assert.deepEqual(await once(child, 'exit'), [7, null]);
});

test('readBoot() refuses a line with an unknown field', async () => {
  const { child, channel } = start();
  channel.write(`${JSON.stringify({ ...boot, more: 1 })}\n`);

  const [said] = await once(child.stderr ?? channel, 'data');

  assert.equal(String(said), 'link.boot');
  assert.deepEqual(await once(child, 'exit'), [3, null]);
});

function start(): { readonly child: ChildProcess; readonly channel: Duplex } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  return { child, channel: child.stdio[3] as Duplex };
}
