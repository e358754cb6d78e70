import { indicatorById } from '#indicators/catalogue.ts';
import { withParticle } from '../../korean-particle.ts';
import type { FindingTexts } from '../finding.ts';
import { defaultOf } from '../kis-yaml/flat-condition.ts';
import { numberText, operandText } from '../operand-text.ts';
import type {
  Rule,
  RuleComparison,
  RuleGroup,
  RuleOperand,
  RuleOperator,
  RulePattern,
  RuleProgram,
} from '../program.ts';
import { contradiction } from './contradiction.ts';
import {
  anyRange,
  bearishOnly,
  bullishOnly,
  outputRange,
  priceRange,
  volumeRange,
  type ValueRange,
} from './output-ranges.ts';
import { isAtMost, isExtreme } from './series-order.ts';

/** What can be said of a rule without a single bar; `open` when it depends on them. */
export type Truth =
  | { readonly kind: 'never'; readonly isExtreme: boolean; readonly why: FindingTexts }
  | { readonly kind: 'always'; readonly why: FindingTexts }
  | { readonly kind: 'open' };

type Never = Extract<Truth, { kind: 'never' }>;

const open: Truth = { kind: 'open' };

/** Whether a rule can ever be true, or ever be false, by the ranges of its values and the order among them. */
export function truthOf(rule: Rule, program: RuleProgram): Truth {
  if (rule.kind === 'pattern') return patternTruth(rule, program);
  if (rule.kind === 'compare') return comparisonTruth(rule, program);
  return groupTruth(rule, program);
}

function groupTruth({ kind, rules }: RuleGroup, program: RuleProgram): Truth {
  if (rules.length === 0) return never('조건이 하나도 없어요', 'it holds no rule');
  const truths = rules.map((rule) => truthOf(rule, program));
  const nevers = truths.filter((truth) => truth.kind === 'never');
  const always = truths.filter((truth) => truth.kind === 'always');
  const [firstNever, firstAlways] = [nevers[0], always[0]];
  if (kind === 'all') {
    if (firstNever !== undefined) return firstNever;
    return firstAlways !== undefined && always.length === rules.length ? firstAlways : contradicted(rules, program);
  }
  if (firstAlways !== undefined) return firstAlways;
  return firstNever !== undefined && nevers.length === rules.length ? firstNever : open;
}

function contradicted(rules: readonly Rule[], program: RuleProgram): Truth {
  const why = contradiction(rules, program);
  return why === null ? open : { kind: 'never', isExtreme: false, why };
}

function patternTruth({ alias, signal }: RulePattern, { candlesticks }: RuleProgram): Truth {
  const id = candlesticks.find((one) => one.alias === alias)?.id ?? '';
  if (signal === 'bearish' && bullishOnly.has(id)) {
    return never(`${id} 패턴은 내림(bearish)으로 나오는 일이 없어요`, `the pattern ${id} is never bearish`);
  }
  if (signal === 'bullish' && bearishOnly.has(id)) {
    return never(`${id} 패턴은 오름(bullish)으로 나오는 일이 없어요`, `the pattern ${id} is never bullish`);
  }
  return open;
}

function comparisonTruth(rule: RuleComparison, program: RuleProgram): Truth {
  const { left, right } = rule;
  const missing = withoutIndex(left, program) ?? withoutIndex(right, program);
  if (missing !== null) return missing;
  if (left.kind === 'number' || right.kind === 'number') return againstNumber(rule, program);
  return betweenSeries(rule, program);
}

/** Two series of which one can never lie beyond the other. */
function betweenSeries({ left, operator, right }: RuleComparison, program: RuleProgram): Truth {
  const isUp = operator === 'greater_than' || operator === 'cross_above';
  const isDown = operator === 'less_than' || operator === 'cross_below';
  if (!(isUp && isAtMost(left, right, program)) && !(isDown && isAtMost(right, left, program))) return open;
  const includes = isExtreme(left, program) || isExtreme(right, program);
  const [ko, en] = [operandText(left, program, 'ko'), operandText(left, program, 'en')];
  const [otherKo, otherEn] = [operandText(right, program, 'ko'), operandText(right, program, 'en')];
  const why = includes
    ? {
        ko: `"${otherKo}"에는 오늘 봉도 들어 있어서 ${withParticle(`"${ko}"`, 'subject')} ${isUp ? '넘을' : '밑돌'} 수 없어요. 전 봉까지의 값과 견주려면 x_snowball의 조건에 compare_offset: 1(조건식에서는 [1])을 쓰세요`,
        en: `${otherEn} includes today's bar, so ${en} can never lie ${isUp ? 'above' : 'below'} it; compare with the bar before: compare_offset: 1 in a condition under x_snowball, or [1] in an expression`,
      }
    : {
        ko: `${withParticle(`"${ko}"`, 'topic')} "${otherKo}"보다 ${isUp ? '높을' : '낮을'} 수 없어요`,
        en: `${en} can never lie ${isUp ? 'above' : 'below'} ${otherEn}`,
      };
  return { kind: 'never', isExtreme: includes, why };
}

