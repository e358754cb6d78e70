import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateNumber, seoulDate } from '#domain/trading-date.ts';
import { sessionAt } from '#markets/sessions.ts';
import { ClockWatch } from './clock-watch.ts';
import { SystemClock } from './system-clock.ts';

/** Monday, an hour after the opening, in Seoul. */
const openMs = Temporal.Instant.from('2026-03-02T01:00:00.400Z').epochMilliseconds;

test('T25 a step of 5 s either way halts new risk, and the broker´s next answer says how far it is', () => {
  for (const stepMs of [5_000, -5_000]) {
    const machine = aMachine();
    machine.hear();
    assert.equal(machine.clock.isTrusted, true);

    machine.wallErrorMs += stepMs;

    assert.equal(machine.clock.isTrusted, false, `${stepMs} ms`);
    machine.hear();
    assert.ok(Math.abs(machine.clock.errorMs - stepMs) <= 1_000, `${machine.clock.errorMs} for ${stepMs}`);
    machine.wallErrorMs = 0;
    machine.hear();
    assert.equal(machine.clock.isTrusted, true, 'set right again');
  }
});

test('T25 over 1 s warns once and still trades; over 2 s does not', () => {
  const cases = [
    [900, false, true],
    [1_500, true, true],
    [-1_500, true, true],
    [2_300, true, false],
    [-2_300, true, false],
  ] as const;
  for (const [errorMs, warns, trades] of cases) {
    const machine = aMachine();
    machine.hear();
    machine.wallErrorMs = errorMs;
    machine.hearOften();
    machine.watch.look();
    machine.watch.look();

    assert.equal(machine.told.length, warns ? 1 : 0, `${errorMs} ms: ${machine.told.join()}`);
    assert.equal(machine.clock.isTrusted, trades, `${errorMs} ms`);
  }
});

test('T25 a clock that was wrong before the start is found by the first answer', () => {
  const machine = aMachine(9 * 3_600_000);

  assert.equal(machine.clock.isTrusted, true, 'nobody has said anything yet, and no order goes out without an answer');
  machine.hear();

  assert.equal(machine.clock.isTrusted, false);
  assert.ok(machine.clock.errorMs > 8 * 3_600_000);
});

test('T25 drift of 200 ppm is seen before it reaches two seconds', () => {
  const machine = aMachine();
  let warnedAt = Infinity;
  for (let minute = 0; minute < 170; minute += 1) {
    machine.pass(60_000);
    // Slewed, so that the elapsed time drifts with it and the broker alone shows it.
    machine.slewMs += 12;
    machine.hear();
    machine.watch.look();
    if (machine.told.length > 0) warnedAt = Math.min(warnedAt, machine.slewMs);
    if (!machine.clock.isTrusted) break;
  }

  assert.ok(warnedAt > 1_000 && warnedAt < 2_000, `warned at ${warnedAt} ms`);
});

test('T25 after eight hours of sleep no new risk is taken until the broker has answered, and the day is the right one', () => {
  const machine = aMachine();
  machine.hear();
  machine.sleep(8 * 3_600_000);

  assert.equal(machine.clock.isTrusted, false);
  machine.hear();
  assert.equal(machine.clock.isTrusted, true);
  assert.equal(sessionAt(machine.clock.now()).kind, 'closed');
});

test('T25 a leap second, repeated or smeared, warns at most and moves no day', () => {
  const machine = aMachine();
  machine.hear();
  machine.wallErrorMs += 1_000;

  assert.equal(machine.clock.isTrusted, true);
  machine.hear();
  assert.equal(dateNumber(seoulDate(machine.clock.now())), 20260302);
});

test('T25 the zone of the host, its summer time included, moves neither day nor session', () => {
  const before = process.env['TZ'];
  const seen = ['Asia/Seoul', 'America/New_York', 'Pacific/Kiritimati', 'Europe/London'].map((zone) => {
    process.env['TZ'] = zone;
    const { clock } = aMachine();
    return `${dateNumber(seoulDate(clock.now()))} ${sessionAt(clock.now()).kind}`;
  });
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;

  assert.deepEqual(new Set(seen).size, 1, seen.join());
});

test('T25 prints from the future show a clock that is behind; late ones prove nothing', () => {
  const machine = aMachine();
  machine.hear();
  machine.clock.observe(machine.trueTime(-30_000));
  assert.equal(machine.clock.isTrusted, true);

  machine.clock.observe(machine.trueTime(4_000));
  assert.equal(machine.clock.isTrusted, false);
});

test('a text that is no date says nothing', () => {
  const machine = aMachine();
  machine.clock.observeServer('yesterday', 0);

  assert.equal(machine.clock.errorMs, 0);
});

/** True time, time that passed on this machine, and a wall clock that may be wrong. */
function aMachine(errorAtStartMs = 0) {
  let trueMs = openMs;
  let elapsed = 1_000;
  const machine = {
    wallErrorMs: errorAtStartMs,
    slewMs: 0,
    told: [] as string[],
    pass: (ms: number) => {
      trueMs += ms;
      elapsed += ms;
    },
    sleep: (ms: number) => {
      trueMs += ms;
    },
    trueTime: (aheadMs: number) => Temporal.Instant.fromEpochMilliseconds(trueMs + aheadMs),
    /** An answer of the broker, 40 ms on the way. */
    hear: () => {
      const sentElapsedMs = clock.elapsedMs();
      machine.pass(20);
      const date = new Date(Math.floor(trueMs / 1_000) * 1_000).toUTCString();
      machine.pass(20);
      clock.observeServer(date, sentElapsedMs);
    },
    hearOften: () => {
      for (let count = 0; count < 20; count += 1) {
        machine.pass(730);
        machine.hear();
      }
    },
  };
  const clock = new SystemClock({
    wallMs: () => trueMs + machine.wallErrorMs + machine.slewMs,
    elapsedMs: () => elapsed + machine.slewMs,
  });
  const watch = new ClockWatch(clock, (detail) => machine.told.push(detail));
  return Object.assign(machine, { clock, watch });
}
