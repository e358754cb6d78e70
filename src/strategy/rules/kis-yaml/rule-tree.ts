import type { Rule, RuleGroup, RuleNumber, RuleOperand } from '../program.ts';

/** A group as `x_snowball` writes it: everything that rules can say, groups within groups included. */
export function ruleTree({ kind, rules }: RuleGroup): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['logic', kind === 'all' ? 'AND' : 'OR'],
    ['conditions', rules.map(ruleNode)],
  ]);
}

function ruleNode(rule: Rule): ReadonlyMap<string, unknown> {
  if (rule.kind === 'pattern') {
    return new Map([
      ['candlestick', rule.alias],
      ['signal', rule.signal],
    ]);
  }
  if (rule.kind !== 'compare') return ruleTree(rule);
  return new Map<string, unknown>([...leftFields(rule.left), ['operator', rule.operator], ...rightFields(rule.right)]);
}

function leftFields(left: RuleOperand): readonly (readonly [string, unknown])[] {
  if (left.kind === 'number') return [['number', numberText(left.value)]];
  return series(left, {
    name: 'indicator',
    output: 'output',
    offset: 'offset',
    scalar: 'scalar',
    operation: 'operation',
  });
}

function rightFields(right: RuleOperand): readonly (readonly [string, unknown])[] {
  if (right.kind === 'number') return [['value', numberText(right.value)]];
  return series(right, {
    name: 'compare_to',
    output: 'compare_output',
    offset: 'compare_offset',
    scalar: 'compare_scalar',
    operation: 'compare_operation',
  });
}

function series(
  operand: Exclude<RuleOperand, { kind: 'number' }>,
  keys: Readonly<Record<'name' | 'output' | 'offset' | 'scalar' | 'operation', string>>,
): readonly (readonly [string, unknown])[] {
  const { barsAgo } = operand;
  const scale = operand.scale ?? null;
  return [
    [keys.name, operand.kind === 'price' ? operand.word : operand.alias],
    ...(operand.kind === 'price' ? [] : [[keys.output, operand.output] as const]),
    ...(barsAgo === 0 ? [] : [[keys.offset, barsAgo] as const]),
    ...(scale === null ? [] : [[keys.scalar, scale.by] as const, [keys.operation, scale.operation] as const]),
  ];
}

export function numberText(value: RuleNumber): unknown {
  if (typeof value === 'number') return value;
  const { param, times, plus } = value;
  if (times === undefined && plus === undefined) return `$${param}`;
  const parts = Object.entries({ times, plus }).filter(([, number]) => number !== undefined);
  return new Map<string, unknown>([['param', `$${param}`], ...parts]);
}
