import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';
import { ResumeSteps } from './resume-steps.ts';

const since = '2026-11-20T01:00:00Z';
const incident = (at: string) => ({ code: 'cancel-failed', detail: 'a detail', at });
const halted: DeskState = {
  ...emptyDesk,
  halted: { since, by: 'cli', reason: 'a reason' },
  incidents: [incident('2026-11-20T00:59:59Z'), incident('2026-11-20T01:00:01Z')],
};

function stepsAt(
  clock: { ms: number },
  facts: { haltFile?: string; otherBuilds?: readonly string[] } = {},
): ResumeSteps {
  const { haltFile = null, otherBuilds = [] } = facts;
  return new ResumeSteps({ elapsedMs: () => clock.ms, haltFile: () => haltFile, otherBuilds: () => otherBuilds });
}

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof SnowballError);
    return error.code;
  }
  return 'allowed';
}

test('INV-13 a code is good for sixty seconds, and once', () => {
  const clock = { ms: 0 };
  const steps = stepsAt(clock);
  const { code, validMs } = steps.prepare(halted);

  clock.ms = 60_000;
  const inTime = codeOf(() => steps.confirm(code, halted));
  clock.ms = 60_001;
  const late = codeOf(() => steps.confirm(code, halted));
  clock.ms = 0;
  steps.used();
  const again = codeOf(() => steps.confirm(code, halted));

  assert.match(code, /^\d{6}$/);
  assert.equal(validMs, 60_000);
  assert.deepEqual([inTime, late, again], ['allowed', 'gateway.resume-code', 'gateway.resume-code']);
});

test('INV-13 nobody resumes without the first step, or by guessing three times', () => {
  const steps = stepsAt({ ms: 0 });
  const without = codeOf(() => steps.confirm('000000', halted));
  const { code } = steps.prepare(halted);
  const wrong = code === '000000' ? '000001' : '000000';
  const guesses = [1, 2, 3].map(() => codeOf(() => steps.confirm(wrong, halted)));

  assert.deepEqual(
    [without, ...guesses],
    Array.from({ length: 4 }, () => 'gateway.resume-code'),
  );
  assert.equal(
    codeOf(() => steps.confirm(code, halted)),
    'gateway.resume-code',
  );
});

test('INV-32 the first step shows what was told since the halt, and news makes its code worthless', () => {
  const steps = stepsAt({ ms: 0 });
  const { code, incidents } = steps.prepare(halted);
  const news = { ...halted, incidents: [...halted.incidents, incident('2026-11-20T01:00:02Z')] };
  const other = { ...halted, halted: { since, by: 'watchdog', reason: 'another' } };

  assert.deepEqual(incidents, [incident('2026-11-20T01:00:01Z')]);
  assert.equal(
    codeOf(() => steps.confirm(code, news)),
    'gateway.resume-code',
  );
  assert.equal(
    codeOf(() => steps.confirm(steps.prepare(halted).code, other)),
    'gateway.resume-code',
  );
  assert.equal(
    codeOf(() => steps.confirm(steps.prepare(news).code, news)),
    'allowed',
  );
});

test('T30 nobody resumes beside the file HALT, among other builds, or where nothing is halted', () => {
  const clock = { ms: 0 };

  assert.deepEqual(
    [
      codeOf(() => stepsAt(clock, { haltFile: 'stop' }).prepare(halted)),
      codeOf(() => stepsAt(clock, { otherBuilds: ['runner'] }).prepare(halted)),
      codeOf(() => stepsAt(clock).prepare(emptyDesk)),
    ],
    ['gateway.halt-file', 'gateway.other-build', 'gateway.not-halted'],
  );
});
