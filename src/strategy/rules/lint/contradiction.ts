import { withParticle } from '../../korean-particle.ts';
import type { FindingTexts } from '../finding.ts';
import { defaultOf } from '../kis-yaml/flat-condition.ts';
import type {
  Rule,
  RuleComparison,
  RuleGroup,
  RuleOperand,
  RuleOperator,
  RulePattern,
  RuleProgram,
} from '../program.ts';
import { ruleSentence } from '../rule-sentence.ts';

/**
 * Why rules that must all hold never do: two of them leave no value, or no order of the same two values, on the bar of the
 * decision or, of crosses, on the one before. Groups of `all` within count as their rules; an `any` group is ruled out when
 * each of its rules is. Null when no such pair is found, which proves nothing. Costs the square of the rules.
 */
export function contradiction(rules: readonly Rule[], program: RuleProgram): FindingTexts | null {
  const needed = flat(rules);
  const claims = claimsOf(needed, program);
  const found = conflict(claims, claims);
  if (found !== null) return textsOf(found, program);
  for (const rule of needed) {
    if (rule.kind !== 'any') continue;
    const conflicts = rule.rules.map((one) => {
      const own = claimsOf(flat([one]), program);
      return conflict(own, own) ?? conflict(own, claims);
    });
    const [first] = conflicts;
    if (first && conflicts.every((one) => one !== null)) return textsOf(first, program);
  }
  return null;
}

type Plain = RuleComparison | RulePattern;

/** What a rule says of two values. Orders are bits: 1 below, 2 equal, 4 above. */
interface Claim {
  readonly rule: Plain;
  /** The left side, and the right one where it is no number. */
  readonly pair: string;
  /** The number on the right; null where a series stands there. */
  readonly value: number | null;
  readonly now: number;
  readonly before: number;
}

const [below, equal, above] = [1, 2, 4];
const anyOrder = below | equal | above;

/** The orders of left to right that an operator allows, now and on the bar before. */
const orders: Readonly<Record<RuleOperator, { readonly now: number; readonly before: number }>> = {
  greater_than: { now: above, before: anyOrder },
  greater_equal: { now: above | equal, before: anyOrder },
  less_than: { now: below, before: anyOrder },
  less_equal: { now: below | equal, before: anyOrder },
  equal: { now: equal, before: anyOrder },
  not_equal: { now: below | above, before: anyOrder },
  cross_above: { now: above, before: below | equal },
  cross_below: { now: below, before: above | equal },
};
const signalOrders: Readonly<Record<RulePattern['signal'], number>> = {
  bullish: above,
  bearish: below,
  detected: below | above,
};

function flat(rules: readonly Rule[]): readonly (Plain | RuleGroup)[] {
  return rules.flatMap((rule) => (rule.kind === 'all' ? flat(rule.rules) : [rule]));
}

function claimsOf(rules: readonly (Plain | RuleGroup)[], program: RuleProgram): readonly Claim[] {
  return rules.flatMap((rule) => {
    if (rule.kind === 'pattern') {
      return [{ rule, pair: `pattern ${rule.alias}`, value: 0, now: signalOrders[rule.signal], before: anyOrder }];
    }
    return rule.kind === 'compare' ? [claimOf(rule, program)] : [];
  });
}

/** A number stands on the right, of two series the one whose text is smaller on the left. */
function claimOf(rule: RuleComparison, program: RuleProgram): Claim {
  const { now, before } = orders[rule.operator];
  const [left, right] = [JSON.stringify(rule.left), JSON.stringify(rule.right)];
  const isTurned = rule.left.kind === 'number' || (rule.right.kind !== 'number' && right < left);
  const turn = (bits: number): number => (isTurned ? turned(bits) : bits);
  const number = numberOf(rule.right, program) ?? numberOf(rule.left, program);
  const pair = number === null ? (isTurned ? `${right} ${left}` : `${left} ${right}`) : isTurned ? right : left;
  return { rule, pair, value: number, now: turn(now), before: turn(before) };
}

function numberOf(operand: RuleOperand, { params }: RuleProgram): number | null {
  return operand.kind === 'number' ? defaultOf(operand.value, params) : null;
}

function turned(bits: number): number {
  return (bits & equal) | (bits & below ? above : 0) | (bits & above ? below : 0);
}

type Conflict = readonly [Claim, Claim];

function conflict(some: readonly Claim[], others: readonly Claim[]): Conflict | null {
  for (const one of some) {
    const other = others.find((each) => each !== one && each.pair === one.pair && isRuledOut(one, each));
    if (other !== undefined) return [one, other];
  }
  return null;
}

function isRuledOut(one: Claim, other: Claim): boolean {
  const [first, second] = [one.value ?? 0, other.value ?? 0];
  return (
    leavesNothing([one.now, first], [other.now, second]) || leavesNothing([one.before, first], [other.before, second])
  );
}

type Bound = readonly [orders: number, value: number];

/** Whether no number stands in both orders to both values. */
function leavesNothing([one, first]: Bound, [other, second]: Bound): boolean {
  if (first === second) return (one & other) === 0;
  if (Number.isNaN(first) || Number.isNaN(second)) return false;
  const [low, high] = first < second ? [one, other] : [other, one];
  // What is left: below both, the low value itself, between them, the high value itself, above both.
  const isBelow = (low & below) !== 0 && (high & below) !== 0;
  const isLow = (low & equal) !== 0 && (high & below) !== 0;
  const isBetween = (low & above) !== 0 && (high & below) !== 0;
  const isHigh = (low & above) !== 0 && (high & equal) !== 0;
  const isAbove = (low & above) !== 0 && (high & above) !== 0;
  return !(isBelow || isLow || isBetween || isHigh || isAbove);
}

function textsOf([one, other]: Conflict, program: RuleProgram): FindingTexts {
  const [oneKo, otherKo] = [ruleSentence(one.rule, program, 'ko'), ruleSentence(other.rule, program, 'ko')];
  const [oneEn, otherEn] = [ruleSentence(one.rule, program, 'en'), ruleSentence(other.rule, program, 'en')];
  return {
    ko: `${withParticle(`"${oneKo}"`, 'and')} ${withParticle(`"${otherKo}"`, 'topic')} 한꺼번에 맞을 수 없어요`,
    en: `"${oneEn}" and "${otherEn}" cannot hold together`,
  };
}
