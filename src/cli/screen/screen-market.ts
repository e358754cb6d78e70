import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { ResolvedGroup, ResolvedOperand, ResolvedRules } from '#strategy/rules/resolve-program.ts';
import { operandText } from './operand-text.ts';
import { ruleColumnsOf, tradedBars } from './traded-bars.ts';

export interface ScreenHit {
  readonly symbol: string;
  readonly name: string;
  readonly close: number;
  readonly volume: number;
  /** One for each of `Screen.operands`; null where there is no number yet. */
  readonly values: readonly (number | null)[];
}

export interface Screen {
  /** yyyymmdd */
  readonly date: number;
  /** What the expression reads besides close and volume, as it would stand there. */
  readonly operands: readonly string[];
  /** Instruments looked at. */
  readonly stored: number;
  /** Of those, the ones that traded on the day: nobody else can be found. */
  readonly traded: number;
  /** By listing code. */
  readonly hits: readonly ScreenHit[];
}

export interface ScreenSource {
  /** Up to the day of the screen and no further. */
  readonly series: readonly BarSeries[];
  readonly names: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
}

/** Every instrument for which the entry rules hold at the close of `date`, with what they read that day. */
export function screenMarket({ series, names, labels }: ScreenSource, rules: ResolvedRules, date: number): Screen {
  const operands = operandsOf(rules, labels);
  const hits: ScreenHit[] = [];
  let traded = 0;
  for (const [index, one] of series.entries()) {
    if (!tradedOn(one, date)) continue;
    traded += 1;
    const bars = tradedBars(one);
    const columns = ruleColumnsOf(bars);
    const last = bars.date.length - 1;
    if (columns.entry(rules)[last] !== 1) continue;
    const value = (operand: ResolvedOperand): number | null =>
      finiteOrNull(columns.column(operand, rules.indicators)[last]);
    hits.push({
      symbol: symbolOf(one.instrument),
      name: names[index] ?? '',
      close: bars.close[last] ?? NaN,
      volume: bars.volume[last] ?? NaN,
      values: [...operands.values()].map(value),
    });
  }
  return { date, operands: [...operands.keys()], stored: series.length, traded, hits };
}

/** True when the last bar is of `date` and somebody traded. */
export function tradedOn({ date, volume }: BarSeries, day: number): boolean {
  return date.at(-1) === day && (volume.at(-1) ?? 0) > 0;
}

/** By their text, each once; numbers and what every hit shows anyway are left out. */
function operandsOf(rules: ResolvedRules, labels: ReadonlyMap<string, string>): ReadonlyMap<string, ResolvedOperand> {
  const found = new Map<string, ResolvedOperand>();
  const walk = (group: ResolvedGroup): void => {
    for (const rule of group.rules) {
      if (rule.kind !== 'compare') walk(rule);
      else for (const operand of [rule.left, rule.right]) found.set(operandText(operand, rules, labels), operand);
    }
  };
  walk(rules.entry);
  for (const [text, operand] of found) {
    if (operand.kind === 'number' || text === 'close' || text === 'volume') found.delete(text);
  }
  return found;
}

/** JSON and tables have no NaN. */
export function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
