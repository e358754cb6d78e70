import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import { parseTargetStocks, type TargetStock } from '#strategy/target-stocks.ts';
import { readTradingConfig } from '#strategy/trading-config-file.ts';
import { tradingConfigKeys, type TradingConfig } from '#strategy/trading-config.ts';
import { wrongName } from '../terminal/wrong-name.ts';
import { say, terminalLanguage } from '#link/language.ts';

/** A strategy as its author keeps it: `trading_config.yaml` and `target_stocks.txt` in a folder of its name. */
export interface StrategyFolder {
  /** The folder's own name. */
  readonly name: string;
  readonly config: TradingConfig;
  readonly targets: readonly TargetStock[];
}

/**
 * Reads the pair of files of `folder`.
 *
 * @param overrides values that replace those of the file, spelt as in it, such as `ma_short`
 * @throws {FixConfiguration} `strategy.folder` when a file cannot be read, `strategy.config` or `strategy.targets` with
 *   file, line and the first sentence of what must be mended; `cli.option` for an override of no such setting
 */
export function readStrategyFolder(folder: string, overrides: Readonly<Record<string, number>> = {}): StrategyFolder {
  const configFile = join(folder, 'trading_config.yaml');
  const strange = Object.keys(overrides).find((name) => !tradingConfigKeys.includes(name));
  if (strange !== undefined) throw wrongName('--set', strange, tradingConfigKeys);
  const read = readTradingConfig(textOf(configFile), overrides);
  if (read.kind === 'problems') {
    throw new FixConfiguration(
      'strategy.config',
      first(read.problems.map((one) => describeProblem(configFile, one, terminalLanguage()))),
    );
  }
  const targetsFile = join(folder, 'target_stocks.txt');
  const targets = parseTargetStocks(textOf(targetsFile));
  if (targets.kind === 'problems') {
    throw new FixConfiguration(
      'strategy.targets',
      first(targets.problems.map((one) => describeProblem(targetsFile, one, terminalLanguage()))),
    );
  }
  return { name: basename(resolve(folder)), config: read.config, targets: targets.symbols };
}

/** The first problem, and how many more wait behind it. */
function first(sentences: readonly string[]): string {
  const more = sentences.length - 1;
  const rest = more === 0 ? '' : say(` (이런 문제가 ${more}개 더 있어요.)`, ` (${more} more after this one.)`);
  return `${sentences[0] ?? ''}${rest}`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FixConfiguration(
      'strategy.folder',
      say(
        `"${file}"을 읽을 수 없어요. 전략 폴더에는 trading_config.yaml과 target_stocks.txt가 있어야 해요. examples/tutorial을 복사해 시작해 보세요.`,
        `Cannot read "${file}": a strategy folder holds trading_config.yaml and target_stocks.txt. Copy examples/tutorial to begin.`,
      ),
      { cause },
    );
  }
}
