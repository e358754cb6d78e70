import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolationFindings, isolationSentences } from './isolation-findings.ts';

test('T12 isolationSentences() says the grade, why no better, and what to do', () => {
  const a = isolationSentences({ grade: 'A', missing: null, missingForB: null });
  const b = isolationSentences({ grade: 'B', missing: 'no-bubblewrap', missingForB: null });
  const c = isolationSentences({ grade: 'C', missing: 'no-namespaces', missingForB: 'no-user' });

  assert.equal(a.length, 1);
  assert.match(b.join(), /snowball-strategy.*bubblewrap/);
  assert.equal(c.length, 4);
  assert.match(c.join(), /unprivileged_userns_clone.*useradd.*gradeCWaiverUntil/);
});

test('T12 isolationFindings() tries the grade of this machine', () => {
  const [first] = isolationFindings();

  assert.match(first?.detail ?? '', /[ABC]/);
  assert.equal(first?.ok, true);
});
