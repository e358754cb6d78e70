import type { IndicatorBar } from '#indicators/definition.ts';
import { RunningIndicator } from '#indicators/running-indicator.ts';
import { scaled } from './compare.ts';
import type { ResolvedComparison, ResolvedGroup, ResolvedOperand, ResolvedRules } from './resolve-program.ts';
import {
  heldComparisons,
  holdsComparison,
  isTrue,
  movingOperands,
  type HeldComparison,
  type OperandValues,
} from './rule-truth.ts';

/** The rules of one instrument at work, one bar after the other; the reference that `RuleColumns` must equal. */
export class RunningRules implements OperandValues {
  readonly #rules: ResolvedRules;
  readonly #indicators: readonly RunningIndicator[];
  /** Each operand's latest values, newest last, as many as its comparison looks back. */
  readonly #histories = new Map<ResolvedOperand, number[]>();
  #entry = false;
  #exit = false;

  constructor(rules: ResolvedRules) {
    this.#rules = rules;
    this.#indicators = rules.indicators.map(({ definition, values }) => new RunningIndicator(definition, values));
    for (const operand of [...movingOperands(rules.entry), ...movingOperands(rules.exit)]) {
      const length = operand.barsAgo + 2;
      this.#histories.set(
        operand,
        Array.from({ length }, () => NaN),
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
    this.#entry = isTrue(this.#rules.entry, this);
    this.#exit = isTrue(this.#rules.exit, this);
  }

  /** Why a side holds at the latest bar: see `heldComparisons`. */
  because(side: 'entry' | 'exit'): readonly HeldComparison[] {
    return heldComparisons(this.#rules[side], this);
  }

  /** Every comparison of a side at the latest bar, true or not, in order. */
  compared(side: 'entry' | 'exit'): readonly (HeldComparison & { readonly isTrue: boolean })[] {
    return comparisonsOf(this.#rules[side]).map((comparison) => ({
      comparison,
      left: this.value(comparison.left, 1),
      right: this.value(comparison.right, 1),
      isTrue: holdsComparison(comparison, this),
    }));
  }

  /** A history is `barsAgo + 2` long: its second value is the one of the decision, its first the one before. */
  value(operand: ResolvedOperand, place: 0 | 1): number {
    if (operand.kind === 'number') return operand.value;
    return this.#histories.get(operand)?.[place] ?? NaN;
  }

  #latest(operand: ResolvedOperand, bar: Readonly<IndicatorBar>): number {
    if (operand.kind === 'number') return operand.value;
    if (operand.kind === 'price') return scaled(bar[operand.word], operand.scale ?? null);
    return scaled(this.#indicators[operand.indicator]?.output[operand.output] ?? NaN, operand.scale);
  }
}

function comparisonsOf(group: ResolvedGroup): readonly ResolvedComparison[] {
  return group.rules.flatMap((rule) => (rule.kind === 'compare' ? [rule] : comparisonsOf(rule)));
}
