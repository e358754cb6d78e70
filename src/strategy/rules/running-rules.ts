import type { IndicatorBar } from '#indicators/definition.ts';
import { RunningIndicator } from '#indicators/running-indicator.ts';
import { holds, scaled, type Sides } from './compare.ts';
import type {
  ResolvedComparison,
  ResolvedGroup,
  ResolvedOperand,
  ResolvedRule,
  ResolvedRules,
} from './resolve-program.ts';

/** A comparison that holds, and the two values that it compared. */
export interface HeldComparison {
  readonly comparison: ResolvedComparison;
  readonly left: number;
  readonly right: number;
}

/** The rules of one instrument at work, one bar after the other; the reference that `RuleColumns` must equal. */
export class RunningRules {
  readonly #rules: ResolvedRules;
  readonly #indicators: readonly RunningIndicator[];
  /** Each operand's latest values, newest last, as many as its comparison looks back. */
  readonly #histories = new Map<ResolvedOperand, number[]>();
  readonly #sides: Sides = { left: NaN, right: NaN, leftBefore: NaN, rightBefore: NaN };
  #entry = false;
  #exit = false;

  constructor(rules: ResolvedRules) {
    this.#rules = rules;
    this.#indicators = rules.indicators.map(({ definition, values }) => new RunningIndicator(definition, values));
    for (const operand of [...operandsOf(rules.entry), ...operandsOf(rules.exit)]) {
      if (operand.kind !== 'number')
        this.#histories.set(
          operand,
          Array.from({ length: operand.barsAgo + 2 }, () => NaN),
        );
    }
  }

  /** Whether the entry rules held at the latest bar. */
  get entry(): boolean {
    return this.#entry;
  }

  get exit(): boolean {
    return this.#exit;
  }

  next(bar: Readonly<IndicatorBar>): void {
    for (const indicator of this.#indicators) indicator.next(bar);
    for (const [operand, history] of this.#histories) {
      history.shift();
      history.push(this.#latest(operand, bar));
    }
    this.#entry = this.#isTrue(this.#rules.entry);
    this.#exit = this.#isTrue(this.#rules.exit);
  }

  /**
   * Why a side holds at the latest bar: its true comparisons with both values, in order; of an `any` group only what the
   * first true rule says. Empty when the side does not hold.
   */
  because(side: 'entry' | 'exit'): readonly HeldComparison[] {
    return this.#held(this.#rules[side]);
  }

  /** Every comparison of a side at the latest bar, true or not, in order. */
  compared(side: 'entry' | 'exit'): readonly (HeldComparison & { readonly isTrue: boolean })[] {
    return comparisonsOf(this.#rules[side]).map((comparison) => ({
      comparison,
      left: this.#value(comparison.left, 1),
      right: this.#value(comparison.right, 1),
      isTrue: this.#holds(comparison),
    }));
  }

  #held(rule: ResolvedRule): readonly HeldComparison[] {
    if (!this.#isTrue(rule)) return [];
    if (rule.kind === 'compare') {
      return [{ comparison: rule, left: this.#value(rule.left, 1), right: this.#value(rule.right, 1) }];
    }
    if (rule.kind === 'all') return rule.rules.flatMap((each) => this.#held(each));
    const first = rule.rules.find((each) => this.#isTrue(each));
    return first === undefined ? [] : this.#held(first);
  }

  #latest(operand: ResolvedOperand, bar: Readonly<IndicatorBar>): number {
    if (operand.kind === 'number') return operand.value;
    if (operand.kind === 'price') return scaled(bar[operand.word], operand.scale ?? null);
    return scaled(this.#indicators[operand.indicator]?.output[operand.output] ?? NaN, operand.scale);
  }

  #isTrue(rule: ResolvedRule): boolean {
    if (rule.kind === 'compare') return this.#holds(rule);
    if (rule.rules.length === 0) return false;
    if (rule.kind === 'all') return rule.rules.every((each) => this.#isTrue(each));
    return rule.rules.some((each) => this.#isTrue(each));
  }

  #holds({ left, operator, right }: ResolvedComparison): boolean {
    const sides = this.#sides;
    sides.left = this.#value(left, 1);
    sides.leftBefore = this.#value(left, 0);
    sides.right = this.#value(right, 1);
    sides.rightBefore = this.#value(right, 0);
    return holds[operator](sides);
  }

  /** A history is `barsAgo + 2` long: its second value is the one of the decision, its first the one before. */
  #value(operand: ResolvedOperand, place: 0 | 1): number {
    if (operand.kind === 'number') return operand.value;
    return this.#histories.get(operand)?.[place] ?? NaN;
  }
}

function comparisonsOf(group: ResolvedGroup): readonly ResolvedComparison[] {
  return group.rules.flatMap((rule) => (rule.kind === 'compare' ? [rule] : comparisonsOf(rule)));
}

function operandsOf(group: ResolvedGroup): readonly ResolvedOperand[] {
  return group.rules.flatMap((rule) => (rule.kind === 'compare' ? [rule.left, rule.right] : operandsOf(rule)));
}
