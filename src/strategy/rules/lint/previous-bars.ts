import type { Rule, RuleGroup, RuleOperand, RuleProgram } from '../program.ts';
import { isExtreme } from './series-order.ts';
import { truthOf } from './truth.ts';

/** The program that was most likely meant: highest and lowest values that can never be passed are those of the bar before. */
export function withPreviousBars(program: RuleProgram): RuleProgram {
  return { ...program, entry: group(program.entry, program), exit: group(program.exit, program) };
}

function group({ kind, rules }: RuleGroup, program: RuleProgram): RuleGroup {
  return { kind, rules: rules.map((rule) => mended(rule, program)) };
}

function mended(rule: Rule, program: RuleProgram): Rule {
  if (rule.kind === 'pattern') return rule;
  if (rule.kind !== 'compare') return group(rule, program);
  const truth = truthOf(rule, program);
  if (truth.kind !== 'never' || !truth.isExtreme) return rule;
  return isExtreme(rule.right, program) ? { ...rule, right: before(rule.right) } : { ...rule, left: before(rule.left) };
}

function before(operand: RuleOperand): RuleOperand {
  return operand.kind === 'number' ? operand : { ...operand, barsAgo: operand.barsAgo + 1 };
}
