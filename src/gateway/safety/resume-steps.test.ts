import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { emptyDesk, type DeskState } from '../desk/state.ts';
import { ResumeProof } from './resume-proof.ts';
import { ResumeSteps } from './resume-steps.ts';

const since = '2026-11-20T01:00:00Z';
const incident = (at: string) => ({ code: 'cancel-failed', detail: 'a detail', at });
const halted: DeskState = {
  ...emptyDesk,
  halted: { since, by: 'cli', reason: 'a reason' },
  incidents: [incident('2026-11-20T00:59:59Z'), incident('2026-11-20T01:00:01Z')],
};

interface Facts {
  readonly haltFile?: string;
  readonly otherBuilds?: readonly string[];
  readonly isOpenedByCredential?: boolean;
  readonly isWebConvenient?: boolean;
  readonly proof?: ResumeProof;
  readonly isTrial?: boolean;
}

function stepsAt(clock: { ms: number }, facts: Facts = {}): ResumeSteps {
  const { haltFile = null, otherBuilds = [], isOpenedByCredential = false, isWebConvenient = false } = facts;
  const elapsedMs = () => clock.ms;
  const proof = facts.proof ?? new ResumeProof(elapsedMs);
  const shared = { isOpenedByCredential, isWebConvenient, proof, isTrial: facts.isTrial === true };
  return new ResumeSteps({ elapsedMs, haltFile: () => haltFile, otherBuilds: () => otherBuilds, ...shared });
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
  const proof = new ResumeProof(() => clock.ms);
  const steps = stepsAt(clock, { proof });
  const { code, validMs } = steps.prepare(halted, 'cli');

  clock.ms = 60_000;
  proof.give(code);
  const inTime = codeOf(() => steps.confirm(code, halted, 'cli'));
  clock.ms = 60_001;
  const late = codeOf(() => steps.confirm(code, halted, 'cli'));
  clock.ms = 0;
  steps.used();
  const again = codeOf(() => steps.confirm(code, halted, 'cli'));

  assert.match(code, /^\d{6}$/);
  assert.equal(validMs, 60_000);
  assert.deepEqual([inTime, late, again], ['allowed', 'gateway.resume-code', 'gateway.resume-code']);
});

test('INV-13 nobody resumes without the first step, or by guessing three times', () => {
  const steps = stepsAt({ ms: 0 });
  const without = codeOf(() => steps.confirm('000000', halted, 'cli'));
  const { code } = steps.prepare(halted, 'cli');
  const wrong = code === '000000' ? '000001' : '000000';
  const guesses = [1, 2, 3].map(() => codeOf(() => steps.confirm(wrong, halted, 'cli')));

  assert.deepEqual(
    [without, ...guesses],
    Array.from({ length: 4 }, () => 'gateway.resume-code'),
  );
  assert.equal(
    codeOf(() => steps.confirm(code, halted, 'cli')),
    'gateway.resume-code',
  );
});

test('INV-32 the first step shows what was told since the halt, and news makes its code worthless', () => {
  const proof = new ResumeProof(() => 0);
  const proven = (code: string): string => {
    proof.give(code);
    return code;
  };
  const steps = stepsAt({ ms: 0 }, { proof });
  const { code, incidents } = steps.prepare(halted, 'cli');
  const news = { ...halted, incidents: [...halted.incidents, incident('2026-11-20T01:00:02Z')] };
  const other = { ...halted, halted: { since, by: 'watchdog', reason: 'another' } };

  assert.deepEqual(incidents, [incident('2026-11-20T01:00:01Z')]);
  assert.equal(
    codeOf(() => steps.confirm(code, news, 'cli')),
    'gateway.resume-code',
  );
  assert.equal(
    codeOf(() => steps.confirm(steps.prepare(halted, 'cli').code, other, 'cli')),
    'gateway.resume-code',
  );
  assert.equal(
    codeOf(() => steps.confirm(proven(steps.prepare(news, 'cli').code), news, 'cli')),
    'allowed',
  );
});

test('T30 nobody resumes beside the file HALT, among other builds, or where nothing is halted', () => {
  const clock = { ms: 0 };

  assert.deepEqual(
    [
      codeOf(() => stepsAt(clock, { haltFile: 'stop' }).prepare(halted, 'cli')),
      codeOf(() => stepsAt(clock, { otherBuilds: ['runner'] }).prepare(halted, 'cli')),
      codeOf(() => stepsAt(clock).prepare(emptyDesk, 'cli')),
    ],
    ['gateway.halt-file', 'gateway.other-build', 'gateway.not-halted'],
  );
});

test('INV-13 no capability goes both steps alone, whichever it is', () => {
  for (const by of ['cli', 'admin', 'server', 'supervisor', 'watchdog', 'runner'] as const) {
    for (const isOpenedByCredential of [false, true]) {
      const steps = stepsAt({ ms: 0 }, { isOpenedByCredential });
      const { code } = steps.prepare(halted, by);

      assert.equal(
        codeOf(() => steps.confirm(code, halted, by)),
        'gateway.resume-proof',
        `${by} ${isOpenedByCredential}`,
      );
    }
  }
});

test('INV-13 the passphrase of the vault is the second step, for this code, for a minute, and once', () => {
  const clock = { ms: 0 };
  const proof = new ResumeProof(() => clock.ms);
  const steps = stepsAt(clock, { proof });
  const { code, second } = steps.prepare(halted, 'cli');

  proof.give(code === '111111' ? '222222' : '111111');
  const ofAnother = codeOf(() => steps.confirm(code, halted, 'cli'));
  proof.give(code);
  const given = codeOf(() => steps.confirm(code, halted, 'cli'));
  clock.ms = 60_001;
  const isLate = proof.isGiven(code);
  proof.give(code);
  steps.used();

  assert.equal(second, 'passphrase');
  assert.deepEqual([ofAnother, given, isLate], ['gateway.resume-proof', 'allowed', false]);
  assert.equal(proof.isGiven(code), false);
});

test('INV-13 where a key file opened the vault, admin gives its word on what somebody else asked', () => {
  const withFile = stepsAt({ ms: 0 }, { isOpenedByCredential: true });
  const asked = withFile.prepare(halted, 'cli');
  const byOther = codeOf(() => withFile.confirm(asked.code, halted, 'admin'));
  const own = withFile.prepare(halted, 'admin');
  const byItself = codeOf(() => withFile.confirm(own.code, halted, 'admin'));
  const byOps = codeOf(() => withFile.confirm(own.code, halted, 'cli'));
  const byPerson = stepsAt({ ms: 0 });
  const without = codeOf(() => byPerson.confirm(byPerson.prepare(halted, 'cli').code, halted, 'admin'));

  assert.deepEqual([asked.second, own.second], ['admin', 'passphrase']);
  assert.deepEqual(
    [byOther, byItself, byOps, without],
    ['allowed', 'gateway.resume-proof', 'gateway.resume-proof', 'gateway.resume-proof'],
  );
});

test('INV-13 in the convenience mode the page that asked may confirm, and nobody else by its code', () => {
  const steps = stepsAt({ ms: 0 }, { isWebConvenient: true });
  const ofPage = steps.prepare(halted, 'server');

  assert.equal(ofPage.second, 'page');
  assert.equal(
    codeOf(() => steps.confirm(ofPage.code, halted, 'cli')),
    'gateway.resume-proof',
  );
  assert.equal(
    codeOf(() => steps.confirm(ofPage.code, halted, 'server')),
    'allowed',
  );
  assert.equal(
    codeOf(() => steps.confirm(steps.prepare(halted, 'cli').code, halted, 'server')),
    'gateway.resume-proof',
  );
});
