import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GradeWatch } from './grade-watch.ts';

test('N14 GradeWatch follows what is found, and a look that fails says nothing new', async (context) => {
  let said = '{"grade":"C","missing":"no-namespaces","missingForB":"no-user"}\n';
  const watch = new GradeWatch('A', async () => said);
  context.after(() => watch.stop());
  assert.equal(watch.grade, 'A');

  await watch.look();
  assert.equal(watch.grade, 'C');
  for (said of ['', 'nonsense', '{"grade":"Z"}']) await watch.look();
  assert.equal(watch.grade, 'C');

  const failing = new GradeWatch('B', () => Promise.reject(new Error('it timed out')));
  context.after(() => failing.stop());
  await failing.look();
  assert.equal(failing.grade, 'B');
});

test('N14 GradeWatch tries this machine as the runner does', async (context) => {
  const watch = new GradeWatch('C');
  context.after(() => watch.stop());

  await watch.look();

  const { detectIsolation } = await import('./isolation-grade.ts');
  assert.equal(watch.grade, detectIsolation().grade);
});
