import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SweepSubject } from '#backtest/sweep/sweep.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { readStrategyFolder } from './strategy-folder.ts';

/** A strategy as research takes it: what can be swept, and the file that a decision about it names. */
export interface ResearchStrategy {
  readonly subject: SweepSubject;
  /** Empty when the file names no instrument. */
  readonly targets: readonly TargetStock[];
  /** The `.kis.yaml` file, or the folder's `trading_config.yaml`. */
  readonly file: string;
  /** Of the file's bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** What the file says of each parameter that can be swept; null is off. */
  readonly parameters: ReadonlyMap<string, number | null>;
}

/**
 * Reads a `.kis.yaml` file, or a folder with `trading_config.yaml` and `target_stocks.txt`.
 *
 * @throws {FixConfiguration} `strategy.file` for a `.kis.yaml` that cannot be read or used; the codes of
 *   `readStrategyFolder`
 */
export function readResearchStrategy(path: string): ResearchStrategy {
  return /\.ya?ml$/.test(path) ? fromFile(path) : fromFolder(path);
}

function fromFolder(folder: string): ResearchStrategy {
  const { name, config, targets } = readStrategyFolder(folder);
  const file = join(folder, 'trading_config.yaml');
  return {
    subject: { kind: 'tutorial', name, config },
    targets,
    file,
    sha256: sha256Of(bytesOf(file)),
    parameters: new Map(entriesOf(config)),
  };
}

/** The configuration with the names of its file: `maShort` is `ma_short` there. */
function entriesOf(config: TradingConfig): readonly (readonly [string, number])[] {
  return Object.entries(config).map(
    ([field, value]: [string, number]) =>
      [field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const,
  );
}

function fromFile(file: string): ResearchStrategy {
  const bytes = bytesOf(file);
  const sha256 = sha256Of(bytes);
  const read = readKisYaml(bytes.toString('utf8'), { sha256 });
  if (read.kind === 'refused') {
    const first = read.findings.find(({ severity }) => severity === 'error');
    throw unusable(first === undefined ? file : describeProblem(file, first, terminalLanguage()));
  }
  const { program } = read;
  return {
    subject: { kind: 'program', name: nameOf(file), program },
    targets: (program.universe ?? []).map((symbol) => ({ instrument: instrumentId(symbol), symbol, name: '' })),
    file,
    sha256,
    parameters: programParameters(program),
  };
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

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw unusable(
      say(
        `"${file}"을 읽을 수 없어요. 경로를 확인해 주세요.`,
        `Cannot read "${file}": no readable file is there; check the path.`,
      ),
      cause,
    );
  }
}

function unusable(sentence: string, cause?: unknown): FixConfiguration {
  return new FixConfiguration('strategy.file', sentence, { cause });
}
