import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { tutorialStudies } from '#backtest/report/tutorial-studies.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { symbolOf } from '#domain/instrument.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { readRecipeSettings } from '#strategy/recipes/recipe.ts';
import { recipeById, recipes } from '#strategy/recipes/recipes.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import type { DataSource } from './data-source.ts';
import { namesRules, rulesSource } from './rules-source.ts';
import { readStrategyFolder } from './strategy-folder.ts';
import { wrongOption } from '../research/research-options.ts';
import { didYouMean, wrongName } from '../terminal/wrong-name.ts';

/** What a strategy argument of the command line stands for. */
export type StrategySource = DataSource | FileSource;

/** The person's own code: runs in a sandbox and nowhere else. */
export interface FileSource {
  readonly kind: 'file';
  readonly file: string;
  readonly values: Readonly<Record<string, number>>;
}

/**
 * Reads a strategy argument: `recipe:<id>`, `preset:<id>`, a `.kis.yaml` file, a `.ts` file, a folder with `strategy.ts`, or one with the familiar pair of
 * files.
 *
 * @param settings `--set` as written, by name
 * @throws {FixConfiguration} `cli.recipe`, `cli.option`, `strategy.file`, `strategy.preset`, and the codes of `readStrategyFolder`
 */
export function strategySource(argument: string, settings: ReadonlyMap<string, string>): StrategySource {
  if (namesRules(argument)) return rulesSource(argument, numbersOf(settings));
  if (argument.startsWith('recipe:')) return recipeSource(argument.slice('recipe:'.length), settings);
  const file = strategyFileOf(argument);
  if (file !== null) return { kind: 'file', file, values: numbersOf(settings) };
  const { name, config, targets } = readStrategyFolder(argument, numbersOf(settings));
  return {
    kind: 'data',
    targets,
    intervals: ['1d', '1m'],
    start: (instruments, interval = '1d') => tutorialStrategy({ name, config, instruments, interval }),
    studies: (series) => series.map((one) => tutorialStudies(one, config, terminalLanguage())),
  };
}

/** Settings of `--set key=value`, the last of each name. @throws {FixConfiguration} `cli.option` */
export function settingsOf(pairs: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pairs.map((pair) => {
      const [, key, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s.exec(pair) ?? [];
      if (key !== undefined && value !== undefined) return [key, value] as const;
      throw unreadableSetting(pair);
    }),
  );
}

function recipeSource(id: string, settings: ReadonlyMap<string, string>): DataSource {
  const { recipe, read } = readRecipe(id, settings);
  const targets = recipe.symbols.map((symbol) => ({ instrument: `KRX:${symbol}`, symbol, name: '' }) as const);
  return {
    kind: 'data',
    targets,
    intervals: ['1d'],
    start: (instruments) => recipe.build({ name: id, symbols: instruments.map(symbolOf) }, read.values, read.texts),
  };
}

/** A recipe with what `--set` says of it. @throws {FixConfiguration} `cli.recipe`, `cli.option` */
export function readRecipe(id: string, settings: ReadonlyMap<string, string>) {
  const recipe = recipeById(id);
  if (recipe === null) throw unknownRecipe(id);
  const names = [...Object.keys(recipe.params), ...Object.keys(recipe.texts)];
  const strange = [...settings.keys()].find((name) => !names.includes(name));
  if (strange !== undefined) throw wrongName('--set', strange, names);
  const given = Object.fromEntries([...settings].map(([name, text]) => [name, settingValue(text)]));
  const read = readRecipeSettings(recipe, given);
  if (read.kind === 'problem') {
    throw new FixConfiguration('cli.option', `--set: ${say(read.problem.ko, read.problem.en)}`);
  }
  return { recipe, read };
}

/** The sentence for a recipe that is not there. */
function unknownRecipe(id: string): FixConfiguration {
  const ids = recipes.map((recipe) => recipe.id);
  const known = ids.join(', ');
  const shown = id.slice(0, 40);
  return new FixConfiguration(
    'cli.recipe',
    say(
      `"${shown}" 레시피는 없어요.${didYouMean(id, ids)} 쓸 수 있는 이름: ${known}.`,
      `Cannot run the recipe "${shown}": there is none of that name, wanted one of ${known}.${didYouMean(id, ids)}`,
    ),
  );
}

/** Null when the argument names no strategy file. */
export function strategyFileOf(argument: string): string | null {
  if (argument.endsWith('.ts')) return argument;
  const isFolder = lstatSync(argument, { throwIfNoEntry: false })?.isDirectory() === true;
  const inside = join(argument, 'strategy.ts');
  return isFolder && existsSync(inside) ? inside : null;
}

/** A number where it reads as one. */
function settingValue(text: string): number | string {
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Settings that are all numbers. @throws {FixConfiguration} `cli.option` */
export function numbersOf(settings: ReadonlyMap<string, string>): Record<string, number> {
  return Object.fromEntries(
    [...settings].map(([name, text]) => {
      const value = settingValue(text);
      if (typeof value === 'number') return [name, value] as const;
      throw unreadableSetting(`${name}=${text}`);
    }),
  );
}

function unreadableSetting(pair: string): FixConfiguration {
  return wrongOption('--set', pair, say('rsi_period=10 꼴', 'a setting such as rsi_period=10'));
}
