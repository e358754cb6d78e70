import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Environment } from '#domain/environment.ts';
import type { IsolationGrade } from '#link/isolation-grade.ts';
import { readGradeWaiver } from './grade-waiver.ts';
import { StrategyGrade } from './strategy-grade.ts';

const today = Temporal.PlainDate.from('2026-11-23');

function grading(environment: Environment, waiverUntil: string | null = null) {
  const halts: string[] = [];
  const grade = new StrategyGrade({
    environment,
    isWhole: false,
    waiverUntil: waiverUntil === null ? null : Temporal.PlainDate.from(waiverUntil),
    today: () => today,
    halt: (by, reason) => halts.push(`${by}: ${reason}`),
  });
  return { grade, halts };
}

test('N14 StrategyGrade halts when the grade falls, each time, and never when it rises or stays', () => {
  const { grade, halts } = grading('paper');
  const told: readonly IsolationGrade[] = ['C', 'B', 'A', 'A', 'B', 'B', 'A', 'C'];

  for (const one of told) grade.told(one);

  assert.deepEqual(halts, [
    'rule N14: the isolation of strategies fell from grade A to B',
    'rule N14: the isolation of strategies fell from grade A to C',
  ]);
});

test('T12 StrategyGrade halves limits at grade C, and before the first word, but for trial money', () => {
  for (const environment of ['paper', 'real'] as const) {
    const { grade } = grading(environment, '2026-12-31');
    assert.equal(grade.isHalved, true, 'not said is C');
    grade.told('B');
    assert.equal(grade.isHalved, false);
    grade.told('C');
    assert.equal(grade.isHalved, true, 'a waiver does not bring the whole limits back');
  }
  const { grade } = grading('trial');
  grade.told('C');
  assert.equal(grade.isHalved, false);
});

test('T12 StrategyGrade lets real trading go on at A or B, and at C until the last day of a waiver', () => {
  const may = (environment: Environment, told: IsolationGrade | null, waiver: string | null): boolean => {
    const { grade } = grading(environment, waiver);
    if (told !== null) grade.told(told);
    return grade.mayTrade;
  };

  assert.equal(may('real', 'A', null), true);
  assert.equal(may('real', 'B', null), true);
  assert.equal(may('real', 'C', null), false);
  assert.equal(may('real', 'C', '2026-11-22'), false);
  assert.equal(may('real', 'C', '2026-11-23'), true);
  assert.equal(may('real', null, '2026-11-23'), false, 'a waiver is for C, not for what nobody knows');
  assert.equal(may('paper', 'C', null), true);
  assert.equal(may('trial', null, null), true);
});

test('T12 readGradeWaiver() reads a date, and refuses a waiver without an end', (context) => {
  const read = reading(context);

  assert.equal(String(read('gradeCWaiverUntil: 2026-12-31\nstrategies: []\n')), '2026-12-31');
  assert.equal(read('strategies: []\n'), null);
  assert.equal(read('gradeCWaiverUntil: "2026-12-31\n'), null);
  assert.equal(readGradeWaiver('/nowhere/snowball.yaml'), null);
  for (const wrong of ['true', 'always', '2026-02-30', '20261231', '', '[2026-12-31]', '2026-12-31T00:00']) {
    assert.throws(() => read(`gradeCWaiverUntil: ${wrong}\n`), { code: 'gateway.config' }, wrong);
  }
});

function reading(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'waiver-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return (text: string): Temporal.PlainDate | null => {
    const file = join(folder, 'snowball.yaml');
    writeFileSync(file, text);
    return readGradeWaiver(file);
  };
}
