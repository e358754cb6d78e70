import type { StrategyCheck, StrategyReading, StrategyText } from '../strategy.ts';
import type { ResolvedComparison, ResolvedOperand, ResolvedRules } from './resolve-program.ts';
import type { RuleReasons } from './rule-reasons.ts';
import type { RunningRules } from './running-rules.ts';

const signs = { mul: '*', div: '/', add: '+', sub: '-' } as const;
const sides = [
  ['entry', 'buy'],
  ['exit', 'sell'],
] as const;

/** The words of a comparison, made once: every bar has the same ones. */
interface CheckWords {
  readonly rule: StrategyText;
  readonly text: StrategyText;
  readonly left: StrategyText | null;
  readonly right: StrategyText | null;
}

/** Tells what rules at work see on their latest bar: the numbers by the program's names, and the conditions. */
export class RuleReadings {
  readonly #rules: ResolvedRules;
  readonly #reasons: RuleReasons | null;
  readonly #words = new Map<ResolvedComparison, CheckWords>();

  /** @param reasons null where the program is not known: there are no words for conditions then */
  constructor(rules: ResolvedRules, reasons: RuleReasons | null) {
    this.#rules = rules;
    this.#reasons = reasons;
  }

  /** Each number that is compared, once, entry before exit: `rsi`, `bb.upper`, `close[1]`, `ma * 1.02`. */
  numbers(running: RunningRules): readonly StrategyReading[] {
    const found = new Map<string, number>();
    for (const [side] of sides) {
      for (const { comparison, left, right } of running.compared(side)) {
        const [one, other] = [this.#nameOf(comparison.left), this.#nameOf(comparison.right)];
        if (one !== null) found.set(one, left);
        if (other !== null) found.set(other, right);
      }
    }
    return [...found].map(([name, value]) => ({ name, value }));
  }

  checks(running: RunningRules): readonly StrategyCheck[] {
    const reasons = this.#reasons;
    if (reasons === null) return [];
    return sides.flatMap(([side, asPeopleSay]) =>
      running.compared(side).map(({ comparison, left, right, isTrue }) => {
        const words = this.#wordsOf(comparison, side, reasons);
        return {
          side: asPeopleSay,
          rule: words.rule,
          text: words.text,
          left: { name: words.left, value: left },
          right: { name: words.right, value: right },
          holds: isTrue,
        };
      }),
    );
  }

  #wordsOf(comparison: ResolvedComparison, side: 'entry' | 'exit', reasons: RuleReasons): CheckWords {
    const known = this.#words.get(comparison);
    if (known !== undefined) return known;
    const words = {
      rule: reasons.heading(side),
      text: reasons.names(comparison),
      left: reasons.sideName(comparison, 'left'),
      right: reasons.sideName(comparison, 'right'),
    };
    this.#words.set(comparison, words);
    return words;
  }

  #nameOf(operand: ResolvedOperand): string | null {
    if (operand.kind === 'number') return null;
    const plain = operand.kind === 'price' ? operand.word : this.#seriesName(operand);
    const past = operand.barsAgo === 0 ? plain : `${plain}[${operand.barsAgo}]`;
    return operand.scale ? `${past} ${signs[operand.scale.operation]} ${operand.scale.by}` : past;
  }

  #seriesName({ indicator, output }: Extract<ResolvedOperand, { kind: 'indicator' }>): string {
    const found = this.#rules.indicators[indicator];
    if (found === undefined) return '';
    const { outputs } = found.definition;
    return outputs.length === 1 ? found.alias : `${found.alias}.${outputs[output] ?? output}`;
  }
}
