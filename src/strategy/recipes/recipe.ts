import { readParams, type ParamSpecs, type ParamValues, type ValuesOf } from '#indicators/params.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { withParticle } from '../korean-particle.ts';
import type { Strategy } from '../strategy.ts';

/** Both languages of one text. */
export interface RecipeText {
  readonly ko: string;
  readonly en: string;
}

/** A setting that is a text, such as an expression. */
export interface TextSpec {
  readonly default: string;
  readonly lengthMax: number;
}

/** Who a strategy made of a recipe is, and what it may trade. */
export interface RecipeUse {
  /** Lower-case letters, digits and hyphens, at most 32. */
  readonly name: string;
  /** Listing codes, at least one. */
  readonly symbols: readonly string[];
}

type Build<Specs extends ParamSpecs, Texts extends string> = (
  use: RecipeUse,
  values: ValuesOf<Specs>,
  texts: Readonly<Record<Texts, string>>,
) => Strategy;

/**
 * A strategy that runs without a line of code: settings as data, and one function that trades by them. Every recipe wants
 * day bars, decides after the close for the next session, and buys only what the guard lets through.
 */
export interface Recipe {
  /** As `recipe:<id>` and `snowball.yaml` name it. */
  readonly id: string;
  readonly name: RecipeText;
  /** What it does, exactly enough to foresee its orders. */
  readonly description: RecipeText;
  /** How money is lost with it. */
  readonly risks: RecipeText;
  readonly params: ParamSpecs;
  readonly texts: Readonly<Record<string, TextSpec>>;
  /** Listing codes that a first try uses. */
  readonly symbols: readonly string[];
  /** Fresh for each run. Values and texts must have come from `readRecipeSettings`. */
  readonly build: (use: RecipeUse, values: ParamValues, texts: Readonly<Record<string, string>>) => Strategy;
  /** Why texts cannot be used; null when they can. */
  readonly problem: (texts: Readonly<Record<string, string>>) => RecipeText | null;
}

/** Makes a recipe whose `build` sees its settings by name and type. */
export function defineRecipe<const Specs extends ParamSpecs, const Texts extends string = never>(draft: {
  readonly id: string;
  readonly name: RecipeText;
  readonly description: RecipeText;
  readonly risks: RecipeText;
  readonly params: Specs;
  readonly texts?: Readonly<Record<Texts, TextSpec>>;
  readonly symbols: readonly string[];
  readonly build: Build<Specs, Texts>;
  readonly problem?: (texts: Readonly<Record<Texts, string>>) => RecipeText | null;
}): Recipe {
  // The one place where checked settings get back the types that their specifications gave them.
  const { build, problem } = draft as unknown as Pick<Recipe, 'build' | 'problem'> & { problem?: Recipe['problem'] };
  return { ...draft, texts: draft.texts ?? {}, build, problem: problem ?? (() => null) };
}

export type RecipeSettings =
  | {
      readonly kind: 'settings';
      readonly values: ParamValues;
      readonly texts: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'problem'; readonly problem: ConfigProblem };

/** Settings from outside, whatever they are: what is missing takes its default, what is unknown or out of range is refused. */
export function readRecipeSettings(recipe: Recipe, given: Readonly<Record<string, unknown>>): RecipeSettings {
  const entries = Object.entries(given);
  const isText = ([name]: readonly [string, unknown]): boolean => Object.hasOwn(recipe.texts, name);
  const texts: Record<string, string> = {};
  for (const [name, spec] of Object.entries(recipe.texts)) {
    const text = Object.hasOwn(given, name) ? given[name] : spec.default;
    if (typeof text !== 'string' || text.length > spec.lengthMax) return refused(name, String(text), textWanted(spec));
    texts[name] = text;
  }
  const numbers = Object.fromEntries(entries.filter((entry) => !isText(entry)));
  const read = readParams(recipe.params, numbers);
  if (read.kind === 'bad-param') return refused(read.name, String(read.found), knownOf(recipe, read));
  const problem = recipe.problem(texts);
  if (problem === null) return { kind: 'settings', values: read.values, texts };
  return { kind: 'problem', problem: { line: null, column: null, path: recipe.id, ...problem } };
}

function textWanted({ lengthMax }: TextSpec): string {
  return `a text of at most ${lengthMax} characters`;
}

function knownOf(recipe: Recipe, { name, wanted }: { readonly name: string; readonly wanted: string }): string {
  if (Object.hasOwn(recipe.params, name)) return wanted;
  return `one of ${[...Object.keys(recipe.params), ...Object.keys(recipe.texts)].join(', ')}`;
}

function refused(name: string, found: string, wanted: string): RecipeSettings {
  const shown = found.slice(0, 60);
  const ko = `"${name}" 설정에 ${withParticle(`"${shown}"`, 'topic')} 쓸 수 없어요. (${wanted})`;
  const en = `"${name}" is "${shown}", wanted ${wanted}.`;
  return { kind: 'problem', problem: { line: null, column: null, path: name, ko, en } };
}
