import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertCodes } from '#link/alert-codes.ts';
import { alertsKept, openAlerts } from './apply-alert.ts';
import { fold } from './apply.ts';
import { entry, type DeskRecord } from './records.ts';
import { emptyDesk } from './state.ts';

const at = '2026-11-20T01:00:00Z';
const halt = (by: string) => entry('halt', { by, reason: 'a reason with 1,000,000 won in it', at });
const resume = entry('resume', { by: 'cli', at });
const incident = (code: string) => entry('incident', { code, detail: 'a detail', brokerOrderId: null, at });
const raised = (id: string, code = 'gateway-lost') =>
  entry('alert.raised', { id, code, by: 'watchdog', line: null, at });

function codesAfter(...records: readonly DeskRecord[]): readonly string[] {
  return fold(records, emptyDesk).alerts.all.map(({ code }) => code);
}

test('INV-32 a halt that no person made is critical, and one that a person made is a notice', () => {
  assert.deepEqual(codesAfter(halt('watchdog')), ['halted']);
  for (const by of ['cli', 'web', 'file']) assert.deepEqual(codesAfter(halt(by)), ['halted-by-person']);
  assert.deepEqual(codesAfter(halt('rule N02'), halt('watchdog')), ['halted'], 'the second says nothing new');
});

test('INV-32 every incident is an alert: by its own row, or by the one that says only that something happened', () => {
  assert.deepEqual(codesAfter(incident('foreign-order'), incident('a-code-of-tomorrow')), [
    'foreign-order',
    'incident',
  ]);
});

test('N10 a change of limits or of the list of stocks is told', () => {
  const change = entry('universe.changed', { instrument: 'KRX:005930', isListed: false, by: 'web', at });

  assert.deepEqual(codesAfter(change), ['policy-changed']);
});

test('INV-32 what happens again before anybody has seen it is counted, and after that is told anew', () => {
  const state = fold([incident('outside-session'), incident('outside-session')], emptyDesk);
  const [{ id, times } = { id: '', times: 0 }] = openAlerts(state);
  const seen = entry('alert.acknowledged', { id, by: 'cli', at });

  const after = fold([seen, incident('outside-session')], state);

  assert.equal(times, 2);
  assert.deepEqual(
    after.alerts.all.map(({ acknowledged }) => acknowledged?.by ?? null),
    ['cli', null],
  );
});

test('INV-32 an alert is open until it is acknowledged or a person resumes, and warnings never are', () => {
  const open = (...records: readonly DeskRecord[]): number => openAlerts(fold(records, emptyDesk)).length;

  assert.equal(open(halt('watchdog'), raised('w-1')), 2);
  assert.equal(open(halt('watchdog'), raised('w-1'), resume), 0);
  assert.equal(open(halt('watchdog'), resume, raised('w-1')), 1, 'what came after the resume was not shown');
  assert.equal(open(incident('visibility-slow')), 0);
});

test('INV-02 the same alert raised twice is one', () => {
  assert.deepEqual(codesAfter(raised('w-1'), raised('w-1')), ['gateway-lost']);
});

test('INV-40 two hundred alerts are kept, and those that wait for a person are the last to go', () => {
  const many = Array.from({ length: 300 }, (_, index) => raised(`w-${index}`, 'server-lost'));

  const state = fold([raised('w-first'), ...many], emptyDesk);

  assert.equal(state.alerts.all.length, alertsKept);
  assert.equal(state.alerts.all[0]?.id, 'w-first');
  assert.equal(state.alerts.count, 301);
});

test('INV-20 what leaves this machine is made of the table alone, which holds no number and no name', () => {
  for (const [code, { ko, en }] of Object.entries(alertCodes)) {
    assert.doesNotMatch(`${ko} ${en}`, /\d|원 |₩|KRX/, code);
    assert.ok(ko.endsWith('요.') && en.endsWith('.'), code);
  }
});
