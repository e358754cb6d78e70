import type { Rule, RuleComparison, RuleOperand, RuleOperator, RulePattern } from '../program.ts';

/**
 * The rule that holds where `rule` does not, as far as its numbers are there: with a number missing neither holds, because
 * unknown is not false. A cross looks back one bar, so its opposite is "was above already, or is not above".
 */
export function negatedRule(rule: Rule): Rule {
  if (rule.kind === 'compare') return negatedComparison(rule);
  if (rule.kind === 'pattern') return negatedPattern(rule);
  return { kind: rule.kind === 'all' ? 'any' : 'all', rules: rule.rules.map(negatedRule) };
}

const opposites: Readonly<Record<Exclude<RuleOperator, 'cross_above' | 'cross_below'>, RuleOperator>> = {
  greater_than: 'less_equal',
  less_than: 'greater_equal',
  greater_equal: 'less_than',
  less_equal: 'greater_than',
  equal: 'not_equal',
  not_equal: 'equal',
};

function negatedComparison({ left, operator, right }: RuleComparison): Rule {
  if (operator !== 'cross_above' && operator !== 'cross_below') {
    return { kind: 'compare', left, operator: opposites[operator], right };
  }
  const [was, isNot]: readonly [RuleOperator, RuleOperator] =
    operator === 'cross_above' ? ['greater_than', 'less_equal'] : ['less_than', 'greater_equal'];
  return {
    kind: 'any',
    rules: [
      { kind: 'compare', left: before(left), operator: was, right: before(right) },
      { kind: 'compare', left, operator: isNot, right },
    ],
  };
}

function before(operand: RuleOperand): RuleOperand {
  return operand.kind === 'number' ? operand : { ...operand, barsAgo: operand.barsAgo + 1 };
}

function negatedPattern({ alias, signal }: RulePattern): RuleComparison {
  const operator = signal === 'bullish' ? 'less_equal' : signal === 'bearish' ? 'greater_equal' : 'equal';
  const left = { kind: 'indicator', alias, output: 'value', barsAgo: 0, scale: null } as const;
  return { kind: 'compare', left, operator, right: { kind: 'number', value: 0 } };
}
