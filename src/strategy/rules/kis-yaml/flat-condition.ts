import { indicatorById } from '#indicators/catalogue.ts';
import type { FindingTexts } from '../finding.ts';
import type {
  Rule,
  RuleComparison,
  RuleIndicator,
  RuleNumber,
  RuleOperand,
  RuleOperator,
  RuleProgram,
} from '../program.ts';

/** A condition as a file has it, keys in their order; or why the dialect has no words for the rule. */
export type FlatCondition =
  | {
      readonly kind: 'condition';
      readonly fields: ReadonlyMap<string, unknown>;
      /** An indicator that the condition needs and the program lacks. */
      readonly needs?: RuleIndicator;
    }
  | { readonly kind: 'inexpressible'; readonly reason: FindingTexts };

type Series = Exclude<RuleOperand, { kind: 'number' }>;

/** What stands for "never": an empty group is "always" to the backtester. */
export const neverCondition: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['indicator', 'close'],
  ['operator', 'less_than'],
  ['value', 0],
]);

/** One rule in the words of a dialect. */
export function flatCondition(rule: Rule, program: RuleProgram, dialect: 'b' | 's'): FlatCondition {
  if (rule.kind === 'pattern') {
    return condition([
      ['candlestick', rule.alias],
      ['signal', rule.signal],
    ]);
  }
  if (rule.kind !== 'compare') return no('묶음 안의 묶음', 'a group within a group');
  const turned = numberOnRight(rule);
  if (turned === null) return no('숫자끼리 견주기', 'a comparison of two numbers');
  const { left, operator, right } = turned;
  const reason = withoutWords(turned, program) ?? (dialect === 's' ? withoutWordsOfS(turned) : null);
  if (reason !== null) return reason;
  return right.kind === 'number'
    ? withNumber(left, operator, right.value, program, dialect)
    : withSeries(left, operator, right, program, dialect);
}

interface Turned {
  readonly left: Series;
  readonly operator: RuleOperator;
  readonly right: RuleOperand;
}

function withoutWords({ left, right }: Turned, program: RuleProgram): FlatCondition | null {
  if (left.scale) return no('왼쪽 값에 하는 계산', 'a calculation on the left side');
  const sides = right.kind === 'number' ? [left] : [left, right];
  if (sides.some(({ barsAgo }) => barsAgo > 0)) return no('지난 봉의 값', 'the value of an earlier bar');
  const aliases = sides.flatMap((side) => (side.kind === 'indicator' ? [side.alias] : []));
  if (program.indicators.some(({ alias, average }) => average !== undefined && aliases.includes(alias))) {
    return no('지표 값의 평균', 'the mean of an indicator');
  }
  if (!sides.some((side) => isPatternAlias(side, program))) return null;
  return no('캔들 패턴의 값 견주기', 'a comparison with the value of a candlestick pattern');
}

function withoutWordsOfS({ left, operator, right }: Turned): FlatCondition | null {
  if (operator === 'not_equal') {
    return no('"같지 않다" (S는 "크다"로 읽어요)', 'not_equal, which S takes for greater_than');
  }
  const hasVolume = [left, right].some((one) => one.kind === 'price' && one.word === 'volume');
  return hasVolume ? no('거래량 (S의 가격 낱말에 없어요)', 'the volume, which S does not know as a price') : null;
}

function withNumber(
  left: Series,
  operator: RuleOperator,
  value: RuleNumber,
  program: RuleProgram,
  dialect: 'b' | 's',
): FlatCondition {
  if (dialect === 'b' && typeof value === 'object' && (value.times !== undefined || value.plus !== undefined)) {
    return no('변수로 하는 계산', 'a calculation with a parameter');
  }
  const number = writtenNumber(value, program, dialect);
  if (number === null) return no('지수로만 적을 수 있는 숫자', 'a number that can only be written with an exponent');
  return condition([
    ...leftFields(left, program),
    ['operator', spelt(operator, dialect)],
    [dialect === 's' ? 'compare_to' : 'value', number],
  ]);
}

function withSeries(
  left: Series,
  operator: RuleOperator,
  right: Series,
  program: RuleProgram,
  dialect: 'b' | 's',
): FlatCondition {
  const start = [...leftFields(left, program), ['operator', spelt(operator, dialect)]] as const;
  if (!right.scale) return condition([...start, ...rightFields(right, program)]);
  if (right.kind === 'price') return no('가격에 하는 계산', 'a calculation on a price');
  if (operator.startsWith('cross'))
    return no('계산한 값과의 교차 (B는 계산을 빼고 봐요)', 'a cross of a calculated value, which B ignores');
  if (dialect === 's') return asDisparity(left, operator, right, program);
  if (String(right.scale.by).includes('e'))
    return no('지수로만 적을 수 있는 숫자', 'a number that can only be written with an exponent');
  return condition([
    ...start,
    ...rightFields(right, program),
    ['compare_scalar', right.scale.by],
    ['compare_operation', right.scale.operation],
  ]);
}

