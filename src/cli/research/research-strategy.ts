import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SweepSubject } from '#backtest/sweep/sweep.ts';
import type { BarInterval } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { DeclaredParam } from '#link/code-backtest.ts';
import { say } from '#link/language.ts';
import { recipeIdentity } from '#strategy/recipes/recipe-identity.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { declarationOf } from '../backtest/code-backtest.ts';
import { wrongOption } from './research-options.ts';
import { namesRules, rulesNamed } from '../strategy/rules-source.ts';
import { readStrategyFolder } from '../strategy/strategy-folder.ts';
import { wrongName } from '../terminal/wrong-name.ts';
import { numbersOf, readRecipe, strategyFileOf } from '../strategy/strategy-source.ts';

/** A strategy as research takes it: what can be swept, and the file that a decision about it names. */
export interface ResearchStrategy {
  readonly subject: SweepSubject;
  /** Empty when the file names no instrument. */
  readonly targets: readonly TargetStock[];
  /** What it decides on. */
  readonly interval: BarInterval;
  /** The `.kis.yaml` or `.ts` file, or the folder's `trading_config.yaml`; null for a preset or a recipe, which is ours. */
  readonly file: string | null;
  /** Of the file's bytes, or of the preset's rules or the recipe's settings, lower-case hexadecimal. */
  readonly sha256: string;
  /** What the file says of each parameter that can be swept; null is off. */
  readonly parameters: ReadonlyMap<string, number | null>;
  /** What is declared of a parameter besides; none for rules, whose files state no ranges. */
  readonly declared: Readonly<Record<string, DeclaredParam>>;
  /** Parameters that `--set` fixed for every combination. */
  readonly fixed: Readonly<Record<string, number>>;
}

/** What is asked for besides the strategy itself. */
export interface ResearchUse {
  /** `--set` as written, by name. */
  readonly settings?: ReadonlyMap<string, string>;
  /** `--symbols`; the strategy's own when null. */
  readonly symbols?: readonly string[] | null;
}

/**
 * Reads a `.kis.yaml` file, `preset:<id>`, `recipe:<id>`, a folder with `trading_config.yaml` and `target_stocks.txt`, or a
 * `.ts` file or a folder with `strategy.ts`, which says what it is from its sandbox.
 *
 * @throws {FixConfiguration} `cli.option`, the codes of `rulesNamed`, of `readStrategyFolder` and of `declarationOf`
 */
export async function readResearchStrategy(path: string, use: ResearchUse = {}): Promise<ResearchStrategy> {
  const settings = use.settings ?? new Map<string, string>();
  if (path.startsWith('recipe:')) return fromRecipe(path.slice('recipe:'.length), settings);
  if (namesRules(path) || /\.ya?ml$/.test(path)) return withFixed(fromRules(path), settings);
  const file = strategyFileOf(path);
  if (file === null) return withFixed(fromFolder(path), settings);
  return fromCode(file, numbersOf(settings), use.symbols ?? null);
}

function fromRules(path: string): Omit<ResearchStrategy, 'fixed'> {
  const { program } = rulesNamed(path);
  const isPreset = path.startsWith('preset:');
  return {
    subject: { kind: 'program', name: isPreset ? program.metadata.id : nameOf(path), program },
    targets: targetsOf(program.universe ?? []),
    interval: '1d',
    file: isPreset ? null : path,
    sha256: sha256Of(isPreset ? JSON.stringify(program) : readFileSync(path)),
    parameters: programParameters(program),
    declared: {},
  };
}

function fromFolder(folder: string): Omit<ResearchStrategy, 'fixed'> {
  const { name, config, targets } = readStrategyFolder(folder);
  const file = join(folder, 'trading_config.yaml');
  return {
    subject: { kind: 'tutorial', name, config },
    targets,
    interval: '1d',
    file,
    sha256: sha256Of(readFileSync(file)),
    parameters: new Map(entriesOf(config)),
    declared: {},
  };
}

/** Numbers of `--set` are parameters; texts are a part of what is swept. */
function fromRecipe(id: string, settings: ReadonlyMap<string, string>): ResearchStrategy {
  const { recipe, read } = readRecipe(id, settings);
  const numbers = Object.entries(read.values).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value] as const] : [],
  );
  const declared = Object.entries(recipe.params).flatMap(([name, spec]) =>
    spec.kind === 'choice' ? [] : [[name, spec] as const],
  );
  return {
    subject: { kind: 'recipe', name: id, texts: read.texts },
    targets: targetsOf(recipe.symbols),
    interval: '1d',
    file: null,
    sha256: sha256Of(recipeIdentity(id, read)),
    parameters: new Map(numbers),
    declared: Object.fromEntries(declared),
    fixed: Object.fromEntries(numbers.filter(([name]) => settings.has(name))),
  };
}

async function fromCode(
  file: string,
  fixed: Readonly<Record<string, number>>,
  symbols: readonly string[] | null,
): Promise<ResearchStrategy> {
  const own = await declarationOf(file, { values: fixed, ...(symbols === null ? {} : { symbols }) });
  if (symbols !== null && symbols.join() !== own.symbols.join()) {
    const wanted = say(`전략 파일에 적힌 ${own.symbols.join(',')}`, `what the file declares: ${own.symbols.join(',')}`);
    throw wrongOption('--symbols', symbols.join(','), wanted);
  }
  const sha256 = sha256Of(readFileSync(file));
  const defaults = Object.entries(own.params).map(
    ([name, param]) => [name, typeof param === 'number' ? param : param.default] as const,
  );
  return {
    subject: { kind: 'code', name: own.name, sha256 },
    targets: targetsOf(own.symbols),
    interval: own.interval,
    file,
    sha256,
    parameters: new Map(defaults),
    declared: own.params,
    fixed,
  };
}

/** @throws {FixConfiguration} `cli.option` for a name that the rules lack */
function withFixed(strategy: Omit<ResearchStrategy, 'fixed'>, settings: ReadonlyMap<string, string>): ResearchStrategy {
  const fixed = numbersOf(settings);
  const wrong = Object.keys(fixed).find((name) => !strategy.parameters.has(name));
  if (wrong === undefined) return { ...strategy, fixed };
  throw wrongName('--set', wrong, [...strategy.parameters.keys()]);
}

function targetsOf(symbols: readonly string[]): readonly TargetStock[] {
  return symbols.map((symbol) => ({ instrument: instrumentId(symbol), symbol, name: '' }));
}

/** The configuration with the names of its file: `maShort` is `ma_short` there. */
function entriesOf(config: TradingConfig): readonly (readonly [string, number])[] {
  return Object.entries(config).map(
    ([field, value]: [string, number]) =>
      [field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const,
  );
}

function nameOf(file: string): string {
  return basename(file).replace(/(\.kis)?\.ya?ml$/, '');
}

/** Its own parameters, and the distances and the size as fractions under the names that a sweep knows. */
function programParameters({ params, risk, sizing }: RuleProgram): ReadonlyMap<string, number | null> {
  const fraction = (bps: number | null) => (bps === null ? null : bps / 10_000);
  // As in riskNames of the sweep.
  const risks = [
    ['stop_loss', fraction(risk.stopLossBps)],
    ['take_profit', fraction(risk.takeProfitBps)],
    ['trailing_stop', fraction(risk.trailingStopBps)],
    ['position_size', fraction(sizing.equityBps)],
  ] as const;
  const own = Object.entries(params).map(([name, param]) => [name, param.default] as const);
  return new Map<string, number | null>([...risks, ...own]);
}

function sha256Of(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
