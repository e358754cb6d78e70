import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Posture } from './posture.ts';
import { PostureWatch, weaknesses } from './posture-watch.ts';
import { refuseUnsafeFlags } from './unsafe-flags.ts';

const isLinux = process.platform === 'linux';
const shut: Posture = { isInspectorOpen: false, coreBytesMax: 0, isDumpable: false };
const posture = JSON.stringify(fileURLToPath(new URL('posture.ts', import.meta.url)));

test('N14 weaknesses() names an open inspector, a core file and a memory that others may open', () => {
  assert.deepEqual(weaknesses(shut, true), []);
  assert.match(weaknesses({ ...shut, isInspectorOpen: true }, true).join(), /inspector/);
  assert.match(weaknesses({ ...shut, coreBytesMax: Infinity }, true).join(), /core/);
  assert.match(weaknesses({ ...shut, isDumpable: true }, true).join(), /memory/);
  assert.match(
    weaknesses({ ...shut, isDumpable: null }, true).join(),
    /memory/,
    'promised and not to be seen means no',
  );
  assert.deepEqual(weaknesses({ isInspectorOpen: false, coreBytesMax: null, isDumpable: null }, false), []);
});

test('N14 PostureWatch halts at once, once for each finding, and again when it comes back', (context) => {
  const halts: string[] = [];
  let now: Posture = { ...shut, coreBytesMax: 1 };
  const halt = (by: string, reason: string): void => void halts.push(`${by}: ${reason}`);
  const watch = new PostureWatch({ isSealed: true, halt, read: () => now });
  context.after(() => watch.stop());

  assert.deepEqual(halts, ['rule N14: a crash of the gateway would leave a core file']);
  watch.look();
  assert.equal(halts.length, 1);
  now = { ...shut, isInspectorOpen: true };
  watch.look();
  watch.look();
  now = shut;
  watch.look();
  now = { ...shut, isInspectorOpen: true };
  watch.look();
  assert.deepEqual(halts.slice(1), Array(2).fill('rule N14: the inspector of the gateway is open'));
});

/** What a process of its own says of itself, started by `shell` with Node as its "$@". */
function postureOf(shell: string, before = ''): Posture {
  const source = `${before}; const { readPosture } = await import(${posture}); console.log(JSON.stringify(readPosture(), (_, value) => value === Infinity ? 'all' : value)); process.exit();`;
  const args = ['-c', shell, process.execPath, '--input-type=module', '-e', source];
  const { stdout, stderr } = spawnSync('/bin/sh', args, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout.split('\n').at(-2) ?? '');
}

test(
  'N14 readPosture() sees the inspector and the core limit of a real process',
  { skip: !isLinux && 'Linux alone' },
  () => {
    const inspected = "(await import('node:inspector')).open(0, '127.0.0.1')";

    assert.deepEqual(postureOf('ulimit -c 0; exec "$0" "$@"'), { ...postureOf('exec "$0" "$@"'), coreBytesMax: 0 });
    assert.equal(postureOf('ulimit -c 0; exec "$0" "$@"', inspected).isInspectorOpen, true);
    // Only where the shell that runs the tests may have cores at all.
    const core = postureOf('ulimit -S -c "$(ulimit -H -c)"; exec "$0" "$@"').coreBytesMax;
    const hard = spawnSync('/bin/sh', ['-c', 'ulimit -H -c'], { encoding: 'utf8' }).stdout.trim();
    assert.equal(core === 0, hard === '0');
  },
);

test('N14 refuseUnsafeFlags() refuses every flag that shows memory, and lets those of the supervisor pass', () => {
  const refused = [
    '--inspect',
    '--inspect-brk=0',
    '--heapsnapshot-signal=SIGUSR2',
    '--heapsnapshot_near_heap_limit=1',
    '--heap-prof',
    '--cpu-prof',
    '--report-on-signal',
    '--report-uncaught-exception',
    '--abort-on-uncaught-exception',
    '--max-old-space-size=64 --inspect',
  ];
  for (const flag of refused) {
    assert.throws(() => refuseUnsafeFlags(['--disable-sigusr1', flag]), { code: 'gateway.unsafe-flags' }, flag);
  }
  refuseUnsafeFlags(['--disable-warning=ExperimentalWarning', '--disable-sigusr1', '--import', '/a/inspect.mjs', '']);
});
