import assert from 'node:assert/strict';
import { test } from 'node:test';

import { judgePromotion, promotionSentence, type PromotionEvidence } from './promotion-gate.ts';
import { promotionThresholds } from './promotion-thresholds.ts';

/** Evidence that just passes every line. */
const atTheEdge = Object.fromEntries(promotionThresholds.map(({ id, limit }) => [id, limit])) as PromotionEvidence;

test('judgePromotion() lets through what reaches every threshold exactly', () => {
  const { passed, lines } = judgePromotion(atTheEdge);

  assert.equal(passed, true);
  assert.deepEqual(
    lines.map(({ id }) => id),
    promotionThresholds.map(({ id }) => id),
  );
});

for (const { id, relation, limit } of promotionThresholds) {
  test(`INV-11 judgePromotion() refuses by ${id} alone, with both numbers, a hair past it or without a number`, () => {
    const past = relation === 'at-most' ? limit + 1e-9 : limit - 1e-9;
    for (const value of [past, null, NaN, Infinity, -Infinity]) {
      const { passed, lines } = judgePromotion({ ...atTheEdge, [id]: value });

      assert.equal(passed, false);
      const failed = lines.filter((line) => !line.passed);
      assert.deepEqual(failed, [{ id, relation, value: value === past ? past : null, limit, passed: false }]);
    }
  });
}

test('promotionSentence() names both numbers in Korean and in English', () => {
  const { lines } = judgePromotion({
    ...atTheEdge,
    'overfit-probability': 0.2004,
    'worst-neighbour': -1.25,
    'deflated-sharpe': null,
  });

  const english = lines.filter((line) => !line.passed).map((line) => promotionSentence(line, 'en'));

  assert.deepEqual(english, [
    'costly over-fitting (CSCV): 0.2004, wanted at most 0.2',
    'deflated Sharpe confidence: not measured, wanted at least 0.95',
    'score of the worst neighbour: −1.25, wanted at least 0',
  ]);
  assert.equal(promotionSentence(lines[0]!, 'ko'), '손해 본 과최적화 (CSCV): 0.2004 (기준 0.2 이하)');
});
