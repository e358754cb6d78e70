import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeadMan, type DeadManOptions } from './dead-man.ts';

interface Tried {
  readonly deadMan: DeadMan;
  readonly halts: readonly string[];
  /** Looks every quarter of a second, as the process does. */
  readonly pass: (milliseconds: number) => void;
  /** Everything stands still, and nobody looks. */
  readonly jump: (milliseconds: number) => void;
}

function tried(change: Partial<DeadManOptions> = {}): Tried {
  let nowMs = 0;
  const halts: string[] = [];
  const deadMan = new DeadMan({
    watchdog: true,
    supervisor: true,
    build: 'ours',
    elapsedMs: () => nowMs,
    halt: (by, reason) => halts.push(`${by}: ${reason}`),
    ...change,
  });
  deadMan.start();
  deadMan.stop();
  return {
    deadMan,
    halts,
    pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 250) {
        nowMs += 250;
        deadMan.look();
      }
    },
    jump: (milliseconds) => void (nowMs += milliseconds),
  };
}

test('INV-13 DeadMan halts once when the supervisor is silent for more than three seconds', () => {
  const { deadMan, halts, pass } = tried();
  deadMan.beat('supervisor', {});

  pass(3_000);
  const early = [...halts];
  pass(10_000);

  assert.deepEqual(early, []);
  assert.deepEqual(halts, ['dead man: the supervisor gave no sign of life for 3000 ms']);
});

test('DeadMan gives the supervisor ten seconds for its first sign, and asks for none where none is expected', () => {
  const expected = tried();
  const alone = tried({ supervisor: false });

  expected.pass(10_000);
  const early = expected.halts.length;
  expected.pass(250);
  alone.pass(60_000);

  assert.deepEqual([early, expected.halts.length, alone.halts.length], [0, 1, 0]);
});

test('DeadMan takes a standstill of its own for no silence of the supervisor', () => {
  const { deadMan, halts, jump, pass } = tried();
  deadMan.beat('supervisor', {});

  jump(60_000);
  pass(250);

  assert.deepEqual(halts, []);
});

test('INV-15 DeadMan counts the silence of the watchdog, a standstill of its own included', () => {
  const { deadMan, jump } = tried();
  const before = deadMan.watchdogSilentMs();
  deadMan.beat('watchdog', {});
  jump(7_000);

  assert.deepEqual([before, deadMan.watchdogSilentMs()], [null, 7_000]);
  assert.equal(tried({ watchdog: false }).deadMan.watchdogSilentMs(), undefined);
});

test('T30 DeadMan halts for a process of another build, once for each, and forgets it when it is replaced', () => {
  const { deadMan, halts } = tried();

  deadMan.beat('watchdog', { watchdog: 'ours', runner: 'theirs' });
  deadMan.beat('supervisor', { runner: 'theirs', server: 'ours' });
  const others = [...deadMan.otherBuilds];
  deadMan.beat('watchdog', { runner: 'ours' });

  assert.deepEqual(halts, ['rule N10: runner runs build theirs, the gateway ours']);
  assert.deepEqual([others, deadMan.otherBuilds], [['runner'], []]);
});
