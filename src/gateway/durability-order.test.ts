import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** A thousand take longer than the suite can wait: `DURABLE_ORDERS=1000`; `WITNESS=hook` watches as where there is no strace. */
const orders = Number(process.env['DURABLE_ORDERS'] ?? 60);
const program = fileURLToPath(new URL('fixtures/durable-orders.ts', import.meta.url));
const traced = ['-f', '-qq', '-s', '65536', '-e', 'trace=fdatasync,pwrite64,write,writev,sendto'];
const hasStrace = process.env['WITNESS'] !== 'hook' && spawnSync('strace', [...traced, 'true']).status === 0;

describe('T03 INV-01', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'durability-'))));
  after(() => rmSync(folder, { recursive: true }));

  const witness = hasStrace ? 'the kernel' : 'a hook in the process';
  test(`${witness} sees SENDING written and fdatasync returned before each of ${orders} orders' first byte`, async () => {
    const log = join(folder, 'witness');
    const seen = await watched(log);

    const left = [...seen.matchAll(/ORDER (o-\d+-)/g)].map(([, orderId]) => orderId);
    assert.equal(new Set(left).size, orders);
    assert.deepEqual(tooEarly(seen.split('\n')), []);
  });

  test('the check itself finds an order that left before its sync, or without a record', () => {
    const write = '10 pwrite64(20, "3\\torder.sending\\t..o-1-..", 99, 0) = 99';
    const [sync, order] = ['10 fdatasync(20) = 0', '9 write(18, "ORDER o-1-\\n", 11) = 11'];

    assert.deepEqual(tooEarly([write, sync, order]), []);
    assert.deepEqual(tooEarly([write, order, sync]), ['o-1-']);
    assert.deepEqual(tooEarly([sync, order]), ['o-1-']);
    assert.deepEqual(tooEarly([sync, write, order]), ['o-1-']);
    const [begun, ended] = ['10 fdatasync(20 <unfinished ...>', '10 <... fdatasync resumed>) = 0'];
    assert.deepEqual(tooEarly([write, begun, ended, order]), []);
    assert.deepEqual(tooEarly([write, begun, order, ended]), ['o-1-']);
    assert.deepEqual(
      tooEarly([begun, write, ended, order]),
      ['o-1-'],
      'a sync that began before the write proves nothing',
    );
  });

  async function watched(log: string): Promise<string> {
    const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const work = [program, join(folder, 'journal'), String(address.port), String(orders)];
    const child = hasStrace
      ? spawn('strace', [...traced, '-o', log, process.execPath, ...work], { stdio: 'inherit' })
      : spawn(process.execPath, ['--import', hook(log), ...work], { stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    server.close();
    assert.equal(code, 0);
    return readFileSync(log, 'utf8');
  }

  /** Writes the same lines as strace does, from inside: for machines without it. */
  function hook(log: string): string {
    const file = join(folder, 'hook.mjs');
    writeFileSync(
      file,
      `import fs from 'node:fs';
       import { syncBuiltinESMExports } from 'node:module';
       import { Socket } from 'node:net';
       const { appendFileSync, writeSync, fdatasyncSync } = fs;
       const say = (line) => appendFileSync(${JSON.stringify(log)}, line + '\\n');
       // The thread of the journal is started with this hook as well.
       fs.writeSync = (descriptor, bytes, ...rest) => {
         const done = writeSync(descriptor, bytes, ...rest);
         say('1 pwrite64(' + descriptor + ', ' + JSON.stringify(Buffer.from(bytes).toString('latin1')) + ') = 1');
         return done;
       };
       fs.fdatasyncSync = (descriptor) => {
         say('1 fdatasync(' + descriptor + ' <unfinished ...>');
         fdatasyncSync(descriptor);
         say('1 <... fdatasync resumed>) = 0');
       };
       syncBuiltinESMExports();
       const send = Socket.prototype.write;
       Socket.prototype.write = function (text, ...rest) {
         say('1 write(99, ' + JSON.stringify(String(text)) + ') = 1');
         return send.call(this, text, ...rest);
       };`,
    );
    return file;
  }
});

/** Orders whose line went to the socket before a sync that began after their record was written had returned. */
function tooEarly(lines: readonly string[]): readonly string[] {
  const written = new Set<string>();
  /** What each thread's running sync covers. */
  const syncing = new Map<string, ReadonlySet<string>>();
  const durable = new Set<string>();
  const early: string[] = [];
  for (const line of lines) {
    const thread = /^\d+/.exec(line)?.[0] ?? '';
    if (/fdatasync\(\d+/.test(line)) syncing.set(thread, new Set(written));
    if (/fdatasync.*= 0$/.test(line)) for (const orderId of syncing.get(thread) ?? []) durable.add(orderId);
    if (/(pwrite64|write)\(.*order\.sending/.test(line)) {
      for (const [orderId] of line.matchAll(/o-\d+-/g)) written.add(orderId);
    }
    for (const [, orderId = ''] of line.matchAll(/ORDER (o-\d+-)/g)) if (!durable.has(orderId)) early.push(orderId);
  }
  return early;
}
