import type { BarSeries } from '#domain/bar.ts';
import type { ResolvedGroup, ResolvedRule, ResolvedRules } from '#strategy/rules/resolve-program.ts';
import type { RuleColumns } from '#strategy/rules/rule-columns.ts';
import { comparisonText } from './operand-text.ts';
import { clockOf, finiteOrNull, type ScreenAsked } from './screen-market.ts';
import { barsOverAt } from './screen-moment.ts';
import { ruleColumnsOf, tradedBars } from './traded-bars.ts';

/** One rule and what became of it; of a group, its rules. */
export type ExplainedRule =
  | {
      readonly kind: 'compare';
      readonly text: string;
      readonly holds: boolean;
      /** Both sides at the day, and on the traded day before, which crosses look at; null where there is no number. */
      readonly left: number | null;
      readonly right: number | null;
      readonly leftBefore: number | null;
      readonly rightBefore: number | null;
    }
  | {
      readonly kind: 'all' | 'any';
      readonly holds: boolean;
      readonly rules: readonly ExplainedRule[];
    };

export interface ScreenExplanation {
  /** False: nobody traded that day, of minutes by then, so nothing was asked. */
  readonly traded: boolean;
  /** Of minutes: when the bar began that was looked at, `10:29`. */
  readonly bar?: string;
  /** Traded bars up to the moment, and how many the rules need. */
  readonly bars: number;
  readonly barsNeeded: number;
  /** Null when it did not trade. */
  readonly rule: ExplainedRule | null;
}

/** Why one instrument is found, or why not. @param series up to the day of the moment and no further */
export function explainScreen(
  series: BarSeries,
  rules: ResolvedRules,
  { moment, labels, index }: ScreenAsked,
): ScreenExplanation {
  const bars = tradedBars(barsOverAt(series, moment));
  const counts = { bars: bars.date.length, barsNeeded: rules.warmUpBars };
  if (bars.date.at(-1) !== moment.date) return { traded: false, ...counts, rule: null };
  const bar = moment.time === null ? {} : { bar: clockOf(bars.startsAtMs.at(-1) ?? 0) };
  const explainer: Explainer = { columns: ruleColumnsOf(bars, index), rules, labels, last: bars.date.length - 1 };
  return { traded: true, ...bar, ...counts, rule: explainGroup(rules.entry, explainer) };
}

interface Explainer {
  readonly columns: RuleColumns;
  readonly rules: ResolvedRules;
  readonly labels: ReadonlyMap<string, string>;
  readonly last: number;
}

function explainGroup(group: ResolvedGroup, explainer: Explainer): ExplainedRule {
  const holds = explainer.columns.mask(group, explainer.rules.indicators)[explainer.last] === 1;
  return { kind: group.kind, holds, rules: group.rules.map((rule) => explainRule(rule, explainer)) };
}

function explainRule(rule: ResolvedRule, explainer: Explainer): ExplainedRule {
  if (rule.kind !== 'compare') return explainGroup(rule, explainer);
  const { columns, rules, labels, last } = explainer;
  const alone: ResolvedGroup = { kind: 'all', rules: [rule] };
  const [left, right] = [rule.left, rule.right].map((operand) => columns.column(operand, rules.indicators));
  return {
    kind: 'compare',
    text: comparisonText(rule, rules, labels),
    holds: columns.mask(alone, rules.indicators)[last] === 1,
    left: finiteOrNull(left?.[last]),
    right: finiteOrNull(right?.[last]),
    leftBefore: finiteOrNull(left?.[last - 1]),
    rightBefore: finiteOrNull(right?.[last - 1]),
  };
}
