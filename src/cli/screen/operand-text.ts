import type { ResolvedComparison, ResolvedOperand } from '#strategy/rules/resolve-program.ts';
import type { RuleProgram, RuleOperator } from '#strategy/rules/program.ts';
import type { ResolvedRules } from '#strategy/rules/resolve-program.ts';

const signs: Readonly<Record<RuleOperator, string>> = {
  greater_than: '>',
  less_than: '<',
  greater_equal: '>=',
  less_equal: '<=',
  equal: '==',
  not_equal: '!=',
  cross_above: 'cross_above',
  cross_below: 'cross_below',
};
const calculations = { mul: '*', div: '/', add: '+', sub: '-' } as const;

/** Names of a program's indicators as the person wrote them, by their alias. */
export function labelsOf(program: RuleProgram): ReadonlyMap<string, string> {
  return new Map([...program.indicators, ...program.candlesticks].map(({ alias, label }) => [alias, label]));
}

/** An operand as it would stand in an expression: `sma(5)[1] * 2`, `bollinger(20, 2).upper`, `close`. */
export function operandText(
  operand: ResolvedOperand,
  rules: Pick<ResolvedRules, 'indicators'>,
  labels: ReadonlyMap<string, string>,
): string {
  if (operand.kind === 'number') return String(operand.value);
  const scale = operand.scale ?? null;
  const back = operand.barsAgo === 0 ? '' : `[${operand.barsAgo}]`;
  const change = scale === null ? '' : ` ${calculations[scale.operation]} ${scale.by}`;
  if (operand.kind === 'price') return `${operand.word}${back}${change}`;
  const indicator = rules.indicators[operand.indicator];
  const output = indicator?.definition.outputs[operand.output] ?? '';
  const shown = output === indicator?.definition.defaultOutput ? '' : `.${output}`;
  return `${labels.get(indicator?.alias ?? '') ?? indicator?.alias ?? '?'}${shown}${back}${change}`;
}

/** `rsi(14) < 30`, `cross_above(sma(5), sma(20))`. */
export function comparisonText(
  { left, operator, right }: ResolvedComparison,
  rules: Pick<ResolvedRules, 'indicators'>,
  labels: ReadonlyMap<string, string>,
): string {
  const [one, other] = [operandText(left, rules, labels), operandText(right, rules, labels)];
  return operator.startsWith('cross') ? `${signs[operator]}(${one}, ${other})` : `${one} ${signs[operator]} ${other}`;
}
