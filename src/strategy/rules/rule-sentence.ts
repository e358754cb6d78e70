import { withParticle } from '../korean-particle.ts';
import { numberText, operandText, patternText, type SentenceLanguage } from './operand-text.ts';
import type {
  Rule,
  RuleComparison,
  RuleGroup,
  RuleOperand,
  RuleOperator,
  RulePattern,
  RuleProgram,
} from './program.ts';

/**
 * What a side of a program does, as one sentence: `5일 평균이 20일 평균을 위로 뚫으면 사요.`, `Buys when the 5-day average
 * crosses above the 20-day average.`
 */
export function sideSentence(side: 'entry' | 'exit', program: RuleProgram, language: SentenceLanguage): string {
  const group = program[side];
  const isEmpty = group.rules.length === 0;
  if (language === 'ko') {
    const verb = side === 'entry' ? '사요' : '팔아요';
    if (isEmpty) return side === 'entry' ? '사는 조건이 없어요.' : '조건으로는 팔지 않아요.';
    return `${ruleSentence(group, program, 'ko')} ${verb}.`;
  }
  if (isEmpty) return side === 'entry' ? 'Nothing says when to buy.' : 'No rule says when to sell.';
  return `${side === 'entry' ? 'Buys' : 'Sells'} when ${ruleSentence(group, program, 'en')}.`;
}

/** A rule as a clause: `RSI(14)이 30보다 낮으면`, `RSI(14) is below 30`. */
export function ruleSentence(rule: Rule, program: RuleProgram, language: SentenceLanguage): string {
  return language === 'ko' ? korean(rule, program, 'if') : english(rule, program);
}

/**
 * What held at a bar, with its values: `5일 평균 50,120이 20일 평균 49,900을 위로 뚫었어요`. A number on either side is not
 * said twice.
 *
 * @param nameOf an operand of the program in Korean, for callers that keep those texts
 */
export function heldClause(
  rule: RuleComparison | RulePattern,
  program: RuleProgram,
  { left, right }: { readonly left: number; readonly right: number },
  nameOf: (operand: RuleOperand) => string = (operand) => operandText(operand, program, 'ko'),
): string {
  if (rule.kind === 'pattern') return koreanPattern(rule, program, 'was');
  const said = (operand: RuleOperand, value: number): string =>
    operand.kind === 'number' ? numberText(value) : `${nameOf(operand)} ${numberText(value)}`;
  return koreanClause(said(rule.left, left), rule.operator, said(rule.right, right), 'was');
}

/** How a Korean clause goes on: `낮으면`, `낮고`, `낮거나`, `낮아요`. */
type Ending = 'if' | 'and' | 'or' | 'was';

type Endings = Readonly<Record<Ending, string>>;

const over: Endings = { if: '높으면', and: '높고', or: '높거나', was: '높아요' };
const under: Endings = { if: '낮으면', and: '낮고', or: '낮거나', was: '낮아요' };
const koreanOperators: Readonly<Record<RuleOperator, readonly [before: string, Endings]>> = {
  greater_than: ['보다', over],
  less_than: ['보다', under],
  greater_equal: ['', { if: '이상이면', and: '이상이고', or: '이상이거나', was: '이상이에요' }],
  less_equal: ['', { if: '이하이면', and: '이하이고', or: '이하이거나', was: '이하예요' }],
  equal: ['', { if: '같으면', and: '같고', or: '같거나', was: '같아요' }],
  not_equal: ['', { if: '다르면', and: '다르고', or: '다르거나', was: '달라요' }],
  cross_above: ['', { if: '위로 뚫으면', and: '위로 뚫고', or: '위로 뚫거나', was: '위로 뚫었어요' }],
  cross_below: ['', { if: '아래로 뚫으면', and: '아래로 뚫고', or: '아래로 뚫거나', was: '아래로 뚫었어요' }],
};

function korean(rule: Rule, program: RuleProgram, ending: Ending): string {
  if (rule.kind === 'compare') return koreanComparison(rule, program, ending);
  if (rule.kind === 'pattern') return koreanPattern(rule, program, ending);
  return koreanGroup(rule, program, ending);
}

function koreanGroup({ kind, rules }: RuleGroup, program: RuleProgram, ending: Ending): string {
  const last = rules.length - 1;
  const between: Ending = kind === 'all' ? 'and' : 'or';
  const parts = rules.map((rule, place) => {
    const isGroup = rule.kind === 'all' || rule.kind === 'any';
    const text = korean(rule, program, place === last ? ending : between);
    return isGroup && rules.length > 1 && rule.rules.length > 1 ? `(${text})` : text;
  });
  if (parts.length === 0) return ending === 'if' ? '(조건 없음)이면' : '(조건 없음)';
  return parts.join(kind === 'all' ? ', ' : ' ');
}

function koreanComparison({ left, operator, right }: RuleComparison, program: RuleProgram, ending: Ending): string {
  return koreanClause(operandText(left, program, 'ko'), operator, operandText(right, program, 'ko'), ending);
}

function koreanClause(from: string, operator: RuleOperator, to: string, ending: Ending): string {
  const [before, endings] = koreanOperators[operator];
  if (operator === 'greater_than' || operator === 'less_than') {
    return `${withParticle(from, 'subject')} ${to}${before} ${endings[ending]}`;
  }
  if (operator === 'greater_equal' || operator === 'less_equal') {
    return `${withParticle(from, 'subject')} ${to} ${endings[ending]}`;
  }
  const joined =
    operator === 'equal' || operator === 'not_equal' ? withParticle(to, 'and') : withParticle(to, 'object');
  return `${withParticle(from, 'subject')} ${joined} ${endings[ending]}`;
}

function koreanPattern({ alias, signal }: RulePattern, program: RuleProgram, ending: Ending): string {
  const name = patternText(alias, program, 'ko');
  const sign = signal === 'bullish' ? '오름 ' : signal === 'bearish' ? '내림 ' : '';
  const endings: Endings = { if: '나타나면', and: '나타나고', or: '나타나거나', was: '나타났어요' };
  return `${sign}${withParticle(name, 'subject')} ${endings[ending]}`;
}

const englishOperators: Readonly<Record<RuleOperator, string>> = {
  greater_than: 'is above',
  less_than: 'is below',
  greater_equal: 'is at least',
  less_equal: 'is at most',
  equal: 'equals',
  not_equal: 'differs from',
  cross_above: 'crosses above',
  cross_below: 'crosses below',
};

function english(rule: Rule, program: RuleProgram): string {
  if (rule.kind === 'compare') {
    const { left, operator, right } = rule;
    return `${operandText(left, program, 'en')} ${englishOperators[operator]} ${operandText(right, program, 'en')}`;
  }
  if (rule.kind === 'pattern') {
    const sign = rule.signal === 'detected' ? '' : `${rule.signal} `;
    return `a ${sign}${patternText(rule.alias, program, 'en')} appears`;
  }
  if (rule.rules.length === 0) return '(no rule)';
  const parts = rule.rules.map((each) => {
    const isGroup = (each.kind === 'all' || each.kind === 'any') && each.rules.length > 1 && rule.rules.length > 1;
    return isGroup ? `(${english(each, program)})` : english(each, program);
  });
  return parts.join(rule.kind === 'all' ? ' and ' : ' or ');
}
