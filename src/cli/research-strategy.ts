import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SweepSubject } from '#backtest/sweep/sweep.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { TargetStock } from '#strategy/target-stocks.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { namesRules, rulesNamed } from './rules-source.ts';
import { readStrategyFolder } from './strategy-folder.ts';

/** A strategy as research takes it: what can be swept, and the file that a decision about it names. */
export interface ResearchStrategy {
  readonly subject: SweepSubject;
  /** Empty when the file names no instrument. */
  readonly targets: readonly TargetStock[];
  /** The `.kis.yaml` file, or the folder's `trading_config.yaml`; null for a preset, which is ours. */
  readonly file: string | null;
  /** Of the file's bytes, or of the preset's rules, lower-case hexadecimal. */
  readonly sha256: string;
  /** What the file says of each parameter that can be swept; null is off. */
  readonly parameters: ReadonlyMap<string, number | null>;
}

/**
 * Reads a `.kis.yaml` file, `preset:<id>`, or a folder with `trading_config.yaml` and `target_stocks.txt`.
 *
 * @throws {FixConfiguration} the codes of `rulesNamed` and of `readStrategyFolder`
 */
export function readResearchStrategy(path: string): ResearchStrategy {
  if (!namesRules(path) && !/\.ya?ml$/.test(path)) return fromFolder(path);
  const { program } = rulesNamed(path);
  const isPreset = path.startsWith('preset:');
  return {
    subject: { kind: 'program', name: isPreset ? program.metadata.id : nameOf(path), program },
    targets: (program.universe ?? []).map((symbol) => ({ instrument: instrumentId(symbol), symbol, name: '' })),
    file: isPreset ? null : path,
    sha256: sha256Of(isPreset ? JSON.stringify(program) : readFileSync(path)),
    parameters: programParameters(program),
  };
}

function fromFolder(folder: string): ResearchStrategy {
  const { name, config, targets } = readStrategyFolder(folder);
  const file = join(folder, 'trading_config.yaml');
  return {
    subject: { kind: 'tutorial', name, config },
    targets,
    file,
    sha256: sha256Of(readFileSync(file)),
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