/** A value that is computed against an index is no number anywhere, unless a run is given one. */
function withoutIndex(operand: RuleOperand, program: RuleProgram): Never | null {
  if (operand.kind !== 'indicator') return null;
  const id = program.indicators.find(({ alias }) => alias === operand.alias)?.id ?? '';
  if (indicatorById(id)?.inputs.includes('benchmark') !== true) return null;
  return never(
    `${withParticle(`"${operandText(operand, program, 'ko')}"`, 'topic')} 지수와 견주는 값이라, 돌릴 때 --benchmark 069500처럼 지수를 주지 않으면 값이 없어요`,
    `${operandText(operand, program, 'en')} is computed against an index, and has no value in a run without --benchmark, such as --benchmark 069500`,
  );
}

const mirrored: Readonly<Partial<Record<RuleOperator, RuleOperator>>> = {
  greater_than: 'less_than',
  less_than: 'greater_than',
  greater_equal: 'less_equal',
  less_equal: 'greater_equal',
  cross_above: 'cross_below',
  cross_below: 'cross_above',
};

function againstNumber({ left, operator, right }: RuleComparison, program: RuleProgram): Truth {
  const isTurned = left.kind === 'number';
  const [series, number] = isTurned ? [right, left] : [left, right];
  const value = number.kind === 'number' ? defaultOf(number.value, program.params) : NaN;
  const range = rangeOf(series, program);
  const verdict = verdicts[isTurned ? (mirrored[operator] ?? operator) : operator](range, value);
  if (verdict === 'open') return open;
  const said = `${numberText(range.least)}–${Number.isFinite(range.most) ? numberText(range.most) : '∞'}`;
  const least = range.least === Number.MIN_VALUE ? '> 0' : said;
  const why = {
    ko: `"${operandText(series, program, 'ko')}"의 값은 ${least}인데 ${withParticle(numberText(value), 'and')} 견주고 있어요`,
    en: `${operandText(series, program, 'en')} is ${least}, and it is held against ${numberText(value)}`,
  };
  return verdict === 'always' ? { kind: 'always', why } : { kind: 'never', isExtreme: false, why };
}

const verdicts: Readonly<Record<RuleOperator, (range: ValueRange, value: number) => Truth['kind']>> = {
  greater_than: ({ least, most }, value) => (most <= value ? 'never' : least > value ? 'always' : 'open'),
  less_than: ({ least, most }, value) => (least >= value ? 'never' : most < value ? 'always' : 'open'),
  greater_equal: ({ least, most }, value) => (most < value ? 'never' : least >= value ? 'always' : 'open'),
  less_equal: ({ least, most }, value) => (least > value ? 'never' : most <= value ? 'always' : 'open'),
  equal: ({ least, most }, value) => (value < least || value > most ? 'never' : 'open'),
  not_equal: ({ least, most }, value) => (value < least || value > most ? 'always' : 'open'),
  cross_above: ({ least, most }, value) => (most <= value || least > value ? 'never' : 'open'),
  cross_below: ({ least, most }, value) => (least >= value || most < value ? 'never' : 'open'),
};

/** What an operand can be, its calculation included. */
export function rangeOf(operand: RuleOperand, program: RuleProgram): ValueRange {
  if (operand.kind === 'number') return anyRange;
  const plain =
    operand.kind === 'price'
      ? operand.word === 'volume'
        ? volumeRange
        : priceRange
      : outputRange(program.indicators.find(({ alias }) => alias === operand.alias)?.id ?? '', operand.output);
  const { scale } = operand;
  if (!scale) return plain;
  const ends = [plain.least, plain.most].map((end) => {
    if (scale.operation === 'add') return end + scale.by;
    if (scale.operation === 'sub') return end - scale.by;
    return scale.operation === 'mul' ? end * scale.by : end / scale.by;
  });
  // Infinity times 0 is no number: nothing is known then.
  if (ends.some((end) => Number.isNaN(end))) return anyRange;
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

function never(ko: string, en: string): Never {
  return { kind: 'never', isExtreme: false, why: { ko, en } };
}
