import { promotionThresholds, type PromotionCheck, type PromotionThreshold } from './promotion-thresholds.ts';

/** What was measured of an optimum; null was not, or could not be, measured. */
export type PromotionEvidence = Readonly<Record<PromotionCheck, number | null>>;

/** One line of the gate with both numbers. */
export interface PromotionLine {
  /** A `PromotionCheck`; another name in a decision of another version's gate. */
  readonly id: string;
  readonly relation: PromotionThreshold['relation'];
  readonly value: number | null;
  readonly limit: number;
  readonly passed: boolean;
}

/**
 * May this optimum go to paper? Every line of `promotionThresholds`, in their order; what is missing or no number fails
 * its line, as everywhere in the house (INV-11).
 */
export function judgePromotion(evidence: PromotionEvidence): {
  readonly passed: boolean;
  readonly lines: readonly PromotionLine[];
} {
  const lines = promotionThresholds.map(({ id, relation, limit }) => {
    const measured = evidence[id];
    const value = measured !== null && Number.isFinite(measured) ? measured : null;
    const holds = value !== null && (relation === 'at-most' ? value <= limit : value >= limit);
    return { id, relation, value, limit, passed: holds };
  });
  return { passed: lines.every((line) => line.passed), lines };
}

/** A failed or passed line as a sentence with both numbers, such as "…: 0.41, wanted at least 0.95". */
export function promotionSentence(line: PromotionLine, language: 'ko' | 'en'): string {
  const name = promotionThresholds.find(({ id }) => id === line.id)?.name[language] ?? line.id;
  const [found, limit] = [promotionNumber(line.value, line.id), promotionNumber(line.limit, line.id)];
  if (language === 'ko') {
    const wanted = line.relation === 'at-most' ? `${limit} 이하` : `${limit} 이상`;
    return `${name}: ${found ?? '재지 못함'} (기준 ${wanted})`;
  }
  return `${name}: ${found ?? 'not measured'}, wanted at ${line.relation === 'at-most' ? 'most' : 'least'} ${limit}`;
}

/** A number of the gate as a person reads it; null stays null. */
export function promotionNumber(value: number | null, check: string): string | null {
  if (value === null) return null;
  const isCount = promotionThresholds.find(({ id }) => id === check)?.unit === 'count';
  // Four digits, so that 0.2004 does not read as the limit that it misses.
  return String(Number(value.toFixed(isCount ? 0 : 4))).replace('-', '−');
}
