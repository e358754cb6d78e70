import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const isRoot = process.getuid?.() === 0;
/** Root becomes a user that owns nothing; anybody else is good enough as he is. */
const uid = isRoot ? 64_995 : (process.getuid?.() ?? 0);
const setpriv = [
  '/usr/bin/setpriv',
  `--reuid=${uid}`,
  `--regid=${uid}`,
  '--clear-groups',
  '--bounding-set=-all',
  '--inh-caps=-all',
];
const asUser = isRoot ? setpriv : ['/usr/bin/env'];
const module = fileURLToPath(new URL('sealed-node.ts', import.meta.url));
const works = process.platform === 'linux' && run(['/bin/true']).status === 0;
const skip = works ? false : 'Linux, with the right to become another user when it runs as root';
// A kernel with Yama keeps siblings apart by itself; nothing would be seen of ours.
const control =
  'try { require("node:fs").openSync("/proc/" + process.argv[1] + "/mem", "r"); process.stdout.write("open"); } catch (error) { process.stdout.write(error.code); }';

test(
  'T28 sealedNode() makes processes whose memory nobody of the same user opens, and a plain Node does not',
  { skip },
  async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'seal-'));
    context.after(() => rmSync(folder, { recursive: true, force: true }));
    if (isRoot) chownSync(folder, uid, uid);
    chmodSync(folder, 0o755);
    const made = sealed(folder);

    assert.equal(made, join(folder, 'node-sealed'));
    assert.equal(statSync(made).mode & 0o777, 0o111);
    const [hidden, plain] = [await sleeper(made), await sleeper(process.execPath)];
    context.after(() => [hidden, plain].forEach((child) => child.kill('SIGKILL')));

    assert.equal(statSync(`/proc/${hidden.pid}/environ`).uid, 0);
    assert.equal(statSync(`/proc/${plain.pid}/environ`).uid, uid);
    for (const file of ['environ', 'maps', 'auxv']) {
      assert.notEqual(run(['/bin/cat', `/proc/${hidden.pid}/${file}`]).status, 0, file);
      assert.equal(run(['/bin/cat', `/proc/${plain.pid}/${file}`]).status, 0, file);
    }
    assert.notEqual(run(['/bin/ls', `/proc/${hidden.pid}/fd`]).status, 0);
    assert.equal(run([process.execPath, '-e', control, String(hidden.pid)]).stdout, 'EACCES');
    // Nobody would see anything of ours where a kernel with Yama keeps siblings apart by itself.
    if (!hasYama()) assert.equal(run([process.execPath, '-e', control, String(plain.pid)]).stdout, 'open');
  },
);

test('T28 sealedNode() is made once, and anew when Node or the copy is another', { skip }, (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'seal-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  if (isRoot) chownSync(folder, uid, uid);
  const file = sealed(folder);
  const first = statSync(file).ino;

  assert.equal(statSync(sealed(folder)).ino, first);
  utimesSync(file, 1, 1);
  const second = statSync(sealed(folder)).ino;
  assert.ok(statSync(file).mtimeMs > 1_000);
  chmodSync(file, 0o755);
  sealed(folder);
  assert.equal(statSync(file).mode & 0o777, 0o111);
  assert.ok(second > 0);
});

function sealed(folder: string): string {
  const source = `const { sealedNode } = await import(${JSON.stringify(module)}); process.stdout.write(String(sealedNode(${JSON.stringify(folder)})))`;
  return run([process.execPath, '--input-type=module', '-e', source]).stdout;
}

/** Through a shell, as the supervisor starts its children: root that became another is still root to its first exec. */
async function sleeper(node: string): Promise<ChildProcess> {
  const [file = '', ...before] = asUser;
  const source = 'setInterval(() => {}, 1000); process.stdout.write("up")';
  const child = spawn(file, [...before, '/bin/sh', '-c', 'exec "$0" "$@"', node, '-e', source], { env: {} });
  assert.ok(child.stdout);
  await once(child.stdout, 'data');
  return child;
}

function run(command: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const [file = '', ...before] = asUser;
  return spawnSync(file, [...before, ...command], { env: {}, encoding: 'utf8' });
}

function hasYama(): boolean {
  return statSync('/proc/sys/kernel/yama', { throwIfNoEntry: false }) !== undefined;
}
