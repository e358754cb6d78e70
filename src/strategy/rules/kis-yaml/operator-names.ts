import type { RuleOperator } from '../program.ts';

/** How files write operators, both dialects together. */
const operators: Readonly<Record<string, RuleOperator>> = {
  greater_than: 'greater_than',
  '>': 'greater_than',
  gt: 'greater_than',
  breaks: 'greater_than',
  less_than: 'less_than',
  '<': 'less_than',
  lt: 'less_than',
  greater_equal: 'greater_equal',
  '>=': 'greater_equal',
  gte: 'greater_equal',
  less_equal: 'less_equal',
  '<=': 'less_equal',
  lte: 'less_equal',
  equal: 'equal',
  '==': 'equal',
  equals: 'equal',
  eq: 'equal',
  not_equal: 'not_equal',
  '!=': 'not_equal',
  cross_above: 'cross_above',
  crosses_above: 'cross_above',
  crossover: 'cross_above',
  indicator_cross_above: 'cross_above',
  cross_below: 'cross_below',
  crosses_below: 'cross_below',
  crossunder: 'cross_below',
  indicator_cross_below: 'cross_below',
};

/** Spellings that the strategy builder reads; it takes any other for `greater_than`. */
const comparisonsOfS = [
  'greater_than',
  'gt',
  'less_than',
  'lt',
  'greater_equal',
  'gte',
  'less_equal',
  'lte',
  'equals',
  'eq',
];
const readByS: ReadonlySet<string> = new Set([
  ...comparisonsOfS,
  'cross_above',
  'crosses_above',
  'cross_below',
  'crosses_below',
]);

export const operatorNames: readonly string[] = Object.keys(operators);

/** Null for what no dialect knows, and for `between`, which one of them takes and compiles to something else. */
export function operatorOf(text: string): RuleOperator | null {
  return Object.hasOwn(operators, text) ? (operators[text] ?? null) : null;
}

/** The backtester refuses `equals` and `eq`, which the strategy builder writes. */
export function isReadByB(text: string): boolean {
  return operatorOf(text) !== null && text !== 'equals' && text !== 'eq';
}

export function isReadByS(text: string): boolean {
  return readByS.has(text);
}
