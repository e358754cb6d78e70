import type { BarInterval } from '#domain/bar.ts';
import { symbolOf, type InstrumentId } from '#domain/instrument.ts';
import { invariant } from '#domain/invariant.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { readsIndex } from '#strategy/rules/index-closes.ts';
import { resolveProgram, type ResolvedRules } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { parseTradingConfig, type TradingConfig } from '#strategy/trading-config.ts';
import { isRiskValue, riskNames, withRisk } from './risk-names.ts';
import type { Combination, SweepSubject } from './sweep.ts';
import { tutorialProgram } from './tutorial-program.ts';

/** One combination as the loops of a sweep want it: rules, and every number that orders depend on. */
export interface SweepRules {
  readonly rules: ResolvedRules;
  readonly warmUpBars: number;
  /** A close at or below the average price times this leaves; NaN when off. */
  readonly stopFactor: number;
  /** At or above the average price times this. */
  readonly takeFactor: number;
  /** At or below the highest close since the position was first seen times this. */
  readonly trailFactor: number;
  /** As in `SignalStrategyOptions`. */
  readonly positionsMax: number;
  readonly positionSize: number;
  readonly takeProfit: number;
}

export type ResolvedCombination =
  | {
      readonly kind: 'rules';
      /** Null when the loops have no form of these rules: the event path runs them. */
      readonly rules: SweepRules | null;
      /** A fresh strategy for the event path, over days unless minutes are named; recipes know days alone. */
      readonly strategy: (instruments: readonly InstrumentId[], interval?: BarInterval) => Strategy;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the subject is with the numbers of a combination in it; not for `code`, which only a sandbox may make. */
export function resolveCombination(subject: SweepSubject, combination: Combination): ResolvedCombination {
  invariant(subject.kind !== 'code', `the strategy file "${subject.name}" runs in its sandbox and nowhere else`);
  if (subject.kind === 'recipe') return recipeOf(subject, combination);
  if (subject.kind === 'tutorial') return tutorialOf(subject.name, subject.config, combination);
  return programOf(subject, combination);
}

function recipeOf(
  { name, texts }: Extract<SweepSubject, { kind: 'recipe' }>,
  combination: Combination,
): ResolvedCombination {
  const recipe = recipeById(name);
  invariant(recipe !== null, `the recipe "${name}" was looked up when it was named`);
  const read = readRecipeSettings(recipe, { ...texts, ...combination });
  if (read.kind === 'problem') return { kind: 'refused', reason: read.problem.en };
  return {
    kind: 'rules',
    rules: null,
    strategy: (instruments) => recipe.build({ name, symbols: instruments.map(symbolOf) }, read.values, read.texts),
  };
}

function programOf(
  { name, program, index }: Extract<SweepSubject, { kind: 'program' }>,
  combination: Combination,
): ResolvedCombination {
  const isRisk = (key: string) => riskNames.includes(key) && !Object.hasOwn(program.params, key);
  const entries = Object.entries(combination);
  const own = Object.fromEntries(entries.filter(([key]) => !isRisk(key)));
  const risk = Object.fromEntries(entries.filter(([key]) => isRisk(key)));
  const wrong = Object.entries(risk).find(([key, value]) => !isRiskValue(key, value));
  if (wrong !== undefined)
    return { kind: 'refused', reason: `${wrong[0]}: ${wrong[1]}, wanted a fraction such as 0.03` };
  const resolved = resolveProgram(program, own);
  if (resolved.kind === 'problem') {
    const { where, found, wanted } = resolved.problem;
    return { kind: 'refused', reason: `${where}: ${found}, wanted ${wanted}` };
  }
  const rules = withRisk(resolved.rules, risk);
  return {
    kind: 'rules',
    // The loops compute from an instrument's own bars alone.
    rules: readsIndex(rules) ? null : rulesOf(rules),
    strategy: (instruments, interval = '1d') =>
      ruleStrategy({ name, rules, instruments, interval, ...(index === undefined ? {} : { index }) }),
  };
}

function rulesOf(rules: ResolvedRules): SweepRules {
  const { stopLossBps, takeProfitBps, trailingStopBps } = rules.risk;
  return {
    rules,
    warmUpBars: rules.warmUpBars,
    stopFactor: stopLossBps === null ? NaN : 1 - stopLossBps / 10_000,
    takeFactor: takeProfitBps === null ? NaN : 1 + takeProfitBps / 10_000,
    trailFactor: trailingStopBps === null ? NaN : 1 - trailingStopBps / 10_000,
    positionsMax: rules.sizing.positionsMax,
    positionSize: rules.sizing.equityBps / 10_000,
    takeProfit: (takeProfitBps ?? 0) / 10_000,
  };
}

function tutorialOf(name: string, defaults: TradingConfig, combination: Combination): ResolvedCombination {
  const config = parseTradingConfig({ ...byKey(defaults), ...combination });
  if (Array.isArray(config)) return { kind: 'refused', reason: config.map((problem) => problem.en).join(' ') };
  const make = (instruments: readonly InstrumentId[], interval: BarInterval = '1d') =>
    tutorialStrategy({ name, config, instruments, interval });
  const resolved = resolveProgram(tutorialProgram(name, config));
  // The catalogue may allow less than the tutorial's file does; the event path then stands in.
  if (resolved.kind === 'problem') return { kind: 'rules', rules: null, strategy: make };
  const rules: SweepRules = {
    rules: resolved.rules,
    warmUpBars: make(['KRX:000000']).warmUpBars,
    stopFactor: 1 - config.stopLoss,
    takeFactor: 1 + config.takeProfit,
    trailFactor: NaN,
    positionsMax: config.maxPosition,
    positionSize: config.positionSize,
    takeProfit: config.takeProfit,
  };
  return { kind: 'rules', rules, strategy: make };
}

/** The configuration with the names of its file: `maShort` is `ma_short` there. */
function byKey(config: TradingConfig): Record<string, number> {
  const entries = Object.entries(config).map(
    ([field, value]: [string, number]) =>
      [field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const,
  );
  return Object.fromEntries(entries);
}
