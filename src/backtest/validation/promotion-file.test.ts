import assert from 'node:assert/strict';
import { test } from 'node:test';

import { admissionOf, readPromotions, withPromotion, type PromotionDecision } from './promotion-file.ts';
import { judgePromotion, type PromotionEvidence } from './promotion-gate.ts';
import { promotionThresholds } from './promotion-thresholds.ts';

const evidence = Object.fromEntries(promotionThresholds.map(({ id, limit }) => [id, limit])) as PromotionEvidence;
const good = judgePromotion(evidence).lines;
const bad = judgePromotion({ ...evidence, 'overfit-probability': 0.6 }).lines;

function aDecision(over: Partial<PromotionDecision> = {}): PromotionDecision {
  return {
    file: 'breakout.kis.yaml',
    sha256: 'a'.repeat(64),
    at: '2026-11-20T09:00:00Z',
    verdict: 'refused',
    reason: '',
    parameters: { period: 14 },
    lines: [...bad],
    ...over,
  };
}

test('withPromotion() writes what readPromotions() reads, newest last, and forgets the oldest of 200', () => {
  let decisions: readonly PromotionDecision[] = [];
  for (let count = 0; count < 205; count += 1) {
    const text = withPromotion(decisions, aDecision({ parameters: { count } }));
    const read = readPromotions(text);
    assert.ok(read.kind === 'read');
    decisions = read.decisions;
  }

  assert.equal(decisions.length, 200);
  assert.deepEqual([decisions[0]?.parameters['count'], decisions.at(-1)?.parameters['count']], [5, 204]);
});

test('readPromotions() reads no refusal that was made a pass by hand, and no other shape', () => {
  const textOf = (over: Partial<PromotionDecision>) => withPromotion([], aDecision(over));

  assert.equal(readPromotions(textOf({ verdict: 'allowed', lines: [...good] })).kind, 'read');
  assert.equal(readPromotions(textOf({ verdict: 'allowed-with-reason', reason: 'a small account' })).kind, 'read');
  for (const over of [
    { verdict: 'allowed' },
    { verdict: 'allowed', lines: [] },
    { verdict: 'allowed-with-reason', reason: ' ' },
    { verdict: 'refused', lines: [...good] },
    { sha256: 'A'.repeat(64) },
  ] satisfies Partial<PromotionDecision>[]) {
    assert.equal(readPromotions(textOf(over)).kind, 'unreadable');
  }
  for (const text of ['', '{', '[]', '{"format":2,"decisions":[]}', '{"format":1,"decisions":[{}]}', 'null']) {
    assert.equal(readPromotions(text).kind, 'unreadable', text);
  }
});

test('admissionOf() goes by the last word on the content, whatever the file is called', () => {
  const [content, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const refused = aDecision();
  const reasoned = aDecision({ verdict: 'allowed-with-reason', reason: 'a small account' });
  const allowed = aDecision({ verdict: 'allowed', lines: [...good] });
  const name = 'breakout.kis.yaml';

  assert.deepEqual(admissionOf([], name, content), { kind: 'free', why: 'never-judged' });
  assert.deepEqual(admissionOf([refused], name, content), { kind: 'refused', decision: refused });
  assert.equal(admissionOf([refused], 'renamed.kis.yaml', content).kind, 'refused');
  assert.deepEqual(admissionOf([refused, reasoned], name, content), { kind: 'free', why: 'reasoned' });
  assert.equal(admissionOf([reasoned, refused], name, content).kind, 'refused');
  assert.deepEqual(admissionOf([allowed], name, content), { kind: 'free', why: 'allowed' });
  assert.equal(admissionOf([allowed], name, other).kind, 'changed');
  assert.equal(admissionOf([refused], name, other).kind, 'changed');
  assert.deepEqual(admissionOf([refused], 'mine.kis.yaml', other), { kind: 'free', why: 'never-judged' });
});
