import { withParticle } from '../../korean-particle.ts';
import { finding, type RuleFinding } from '../finding.ts';
import { numberText, operandText, ruleNumberText } from '../operand-text.ts';
import type { Rule, RuleComparison, RuleGroup, RuleProgram } from '../program.ts';
import type { ResolvedComparison, ResolvedGroup } from '../resolve-program.ts';
import type { SeenProgram } from './lint-engines.ts';
import { unitDoubt } from './unit-doubt.ts';

/** Fewer values than these show no usual range. */
const valuesMin = 60;
/** A threshold this many times below the least value or above the greatest is no strict threshold: it is another unit. */
const factor = 20;

/**
 * `L4` with evidence: a number that a value was never even near, so that the rule never held. Only values that keep one
 * sign can be so far from a number, and rules that held are left alone: a floor far below every price is a good filter.
 */
export function seeUnits(seen: SeenProgram): readonly RuleFinding[] {
  const { program, rules } = seen;
  return (['entry', 'exit'] as const).flatMap((side) =>
    seeGroup(program[side], rules[side], `strategy.${side}.conditions`, seen),
  );
}

function seeGroup(
  { rules }: RuleGroup,
  resolved: ResolvedGroup,
  where: string,
  seen: SeenProgram,
): readonly RuleFinding[] {
  return rules.flatMap((rule: Rule, place) => {
    const [path, one] = [`${where}.${place}`, resolved.rules[place]];
    if (one === undefined || rule.kind === 'pattern') return [];
    if (rule.kind === 'compare') return one.kind === 'compare' ? seeComparison(rule, one, path, seen) : [];
    return one.kind === 'compare' ? [] : seeGroup(rule, one, `${path}.conditions`, seen);
  });
}

function seeComparison(
  rule: RuleComparison,
  { left, right }: ResolvedComparison,
  path: string,
  { program, rules, columns }: SeenProgram,
): readonly RuleFinding[] {
  if (rule.left.kind === 'number' || rule.right.kind !== 'number' || right.kind !== 'number') return [];
  if (unitDoubt(rule, program) !== null) return [];
  const seenRange = rangeOf(columns.column(left, rules.indicators));
  if (seenRange === null || !isFarFrom(right.value, seenRange) || canHold(rule, right.value, seenRange)) return [];
  return [finding('warning', 'L4', path, textsOf(rule, rule.right.value, program, seenRange))];
}

interface SeenRange {
  readonly least: number;
  readonly most: number;
}

function rangeOf(column: Float64Array): SeenRange | null {
  let [least, most, values] = [Infinity, -Infinity, 0];
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    values += 1;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return values < valuesMin ? null : { least, most };
}

function isFarFrom(value: number, { least, most }: SeenRange): boolean {
  if (value === 0 || !(least > 0 || most < 0) || Math.sign(value) !== Math.sign(least)) return false;
  const [size, ends] = [Math.abs(value), [Math.abs(least), Math.abs(most)]];
  return size * factor <= Math.min(...ends) || size >= factor * Math.max(...ends);
}

function canHold({ operator }: RuleComparison, value: number, { least }: SeenRange): boolean {
  const isAbove = least > value;
  if (operator === 'not_equal') return true;
  return isAbove
    ? operator === 'greater_than' || operator === 'greater_equal'
    : operator === 'less_than' || operator === 'less_equal';
}

function textsOf(
  rule: RuleComparison,
  value: Parameters<typeof ruleNumberText>[0],
  program: RuleProgram,
  { least, most }: SeenRange,
): { readonly ko: string; readonly en: string } {
  const [from, to, said] = [numberText(least), numberText(most), ruleNumberText(value, program)];
  return {
    ko: `${withParticle(`"${operandText(rule.left, program, 'ko')}"`, 'topic')} 이 봉들에서 ${from}~${to}이었는데 ${withParticle(said, 'and')} 견주고 있어서 한 번도 맞지 않았어요. 단위를 확인해 주세요.`,
    en: `${operandText(rule.left, program, 'en')} was ${from} to ${to} on these bars and is compared with ${said}, so it never held; check the unit.`,
  };
}
