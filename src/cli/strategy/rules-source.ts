import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { isRiskValue, riskNames, withRisk } from '#backtest/sweep/risk-names.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import type { RuleFinding } from '#strategy/rules/finding.ts';
import { readKisYaml, type KisYamlFile } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import { presetById, presets } from '#strategy/rules/presets/presets.ts';
import type { RuleDialect, RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram, type ResolvedRules } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { withParameters } from '#strategy/rules/with-parameters.ts';
import { wrongOption } from '../research/research-options.ts';
import { didYouMean, wrongName } from '../terminal/wrong-name.ts';
import type { DataSource } from './data-source.ts';

/** Bytes of a file that is read at all; the reader's own bound is lower and in characters. */
const bytesMax = 1_048_576;

/** Doubtful places of a file that are told before it runs; `snowball strategy lint` tells all. */
const doubtsShown = 8;

/** True for `preset:<id>` and for files of rules. */
export function namesRules(argument: string): boolean {
  return argument.startsWith('preset:') || /\.kis\.ya?ml$/.test(argument);
}

/**
 * A preset or a `.kis.yaml` file as a strategy that can be run.
 *
 * @param overrides numbers in the place of the program's parameters
 * @throws {FixConfiguration} the codes of `rulesNamed`; `cli.option` for a parameter that the program lacks or refuses
 */
export function rulesSource(argument: string, overrides: Readonly<Record<string, number>>): DataSource {
  const { program: original, findings } = rulesNamed(argument);
  for (const doubt of findings.filter(({ severity }) => severity === 'warning').slice(0, doubtsShown)) {
    process.stderr.write(`${describeProblem(argument, doubt, terminalLanguage())}\n`);
  }
  const own = Object.fromEntries(Object.entries(overrides).filter(([key]) => Object.hasOwn(original.params, key)));
  const rules = withRisk(resolvedRules(original, own), riskOf(original, overrides));
  const program = withParameters(original, own);
  const targets = (program.universe ?? []).map((symbol) => ({ instrument: instrumentId(symbol), symbol, name: '' }));
  const name = program.metadata.id;
  return {
    kind: 'data',
    targets,
    intervals: ['1d', '1m'],
    program,
    start: (instruments, interval = '1d', index) =>
      ruleStrategy({ name, rules, program, instruments, interval, ...(index === undefined ? {} : { index }) }),
  };
}

export interface NamedRules {
  readonly program: RuleProgram;
  /** Without errors; empty for a preset. */
  readonly findings: readonly RuleFinding[];
}

/**
 * The program behind `preset:<id>` or a file.
 *
 * @throws {FixConfiguration} `strategy.preset`; `strategy.file` for a file that cannot be read or has errors
 */
export function rulesNamed(argument: string, dialect?: RuleDialect): NamedRules {
  if (argument.startsWith('preset:')) return { program: presetNamed(argument.slice('preset:'.length)), findings: [] };
  const file = readRulesFile(argument, dialect);
  if (file.kind === 'program') return file;
  const errors = file.findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const more =
    errors.length > 1 ? say(` (고칠 곳이 ${errors.length - 1}군데 더 있어요.)`, ` (${errors.length - 1} more.)`) : '';
  const sentence = first === undefined ? argument : describeProblem(argument, first, terminalLanguage());
  throw new FixConfiguration('strategy.file', `${sentence}${more}`);
}

/** @throws {FixConfiguration} `strategy.file` when the file itself cannot be read; what it says is the caller's to judge */
export function readRulesFile(file: string, dialect?: RuleDialect): KisYamlFile {
  const text = textOf(file);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return readKisYaml(text, { sha256, ...(dialect === undefined ? {} : { dialect }) });
}

/**
 * What `--set` says of stops, targets and the size, as a search does: fractions, where no parameter has the same name.
 *
 * @throws {FixConfiguration} `cli.option` for a name that is neither, and for what is no fraction
 */
function riskOf({ params }: RuleProgram, overrides: Readonly<Record<string, number>>): Record<string, number> {
  const risk: Record<string, number> = {};
  for (const [name, value] of Object.entries(overrides)) {
    if (Object.hasOwn(params, name)) continue;
    if (!riskNames.includes(name)) throw wrongName('--set', name, [...Object.keys(params), ...riskNames]);
    if (!isRiskValue(name, value)) {
      throw wrongOption(
        '--set',
        `${name}=${value}`,
        say('0.03(3%) 꼴의 비율', 'a fraction such as 0.03, which is 3 %'),
      );
    }
    risk[name] = value;
  }
  return risk;
}

function resolvedRules(program: RuleProgram, overrides: Readonly<Record<string, number>>): ResolvedRules {
  const outcome = resolveProgram(program, overrides);
  if (outcome.kind === 'rules') return outcome.rules;
  const { where, found, wanted } = outcome.problem;
  throw new FixConfiguration(
    'cli.option',
    say(
      `--set 값을 쓸 수 없어요. ${where}: ${found} (${wanted})`,
      `Cannot use --set: ${where} has ${found}, wanted ${wanted}.`,
    ),
  );
}

function presetNamed(id: string): RuleProgram {
  const preset = presetById(id);
  if (preset !== null) return preset.program;
  const ids = presets.map((one) => one.id);
  const all = presets.flatMap((one) => [one.id, ...one.otherIds]);
  const known = ids.join(', ');
  const shown = id.slice(0, 40);
  throw new FixConfiguration(
    'strategy.preset',
    say(
      `"${shown}" 프리셋은 없어요.${didYouMean(id, all)} 쓸 수 있는 이름: ${known}.`,
      `Cannot run the preset "${shown}": there is none of that name, wanted one of ${known}.${didYouMean(id, all)}`,
    ),
  );
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= bytesMax) return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, say('경로를 확인해 주세요', 'no readable file is there; check the path'), cause);
  }
  throw unreadable(file, say('파일이 너무 커요', 'it is too large for a strategy'));
}

function unreadable(file: string, found: string, cause?: unknown): FixConfiguration {
  const sentence = say(`"${file}"을 읽을 수 없어요. ${found}.`, `Cannot read "${file}": ${found}.`);
  return new FixConfiguration('strategy.file', sentence, { cause });
}
