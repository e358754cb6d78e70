import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { compileCache } from '../../../tests/support/compile-cache.ts';
import { startTestbedChild, type TestbedChild } from '#testbed/testbed-child.ts';

const main = new URL('../main.ts', import.meta.url).pathname;
const run = promisify(execFile);

let home: string;
let child: TestbedChild;

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'snowball-cli-'));
  await mkdir(join(home, 'trial'));
  child = await startTestbedChild(join(home, 'trial'), { trialDate: '2026-11-20' });
});
after(async () => {
  child.process.kill('SIGTERM');
  await child.ended;
  await rm(home, { recursive: true, force: true });
});

async function snowball(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const env = {
    SNOWBALL_HOME: home,
    SNOWBALL_LANGUAGE: 'en',
    NODE_COMPILE_CACHE: compileCache,
  };
  const flags = ['--disable-warning=ExperimentalWarning'];
  return run(process.execPath, [...flags, main, 'testbed', ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, error: stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      out: failed.stdout,
      error: failed.stderr,
    }),
  );
}

test('snowball testbed fault switches faults of the running trial on and off, found by a file for the owner alone', async () => {
  const [known, added] = await Promise.all([
    snowball('fault', 'known', '--json'),
    snowball('fault', 'add', 'accept-then-hang', '--tr', 'VTTC0012U', '--count', '3', '--probability', '0.5'),
  ]);
  const listed = JSON.parse((await snowball('fault', 'list', '--json')).out) as Record<string, unknown>[];
  const cleared = await snowball('fault', 'clear', String(listed[0]?.['id']));

  const { mode } = await stat(join(home, 'trial', 'testbed', 'console-address'));
  assert.equal(mode & 0o777, 0o600);
  assert.ok((JSON.parse(known.out) as unknown[]).length > 60);
  assert.match(added.out, /accept-then-hang\s+VTTC0012U\s+50%\s+0 \/ 3/);
  assert.deepEqual([listed.length, listed[0]?.['fault']], [1, 'accept-then-hang']);
  assert.equal(cleared.out, 'No fault is on.\n');
});

test('snowball testbed clock and price move the running trial, by its file or by --console', async () => {
  const url = (await readFile(join(home, 'trial', 'testbed', 'console-address'), 'utf8')).trim();

  const [paused, price] = await Promise.all([
    snowball('clock', '--pause', '--speed', '100', '--console', url),
    snowball('price', '005930', '71000', '--json'),
  ]);
  const before = (await snowball('clock', '--json')).out;
  const stepped = (await snowball('clock', '--step', '60', '--json')).out;

  const at = (text: string): number => Date.parse((JSON.parse(text) as { now: string }).now);
  assert.match(paused.out, /^2026-11-\d\d \d\d:\d\d:\d\d KST · paused\n$/);
  assert.deepEqual(JSON.parse(price.out), { symbol: '005930', price: 71_000 });
  assert.equal(at(stepped) - at(before), 60_000);
});

test('snowball testbed says in one sentence what the console refuses, and where none is', async () => {
  const [unknown, elsewhere, nobody, chance] = await Promise.all([
    snowball('fault', 'add', 'be-nice'),
    snowball('clock', '--console', 'http://example.com'),
    snowball('clock', '--console', 'http://127.0.0.1:1'),
    snowball('fault', 'add', 'zero-price', '--probability', '2'),
  ]);

  assert.match(unknown.error, /^The console did not take it: .*fault.*\[cli\.console-refused\]\n$/);
  for (const { error } of [elsewhere, nobody])
    assert.match(error, /^Cannot find a fault console: .*\[cli\.console\]\n$/);
  assert.match(chance.error, /\[cli\.option\]\n$/);
  assert.deepEqual(
    [unknown, elsewhere, nobody, chance].map(({ code }) => code),
    [1, 1, 1, 1],
  );
});
