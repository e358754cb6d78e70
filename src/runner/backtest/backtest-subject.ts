import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import type { BacktestChoice } from '#link/runner-api.ts';
import { say } from '#link/language.ts';
import type { ParamValues } from '#indicators/params.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById, recipes } from '#strategy/recipes/recipes.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import { presetById, presets } from '#strategy/rules/presets/presets.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { readRulesFiles, type Installation } from '../plans/installation.ts';
import type { StrategyEntry } from '../plans/snowball-config.ts';

/** What a backtest of the 검증 page runs; data only, so that it can be handed to a thread. */
export type BacktestSubject =
  | { readonly kind: 'tutorial'; readonly config: TradingConfig }
  | { readonly kind: 'program'; readonly program: RuleProgram; readonly values: Readonly<Record<string, number>> }
  | {
      readonly kind: 'recipe';
      readonly recipe: string;
      readonly values: ParamValues;
      readonly texts: Readonly<Record<string, string>>;
    }
  /** A person's own code: a sandbox runs it, nobody else loads it. `file` is absolute. */
  | { readonly kind: 'code'; readonly file: string; readonly values: Readonly<Record<string, number>> };

export interface NamedSubject {
  readonly subject: BacktestSubject;
  /** Names of instruments by listing code, where a file tells them. */
  readonly names: Readonly<Record<string, string>>;
}

/** Everything that can be backtested: the strategies of `snowball.yaml` by their names, and every recipe and preset. */
export function backtestChoices({ strategies }: Installation): readonly BacktestChoice[] {
  return [
    ...strategies.map((entry): BacktestChoice => {
      const symbols = 'symbols' in entry ? [...(entry.symbols ?? [])] : [];
      return { name: entry.name, kind: entry.kind === 'code' ? 'code' : 'rules', title: '', symbols };
    }),
    ...recipes.map((one): BacktestChoice => ({
      name: `recipe:${one.id}`,
      kind: 'recipe',
      title: say(one.name.ko, one.name.en),
      symbols: [...one.symbols],
    })),
    ...presets.map((one): BacktestChoice => ({
      name: `preset:${one.id}`,
      kind: 'preset',
      title: say(one.name.ko, one.name.en),
      symbols: [],
    })),
  ];
}

/**
 * What a name stands for, with values that replace those of its file. Only files that `snowball.yaml` names can be asked
 * for: a path is not a name.
 *
 * @throws {FixConfiguration} `runner.unknown-strategy`, `runner.config`; `runner.backtest-values` for values that a recipe
 *   does not take
 */
export function backtestSubject(
  name: string,
  values: Readonly<Record<string, number>>,
  installation: Installation,
): NamedSubject {
  const [kind, id] = /^(recipe|preset):(.+)$/.exec(name)?.slice(1) ?? [];
  if (kind === 'recipe') return { subject: recipeSubject(id ?? '', values), names: {} };
  if (kind === 'preset') return { subject: presetSubject(id ?? '', values), names: {} };
  const entry = installation.strategies.find((one) => one.name === name);
  if (entry === undefined) throw unknown(name);
  return entrySubject(entry, values, installation.root);
}

function entrySubject(entry: StrategyEntry, values: Readonly<Record<string, number>>, root: string): NamedSubject {
  if (entry.kind === 'rules') {
    const { config, targets } = readRulesFiles(root, entry, values);
    const names = Object.fromEntries(targets.map((target) => [target.symbol, target.name]));
    return { subject: { kind: 'tutorial', config }, names };
  }
  return { subject: subjectOf(entry, values, root), names: {} };
}

function subjectOf(
  entry: Exclude<StrategyEntry, { kind: 'rules' }>,
  values: Readonly<Record<string, number>>,
  root: string,
): BacktestSubject {
  if (entry.kind === 'recipe') return recipeSubject(entry.recipe, { ...entry.settings, ...values });
  if (entry.kind === 'preset') return presetSubject(entry.preset, { ...entry.settings, ...values });
  const file = resolve(root, entry.file);
  if (entry.kind === 'code') return { kind: 'code', file, values };
  return { kind: 'program', program: programIn(file), values };
}

function recipeSubject(id: string, settings: Readonly<Record<string, number | string>>): BacktestSubject {
  const recipe = recipeById(id);
  if (recipe === null) throw unknown(`recipe:${id}`);
  const read = readRecipeSettings(recipe, settings);
  if (read.kind === 'settings') return { kind: 'recipe', recipe: id, values: read.values, texts: read.texts };
  throw new FixConfiguration('runner.backtest-values', say(read.problem.ko, read.problem.en));
}

function presetSubject(id: string, values: Readonly<Record<string, number>>): BacktestSubject {
  const preset = presetById(id);
  if (preset === null) throw unknown(`preset:${id}`);
  return { kind: 'program', program: preset.program, values };
}

const rulesBytesMax = 1_048_576;

function programIn(file: string): RuleProgram {
  const text = readFileSync(file, 'utf8').slice(0, rulesBytesMax);
  const read = readKisYaml(text, { sha256: createHash('sha256').update(text).digest('hex') });
  if (read.kind === 'program') return read.program;
  const first = read.findings.find(({ severity }) => severity === 'error');
  throw new FixConfiguration('runner.config', first === undefined ? file : say(first.ko, first.en));
}

function unknown(name: string): FixConfiguration {
  const shown = name.slice(0, 40);
  return new FixConfiguration(
    'runner.unknown-strategy',
    `Cannot backtest "${shown}": wanted the name of a strategy in config/snowball.yaml, recipe:NAME or preset:NAME`,
  );
}
