import { holds, type Sides } from './compare.ts';
import type { ResolvedComparison, ResolvedGroup, ResolvedOperand, ResolvedRule } from './resolve-program.ts';

/** What the operands of rules are worth at one bar: at place 1 the bar of the decision, at place 0 the one before it. */
export interface OperandValues {
  value(operand: ResolvedOperand, place: 0 | 1): number;
}

/** A comparison that holds, and the two values that it compared. */
export interface HeldComparison {
  readonly comparison: ResolvedComparison;
  readonly left: number;
  readonly right: number;
}

/** Whether a rule holds; a group without rules never does. */
export function isTrue(rule: ResolvedRule, values: OperandValues): boolean {
  if (rule.kind === 'compare') return holdsComparison(rule, values);
  if (rule.rules.length === 0) return false;
  if (rule.kind === 'all') return rule.rules.every((each) => isTrue(each, values));
  return rule.rules.some((each) => isTrue(each, values));
}

/**
 * Why a rule holds: its true comparisons with both values, in order; of an `any` group only what the first true rule says.
 * Empty when it does not hold.
 */
export function heldComparisons(rule: ResolvedRule, values: OperandValues): readonly HeldComparison[] {
  if (!isTrue(rule, values)) return [];
  if (rule.kind === 'compare') {
    return [{ comparison: rule, left: values.value(rule.left, 1), right: values.value(rule.right, 1) }];
  }
  if (rule.kind === 'all') return rule.rules.flatMap((each) => heldComparisons(each, values));
  const first = rule.rules.find((each) => isTrue(each, values));
  return first === undefined ? [] : heldComparisons(first, values);
}

/** Every operand of a group that changes with the bars, in order; one that stands twice is there twice. */
export function movingOperands(group: ResolvedGroup): readonly Exclude<ResolvedOperand, { kind: 'number' }>[] {
  return group.rules.flatMap((rule) => {
    if (rule.kind !== 'compare') return movingOperands(rule);
    return [rule.left, rule.right].filter((operand) => operand.kind !== 'number');
  });
}

/** Filled for each comparison and read at once: rules are asked of every bar, and a value each would be garbage. */
const sides: Sides = { left: NaN, right: NaN, leftBefore: NaN, rightBefore: NaN };

export function holdsComparison({ left, operator, right }: ResolvedComparison, values: OperandValues): boolean {
  sides.left = values.value(left, 1);
  sides.leftBefore = values.value(left, 0);
  sides.right = values.value(right, 1);
  sides.rightBefore = values.value(right, 0);
  return holds[operator](sides);
}
