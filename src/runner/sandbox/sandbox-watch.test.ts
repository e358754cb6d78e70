import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processUsage } from './process-usage.ts';
import { sandboxLimits, SandboxWatch } from './sandbox-watch.ts';

function aWatch() {
  const reasons: string[] = [];
  let usage = { residentBytes: 0, processorMs: 0 };
  const watch = new SandboxWatch(
    () => usage,
    sandboxLimits,
    (reason) => void reasons.push(reason),
  );
  // Looks are made by hand here.
  watch.stop();
  const start = performance.now();
  const look = (afterMs: number, next: typeof usage): void => {
    usage = next;
    watch.look(start + afterMs);
  };
  return { watch, reasons, look };
}

test('T12 SandboxWatch ends a child that keeps a processor busy for five seconds, and not one that rests in between', () => {
  const { reasons, look } = aWatch();
  for (let at = 500; at <= 4_500; at += 500) look(at, { residentBytes: 1, processorMs: at });
  look(5_000, { residentBytes: 1, processorMs: 4_600 });
  for (let at = 5_500; at <= 9_500; at += 500) look(at, { residentBytes: 1, processorMs: at - 400 });
  assert.deepEqual(reasons, []);

  look(10_100, { residentBytes: 1, processorMs: 9_700 });

  assert.deepEqual(reasons, ['전략이 5초 동안 쉬지 않고 계산했어요.']);
});

test('T12 SandboxWatch ends a child above its memory, not at it', () => {
  const { reasons, look } = aWatch();
  look(500, { residentBytes: sandboxLimits.residentBytesMax, processorMs: 0 });
  assert.deepEqual(reasons, []);

  look(1_000, { residentBytes: sandboxLimits.residentBytesMax + 1, processorMs: 0 });

  assert.deepEqual(reasons, ['전략이 메모리를 너무 많이 썼어요. (384 MiB)']);
});

test('processUsage() sees at least this process, and nothing of one that is not there', () => {
  const own = processUsage(process.pid);

  assert.ok(process.platform !== 'linux' || (own !== null && own.residentBytes > 10_000_000 && own.processorMs > 0));
  assert.equal(processUsage(2 ** 22 + 1), null);
});
