import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertsKept } from './apply-alert.ts';
import { fold } from './apply.ts';
import { entry, type DeskRecord } from './records.ts';
import { emptyDesk, type DeskAlert } from './state.ts';

const at = '2026-11-20T01:00:00Z';
const halt = (by: string) => entry('halt', { by, reason: '', at });
const raised = (id: string) => entry('alert.raised', { id, code: 'gateway-lost', by: 'watchdog', line: null, at });
const seen = (id: string, by: string) => entry('alert.acknowledged', { id, by, at });
const incident = (code: string) => entry('incident', { code, detail: '', brokerOrderId: null, at });

function alertsAfter(...records: readonly DeskRecord[]): readonly DeskAlert[] {
  return fold(records, emptyDesk).alerts.all;
}

function codesAfter(...records: readonly DeskRecord[]): readonly string[] {
  return alertsAfter(...records).map(({ code }) => code);
}

test('INV-32 a second halt is neither a new alert nor counted in the first', () => {
  assert.deepEqual(
    alertsAfter(halt('rule N02'), halt('watchdog')).map(({ code, times }) => [code, times]),
    [['halted', 1]],
  );
});

test('INV-32 a strategy that a rule halted is told, one that a person halted is not', () => {
  const halted = (by: string) => entry('strategy.halted', { strategy: 'a', by, reason: '', at });

  assert.deepEqual(codesAfter(halted('rule conduct')), ['strategy-halted']);
  for (const by of ['cli', 'web', 'file']) assert.deepEqual(codesAfter(halted(by)), [], by);
});

test('INV-32 a login that was locked is told, and no other login', () => {
  const login = (outcome: string) => entry('login', { outcome, method: 'passphrase', at });

  assert.deepEqual(codesAfter(login('locked')), ['login-locked']);
  assert.deepEqual(codesAfter(login('ok'), login('wrong')), []);
});

test('INV-32 a resume closes what was critical and leaves warnings as they were', () => {
  const resume = entry('resume', { by: 'cli', at });

  const acknowledged = alertsAfter(incident('visibility-slow'), raised('w-1'), resume).map(
    (alert) => alert.acknowledged,
  );

  assert.deepEqual(acknowledged, [null, { by: 'cli', at }]);
});

test('INV-32 an acknowledgement is of one alert, and the first one stays', () => {
  const alerts = alertsAfter(raised('w-1'), raised('w-2'), seen('w-2', 'cli'), seen('w-2', 'web'));

  assert.deepEqual(
    alerts.map(({ id, acknowledged }) => [id, acknowledged?.by ?? null]),
    [
      ['w-1', null],
      ['w-2', 'cli'],
    ],
  );
});

test('INV-40 when two hundred alerts wait for a person, the oldest makes room', () => {
  const ids = Array.from({ length: alertsKept + 1 }, (_, index) => `w-${index}`);

  const kept = alertsAfter(...ids.map(raised)).map(({ id }) => id);

  assert.deepEqual(kept, ids.slice(1));
});

test('an alert that the gateway makes of a record is numbered on, and ends in four characters of its time', () => {
  const ids = alertsAfter(incident('foreign-order'), incident('fill-excess')).map(({ id }) => id);

  const ending = Temporal.Instant.from(at).epochMilliseconds.toString(36).slice(-4);
  assert.deepEqual(ids, [`a1-${ending}`, `a2-${ending}`]);
});
