import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { seoulDate } from '#domain/trading-date.ts';

import { clockFile, type ClockFile } from './clock-file.ts';
import { regularHours, trialStart, VirtualClock } from './virtual-clock.ts';

const friday = Temporal.PlainDate.from('2026-11-20');

function aClock(options: { speed?: number; file?: ClockFile | null; date?: string } = {}) {
  let real = 1000;
  const clock = new VirtualClock({
    start: trialStart(options.date === undefined ? friday : Temporal.PlainDate.from(options.date)),
    hoursOf: regularHours,
    speed: options.speed ?? 10,
    file: options.file ?? null,
    elapsedMs: () => real,
  });
  return { clock, pass: (milliseconds: number) => (real += milliseconds) };
}

const seoulText = (instant: Temporal.Instant): string =>
  instant.toZonedDateTimeISO('Asia/Seoul').toPlainDateTime().toString();

describe('VirtualClock', () => {
  it('starts ninety minutes into the first trading day at or after the date', () => {
    assert.equal(seoulText(aClock().clock.now()), '2026-11-20T10:30:00');
    assert.equal(seoulText(aClock({ date: '2026-11-21' }).clock.now()), '2026-11-23T10:30:00');
    // The first session of a year opens at ten, an exam day an hour later than others.
    assert.equal(seoulText(aClock({ date: '2026-01-01' }).clock.now()), '2026-01-02T11:30:00');
    assert.equal(seoulText(aClock({ date: '2026-11-19' }).clock.now()), '2026-11-19T11:30:00');
  });

  it('runs at its speed, and a change of speed or a pause moves nothing', () => {
    const { clock, pass } = aClock();

    pass(60_000);
    assert.equal(seoulText(clock.now()), '2026-11-20T10:40:00');
    clock.setSpeed(1);
    pass(60_000);
    assert.equal(seoulText(clock.now()), '2026-11-20T10:41:00');
    clock.setPaused(true);
    pass(600_000);
    assert.equal(seoulText(clock.now()), '2026-11-20T10:41:00');
    clock.setPaused(false);
    pass(1000);
    assert.equal(seoulText(clock.now()), '2026-11-20T10:41:01');
    assert.throws(() => clock.setSpeed(1001), /1 to 1000/);
  });

  it('steps ahead while it is paused, over a close and a weekend, and never back', () => {
    const { clock, pass } = aClock();
    clock.setPaused(true);

    clock.step(60_000);
    const minute = seoulText(clock.now());
    clock.step(5 * 3_600_000);
    pass(1000);

    assert.equal(minute, '2026-11-20T10:31:00');
    assert.equal(seoulText(clock.now()), '2026-11-23T09:01:00');
    assert.throws(() => clock.step(-1), RangeError);
    assert.throws(() => clock.step(0.5), RangeError);
  });

  it('goes from the closing print to the next trading day’s opening, over weekends and over several days at once', () => {
    const { clock, pass } = aClock();

    pass(5 * 360_000);
    assert.equal(seoulText(clock.now()), '2026-11-23T09:00:00');
    pass(2 * 39 * 60_000 + 6000);
    assert.equal(seoulText(clock.now()), '2026-11-25T09:01:00');
  });

  it('never goes back over a restart, and at most ten real seconds ahead of where it was', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'snowball-clock-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    const { clock, pass } = aClock({ file: clockFile(home) });
    pass(123_456);
    const seen = clock.now();

    const after = aClock({ file: clockFile(home) }).clock.now();

    assert.ok(Temporal.Instant.compare(after, seen) >= 0);
    assert.ok(after.since(seen).total('seconds') <= 100);
  });

  it('resumes exactly where it was after a clean end', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'snowball-clock-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    const { clock, pass } = aClock({ file: clockFile(home) });
    pass(50_000);
    const seen = clock.now();
    clock.close();

    assert.equal(
      aClock({ file: clockFile(home) })
        .clock.now()
        .toString(),
      seen.toString(),
    );
  });

  it('refuses a file that holds no time, and stays on the day it promised', async (t) => {
    const home = await mkdtemp(join(tmpdir(), 'snowball-clock-'));
    t.after(() => rm(home, { recursive: true, force: true }));
    await writeFile(join(home, 'clock.json'), '{"reached":7}');

    assert.throws(() => aClock({ file: clockFile(home) }), { code: 'testbed.clock-unreadable' });
    clockFile(home).save(trialStart(Temporal.PlainDate.from('2026-12-30')));
    assert.equal(seoulDate(aClock({ file: clockFile(home) }).clock.now()).toString(), '2026-12-30');
  });
});
