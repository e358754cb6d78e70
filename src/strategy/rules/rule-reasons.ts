import type { FindingTexts } from './finding.ts';
import type { RuleComparison, RuleGroup, RuleOperand, RulePattern, RuleProgram } from './program.ts';
import type { StrategyText } from '../strategy.ts';
import { operandText, patternText } from './operand-text.ts';
import type { ResolvedComparison, ResolvedGroup, ResolvedRules } from './resolve-program.ts';
import { heldClause, ruleSentence } from './rule-sentence.ts';
import type { HeldComparison } from './rule-truth.ts';

/** More would not fit into an order's reason; the rest is counted. */
const clausesMax = 3;

/** Knows of every resolved comparison which rule of the program it was, and says what held in the person's words. */
export class RuleReasons {
  readonly #program: RuleProgram;
  readonly #rules = new Map<ResolvedComparison, RuleComparison | RulePattern>();
  /** Every reason says the same names. */
  readonly #names = new Map<RuleOperand, string>();

  /** @param rules what `program` resolves to, so that both have the same shape */
  constructor(rules: ResolvedRules, program: RuleProgram) {
    this.#program = program;
    this.#pair(rules.entry, program.entry);
    this.#pair(rules.exit, program.exit);
  }

  /** One Korean sentence with the values of the bar; empty when nothing held. */
  sentence(held: readonly HeldComparison[]): string {
    const clauses = held.flatMap(({ comparison, left, right }) => {
      const rule = this.#rules.get(comparison);
      return rule === undefined ? [] : [heldClause(rule, this.#program, { left, right }, this.#nameOf)];
    });
    if (clauses.length === 0) return '';
    const more = clauses.length > clausesMax ? ` (조건 ${clauses.length - clausesMax}개 더)` : '';
    return `${clauses.slice(0, clausesMax).join(', ')}.${more}`;
  }

  /** The rule behind a comparison in words, without values; empty when it is not one of these. */
  names(comparison: ResolvedComparison): FindingTexts {
    const rule = this.#rules.get(comparison);
    if (rule === undefined) return { ko: '', en: '' };
    return { ko: ruleSentence(rule, this.#program, 'ko'), en: ruleSentence(rule, this.#program, 'en') };
  }

  /** What stands on a side of a comparison; null for a number, and when the comparison is not one of these. */
  sideName(comparison: ResolvedComparison, side: 'left' | 'right'): StrategyText | null {
    const rule = this.#rules.get(comparison);
    const program = this.#program;
    if (rule?.kind === 'pattern') {
      if (side === 'right') return null;
      return { ko: patternText(rule.alias, program, 'ko'), en: patternText(rule.alias, program, 'en') };
    }
    const operand = rule?.[side];
    if (operand === undefined || operand.kind === 'number') return null;
    return { ko: operandText(operand, program, 'ko'), en: operandText(operand, program, 'en') };
  }

  /** How the conditions of a side belong together; nested groups are told as they are written. */
  heading(side: 'entry' | 'exit'): StrategyText {
    const group = this.#program[side];
    const isFlat = group.rules.every(({ kind }) => kind === 'compare' || kind === 'pattern');
    if (!isFlat) return { ko: ruleSentence(group, this.#program, 'ko'), en: ruleSentence(group, this.#program, 'en') };
    if (group.kind === 'all') return { ko: '모두 맞으면', en: 'all of them' };
    return { ko: '하나라도 맞으면', en: 'any of them' };
  }

  readonly #nameOf = (operand: RuleOperand): string => {
    const known = this.#names.get(operand);
    if (known !== undefined) return known;
    const name = operandText(operand, this.#program, 'ko');
    this.#names.set(operand, name);
    return name;
  };

  #pair(resolved: ResolvedGroup, { rules }: RuleGroup): void {
    for (const [place, each] of resolved.rules.entries()) {
      const rule = rules[place];
      if (rule === undefined) continue;
      const group = rule.kind === 'compare' || rule.kind === 'pattern' ? null : rule;
      if (each.kind !== 'compare' && group !== null) this.#pair(each, group);
      else if (each.kind === 'compare' && (rule.kind === 'compare' || rule.kind === 'pattern'))
        this.#rules.set(each, rule);
    }
  }
}
