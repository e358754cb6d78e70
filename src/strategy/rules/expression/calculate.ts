import type { RuleOperand, RuleScale } from '../program.ts';
import { UnreadableExpression } from './expression-problem.ts';
import type { Token } from './tokens.ts';

const scales: Readonly<Record<string, RuleScale['operation']>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' };

/** Numbers are worked out now; a series takes one calculation with a number. */
export function calculate(sign: Token, left: RuleOperand, right: RuleOperand): RuleOperand {
  const operation = scales[sign.text] ?? 'add';
  const [from, to] = [constantOf(left), constantOf(right)];
  if (from !== null && to !== null) return numberOperand(worked(operation, from, to));
  if (to !== null && left.kind !== 'number' && !left.scale) return { ...left, scale: { operation, by: to } };
  const isCommutative = operation === 'add' || operation === 'mul';
  if (from !== null && isCommutative && right.kind !== 'number' && !right.scale) {
    return { ...right, scale: { operation, by: from } };
  }
  throw new UnreadableExpression(sign.column, {
    ko: '지표나 가격 하나에 숫자 하나만 더하거나 곱할 수 있어요. "sma(20) * 1.03"처럼 적어 주세요.',
    en: 'One indicator or price takes one calculation with a number, as in "sma(20) * 1.03".',
  });
}

/** A fixed number as a side of a comparison. */
export function numberOperand(value: number): Extract<RuleOperand, { kind: 'number' }> {
  return { kind: 'number', value };
}

function constantOf(operand: RuleOperand): number | null {
  return operand.kind === 'number' && typeof operand.value === 'number' ? operand.value : null;
}

function worked(operation: RuleScale['operation'], left: number, right: number): number {
  if (operation === 'add') return left + right;
  if (operation === 'sub') return left - right;
  return operation === 'mul' ? left * right : left / right;
}