/** `close < sma × k` is `disparity < 100 k`, which the strategy builder has words for. */
function asDisparity(
  left: Series,
  operator: RuleOperator,
  right: Extract<RuleOperand, { kind: 'indicator' }>,
  program: RuleProgram,
): FlatCondition {
  const average = program.indicators.find(({ alias }) => alias === right.alias);
  const { scale } = right;
  const factor = scale?.operation === 'mul' ? scale.by : scale?.operation === 'div' ? 1 / scale.by : NaN;
  const isClose = left.kind === 'price' && left.word === 'close';
  const isOrder = operator !== 'equal' && operator !== 'not_equal';
  if (average?.id !== 'sma' || !isClose || !isOrder || !(factor > 0)) {
    return no('지표에 하는 계산', 'a calculation on an indicator');
  }
  const alias = `${average.alias}_disparity`.slice(0, 64);
  const needs = { alias, label: alias, id: 'disparity', params: average.params, output: 'value' };
  const value = Math.round(factor * 1e11) / 1e9;
  const fields = new Map<string, unknown>([
    ['indicator', alias],
    ['operator', operator],
    ['compare_to', value],
    ['output', 'value'],
  ]);
  return { kind: 'condition', fields, needs };
}

function leftFields(left: Series, program: RuleProgram): readonly (readonly [string, unknown])[] {
  if (left.kind === 'price') return [['indicator', left.word]];
  return [['indicator', left.alias], ...outputField('output', left, program)];
}

function rightFields(right: Series, program: RuleProgram): readonly (readonly [string, unknown])[] {
  if (right.kind === 'price') return [['compare_to', right.word]];
  return [['compare_to', right.alias], ...outputField('compare_output', right, program)];
}

/** Said wherever there is a choice: the two programs choose differently. */
function outputField(
  key: string,
  { alias, output }: Extract<RuleOperand, { kind: 'indicator' }>,
  { indicators }: RuleProgram,
): readonly (readonly [string, unknown])[] {
  const id = indicators.find((one) => one.alias === alias)?.id ?? '';
  return (indicatorById(id)?.outputs.length ?? 1) > 1 ? [[key, output]] : [];
}

/** The strategy builder knows no parameters: their defaults stand in their place. */
function writtenNumber(value: RuleNumber, { params }: RuleProgram, dialect: 'b' | 's'): number | string | null {
  if (typeof value === 'object' && dialect === 'b') return `$${value.param}`;
  const number = defaultOf(value, params);
  return Number.isFinite(number) && !String(number).includes('e') ? number : null;
}

/** The number that stands there while nobody changes a parameter. */
export function defaultOf(value: RuleNumber, params: RuleProgram['params']): number {
  if (typeof value === 'number') return value;
  return (value.plus ?? 0) + (value.times ?? 1) * (params[value.param]?.default ?? NaN);
}

const mirrored: Readonly<Record<RuleOperator, RuleOperator>> = {
  greater_than: 'less_than',
  less_than: 'greater_than',
  greater_equal: 'less_equal',
  less_equal: 'greater_equal',
  equal: 'equal',
  not_equal: 'not_equal',
  cross_above: 'cross_below',
  cross_below: 'cross_above',
};

/** Files have numbers on the right only; null for two numbers. */
function numberOnRight({ left, operator, right }: RuleComparison): Turned | null {
  if (left.kind !== 'number') return { left, operator, right };
  if (right.kind === 'number') return null;
  return { left: right, operator: mirrored[operator], right: left };
}

function isPatternAlias(operand: Series, { candlesticks }: RuleProgram): boolean {
  return operand.kind === 'indicator' && candlesticks.some(({ alias }) => alias === operand.alias);
}

function spelt(operator: RuleOperator, dialect: 'b' | 's'): string {
  return operator === 'equal' && dialect === 's' ? 'equals' : operator;
}

function condition(fields: readonly (readonly [string, unknown])[]): FlatCondition {
  return { kind: 'condition', fields: new Map(fields) };
}

function no(ko: string, en: string): FlatCondition {
  return { kind: 'inexpressible', reason: { ko, en } };
}
