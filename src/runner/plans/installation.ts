import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { describeProblem, type ConfigProblem } from '#strategy/config-problem.ts';
import { parseTargetStocks, type TargetStock } from '#strategy/target-stocks.ts';
import { readTradingConfig } from '#strategy/trading-config-file.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { terminalLanguage } from '#link/language.ts';
import { readSnowballConfig, type StrategyEntry } from './snowball-config.ts';

/** What the person wrote: `snowball.yaml`, and the folder from which its paths start. */
export interface Installation {
  readonly root: string;
  /** The folder of `snowball.yaml` itself; promotions of recipes stand in it. */
  readonly folder: string;
  readonly strategies: readonly StrategyEntry[];
}

/** The pair of files of a rules strategy. */
export interface RulesFiles {
  readonly config: TradingConfig;
  readonly targets: readonly TargetStock[];
}

/**
 * Reads `snowball.yaml`; its paths start from the folder above the one that holds it.
 *
 * @throws {FixConfiguration} `runner.config` with file, line and the first thing to mend
 */
export function readInstallation(configFile: string): Installation {
  const read = readSnowballConfig(textOf(configFile));
  if (read.kind === 'problems') throw unusable(configFile, read.problems);
  const folder = dirname(resolve(configFile));
  return { root: dirname(folder), folder, strategies: read.config.strategies };
}

/**
 * Reads the pair of files of a rules strategy.
 *
 * @param overrides values that replace those of the file, spelt as in it, such as `ma_short`
 * @throws {FixConfiguration} `runner.config` with file, line and the first thing to mend
 */
export function readRulesFiles(
  root: string,
  entry: Extract<StrategyEntry, { kind: 'rules' }>,
  overrides: Readonly<Record<string, number>> = {},
): RulesFiles {
  const config = readTradingConfig(textOf(resolve(root, entry.config)), overrides);
  if (config.kind === 'problems') throw unusable(entry.config, config.problems);
  const targets = parseTargetStocks(textOf(resolve(root, entry.targets)));
  if (targets.kind === 'problems') throw unusable(entry.targets, targets.problems);
  return { config: config.config, targets: targets.symbols };
}

function unusable(file: string, problems: readonly ConfigProblem[]): FixConfiguration {
  const [first] = problems;
  const language = terminalLanguage();
  const more = problems.length - 1;
  const rest = language === 'ko' ? ` (고칠 곳이 ${more}군데 더 있어요.)` : ` (${more} more to mend.)`;
  const sentence = first === undefined ? file : describeProblem(file, first, language);
  return new FixConfiguration('runner.config', more > 0 ? `${sentence}${rest}` : sentence);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const korean = `"${file}" 파일을 읽을 수 없어요. config/snowball.yaml에 적은 경로를 확인해 주세요.`;
    const english = `Cannot read "${file}": no readable file is there; check the paths in config/snowball.yaml.`;
    throw new FixConfiguration('runner.config', terminalLanguage() === 'ko' ? korean : english, { cause });
  }
}
