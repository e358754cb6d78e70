import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SnowballError } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { DeadMan } from './safety/dead-man.ts';
import { apply } from './desk/apply.ts';
import { openAlerts } from './desk/apply-alert.ts';
import { handle } from './desk/desk.ts';
import type { DeskEvent } from './desk/events.ts';
import { entry } from './desk/records.ts';
import { emptyDesk, type DeskState } from './desk/state.ts';
import { ResumeProof } from './safety/resume-proof.ts';
import { ResumeSteps } from './safety/resume-steps.ts';
import { TokenShelf } from './keys/token-shelf.ts';

/** Named scenarios of threat-model §14 in which somebody would have traded on. */
const at = '2026-11-20T01:00:00Z';
const noon = Temporal.Instant.from('2026-11-20T03:00:00Z');

test('regression "old build on one process": its first sign of life halts, and nobody resumes before it is replaced', () => {
  let state: DeskState = emptyDesk;
  const deadMan = new DeadMan({
    watchdog: false,
    supervisor: true,
    elapsedMs: () => 0,
    build: 'b'.repeat(40),
    halt: (by, reason) => (state = after(state, { kind: 'halt', by, reason })),
  });
  const steps = stepsOf(() => deadMan.otherBuilds);

  deadMan.beat('supervisor', { server: 'b'.repeat(40), runner: 'a'.repeat(40) });
  assert.match(state.halted?.reason ?? '', /runner/);
  state = acknowledged(state);
  assert.equal(
    codeOf(() => steps.prepare(state, 'cli')),
    'gateway.other-build',
  );

  deadMan.beat('supervisor', { server: 'b'.repeat(40), runner: 'b'.repeat(40) });
  assert.equal(
    codeOf(() => steps.prepare(state, 'cli')),
    'allowed',
  );
});

test('regression "alert mail ignored before open": an alert that nobody acknowledged blocks, also after a restart', () => {
  const foreign = entry('incident', { code: 'foreign-order', detail: 'a detail', brokerOrderId: null, at });
  let state = after(emptyDesk, { kind: 'halt', by: 'rule N02', reason: 'an order that Snowball did not make' });
  state = apply(state, foreign);
  const steps = stepsOf(() => []);

  assert.ok(openAlerts(state).length > 0);
  assert.equal(
    codeOf(() => steps.prepare(state, 'cli')),
    'gateway.alerts-open',
  );
  state = after(state, { kind: 'started', build: '', environment: 'paper' });
  assert.equal(
    codeOf(() => steps.prepare(state, 'cli')),
    'gateway.alerts-open',
    'mail of yesterday is still mail',
  );

  assert.equal(
    codeOf(() => steps.prepare(acknowledged(state), 'cli')),
    'allowed',
  );
});

test('regression "paper token file used for real": put under the name of the real one, it opens nothing', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'shelf-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const [paperFolder, realFolder] = ['paper', 'real'].map((name) => join(folder, name)) as [string, string];
  for (const made of [paperFolder, realFolder]) mkdirSync(made);
  const paper = aShelf(paperFolder, 'paper');
  const real = aShelf(realFolder, 'real');
  await paper.keep(new Secret('the.paper.token'), noon, noon);
  await real.keep(new Secret('the.real.token'), noon, noon);
  assert.equal(real.token()?.token.reveal(), 'the.real.token');

  const [paperFile] = readdirSync(paperFolder).filter((name) => !name.includes('lock'));
  const [realFile] = readdirSync(realFolder).filter((name) => !name.includes('lock'));
  assert.ok(paperFile !== undefined && realFile !== undefined);
  copyFileSync(join(paperFolder, paperFile), join(realFolder, realFile));

  assert.equal(aShelf(realFolder, 'real').token(), null);
  assert.equal(aShelf(paperFolder, 'paper').token()?.token.reveal(), 'the.paper.token');
});

function after(state: DeskState, event: DeskEvent): DeskState {
  return handle(state, event, { at, elapsedMs: 0 }, { quietWindowMs: 30_000, speed: 1 }).state;
}

function acknowledged(state: DeskState): DeskState {
  return openAlerts(state).reduce(
    (current, { id }) => apply(current, entry('alert.acknowledged', { id, by: 'cli', at })),
    state,
  );
}

function stepsOf(otherBuilds: () => readonly string[]): ResumeSteps {
  const elapsedMs = () => 0;
  return new ResumeSteps({
    elapsedMs,
    haltFile: () => null,
    otherBuilds,
    proof: new ResumeProof(elapsedMs),
    isOpenedByCredential: false,
    isWebConvenient: false,
    isTrial: false,
  });
}

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof SnowballError, String(error));
    return error.code;
  }
  return 'allowed';
}

function aShelf(folder: string, environment: 'paper' | 'real'): TokenShelf {
  return new TokenShelf({
    folder,
    broker: 'kis',
    environment,
    appKey: () => new Secret('PSshelfAppKey0123456789abcdefghijklm'),
    appSecret: () => new Secret('shelfAppSecret0123456789=='),
    lockWaitMs: 100,
  });
}
