import { join, resolve } from 'node:path';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { say } from '#link/language.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById } from '#strategy/recipes/recipes.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { readRulesFiles, type Installation } from './installation.ts';
import { kisYamlPlan } from './kis-yaml-plan.ts';
import type { MarketClock } from '../feed/market-clock.ts';
import type { MarketMemory } from '../feed/market-memory.ts';
import { presetPlan } from './preset-plan.ts';
import { checkPromotion, checkRecipePromotion } from './promotion-check.ts';
import { fingerprintOf } from '../record/fingerprint.ts';
import { priceRulesOf } from '../price-rules.ts';
import { RulesBrain } from '../rules-brain.ts';
import { CodeBrain } from '../sandbox/code-brain.ts';
import type { Isolation } from '../sandbox/isolation-grade.ts';
import type { StrategyEntry } from './snowball-config.ts';
import type { StrategyPlan } from './strategy-plan.ts';

export interface PlanOptions {
  readonly installation: Installation;
  readonly market: MarketMemory;
  readonly clock: MarketClock;
  readonly isolation: Isolation;
  /** In trial, where nothing is at stake, an optimum that the gate refused may run. */
  readonly environment: Environment;
  /** Folder of this process; each code strategy gets a folder of its own in it. */
  readonly folder: string;
  /** Real milliseconds for an answer of a code strategy; never more than the 5,000 of the threat model. */
  readonly answerMs?: number;
}

const answerMsMax = 5_000;

/**
 * Every strategy of the installation.
 *
 * @throws {FixConfiguration} `runner.config` for a pair of files that cannot be used; `runner.promotion`, see
 *   `checkPromotion`
 */
export function planStrategies(options: PlanOptions): readonly StrategyPlan[] {
  const { installation, environment } = options;
  return installation.strategies.map((entry) => {
    if (environment !== 'trial') checkPromoted(entry, installation);
    return { ...planOf(entry, options), fingerprint: fingerprintOf(entry, installation.root) };
  });
}

/** One strategy, whoever judged it. @throws {FixConfiguration} `runner.config` for files that cannot be used */
export function planOf(entry: StrategyEntry, options: PlanOptions): StrategyPlan {
  if (entry.kind === 'rules') return rulesPlan(entry, options);
  if (entry.kind === 'kis-yaml') return kisYamlPlan(entry, options.installation.root);
  if (entry.kind === 'preset') return presetPlan(entry);
  return entry.kind === 'code' ? codePlan(entry, options) : recipePlan(entry);
}

/** Of a recipe its settings are judged, of everything else its file; a recipe that cannot be read is refused by its plan. */
function checkPromoted(entry: StrategyEntry, { root, folder }: Installation): void {
  const file = fileOf(entry);
  if (file !== null) checkPromotion(resolve(root, file));
  const recipe = entry.kind === 'recipe' ? recipeById(entry.recipe) : null;
  if (entry.kind !== 'recipe' || recipe === null) return;
  const read = readRecipeSettings(recipe, entry.settings);
  if (read.kind === 'settings') checkRecipePromotion(folder, recipe.id, read);
}

/** The file that a promotion would name; null for what is ours. */
function fileOf(entry: StrategyEntry): string | null {
  if ('config' in entry) return entry.config;
  return 'file' in entry ? entry.file : null;
}

function rulesPlan(entry: Extract<StrategyEntry, { kind: 'rules' }>, options: PlanOptions): StrategyPlan {
  const { name, interval } = entry;
  const { config, targets } = readRulesFiles(options.installation.root, entry);
  const instruments = targets.map((target) => target.instrument);
  const strategy = () => tutorialStrategy({ name, config, instruments, interval });
  return {
    name,
    kind: 'rules',
    symbols: targets.map((target) => target.symbol),
    interval,
    remark: '',
    strategy,
    brain: (context, events) => new RulesBrain(strategy(), context, events),
  };
}

/** Our own code over the person's settings. @throws {FixConfiguration} `runner.config` */
function recipePlan(entry: Extract<StrategyEntry, { kind: 'recipe' }>): StrategyPlan {
  const { name, symbols, settings } = entry;
  const recipe = recipeById(entry.recipe);
  if (recipe === null)
    throw unusable(name, { ko: `"${entry.recipe}" 레시피는 없어요.`, en: `there is no recipe "${entry.recipe}"` });
  const read = readRecipeSettings(recipe, settings);
  if (read.kind === 'problem') throw unusable(name, read.problem);
  const strategy = () => recipe.build({ name, symbols }, read.values, read.texts);
  return {
    name,
    kind: 'rules',
    symbols,
    interval: '1d',
    remark: say(recipe.name.ko, recipe.name.en),
    strategy,
    brain: (context, events) => new RulesBrain(strategy(), context, events),
  };
}

function unusable(name: string, { ko, en }: { readonly ko: string; readonly en: string }): FixConfiguration {
  return new FixConfiguration(
    'runner.config',
    say(`config/snowball.yaml의 전략 "${name}": ${ko}`, `Cannot use strategy "${name}" of config/snowball.yaml: ${en}`),
  );
}

function codePlan(entry: Extract<StrategyEntry, { kind: 'code' }>, options: PlanOptions): StrategyPlan {
  const { name, symbols, interval } = entry;
  const { market, clock, isolation, folder, installation } = options;
  return {
    name,
    kind: 'code',
    symbols,
    interval,
    remark: `격리 등급 ${isolation.grade}`,
    brain: (context, events) =>
      new CodeBrain({
        name,
        file: resolve(installation.root, entry.file),
        folder: join(folder, 'sandbox', name),
        isolation,
        interval,
        context,
        instruments: symbols.map(instrumentId),
        ...(options.answerMs === undefined ? {} : { answerMs: Math.min(answerMsMax, options.answerMs) }),
        priceRules: (instrument) => priceRulesOf(instrument, market, clock),
        ...events,
      }),
  };
}
