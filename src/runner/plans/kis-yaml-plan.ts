import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import { say, terminalLanguage } from '#link/language.ts';
import { describeProblem } from '#strategy/config-problem.ts';
import { readKisYaml } from '#strategy/rules/kis-yaml/read-kis-yaml.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import { resolveProgram } from '#strategy/rules/resolve-program.ts';
import { ruleStrategy } from '#strategy/rules/rule-strategy.ts';
import { RulesBrain } from '../rules-brain.ts';
import type { StrategyEntry } from './snowball-config.ts';
import type { StrategyPlan } from './strategy-plan.ts';

type KisYamlEntry = Extract<StrategyEntry, { kind: 'kis-yaml' }>;

const bytesMax = 1_048_576;

/**
 * A `.kis.yaml` file, interpreted in this process: it holds data and no code. Its own instruments are traded unless the
 * entry names others.
 *
 * @param root folder from which the file's path starts
 * @throws {FixConfiguration} `runner.config` with file, line and the first thing to mend, and where no instrument is named
 */
export function kisYamlPlan(entry: KisYamlEntry, root: string): StrategyPlan {
  const { name, file, interval } = entry;
  const program = programIn(file, root);
  const resolved = resolveProgram(program);
  if (resolved.kind === 'problem') {
    const { where, found, wanted } = resolved.problem;
    throw unusable(file, `${where}: ${found} (${wanted})`, `${where} has ${found}, wanted ${wanted}`);
  }
  const { rules } = resolved;
  const symbols = entry.symbols ?? program.universe ?? [];
  if (symbols.length === 0) {
    throw unusable(
      file,
      '종목이 없어요. symbols나 x_snowball.universe에 적어 주세요',
      'no instrument is named; write symbols or x_snowball.universe',
    );
  }
  const instruments = symbols.map(instrumentId);
  const strategy = () => ruleStrategy({ name, rules, program, instruments, interval });
  return {
    name,
    kind: 'rules',
    symbols,
    interval,
    remark: program.metadata.name,
    strategy,
    brain: (context, events) => new RulesBrain(strategy(), context, events),
  };
}

function programIn(file: string, root: string): RuleProgram {
  const text = textOf(file, root);
  const read = readKisYaml(text, { sha256: createHash('sha256').update(text).digest('hex') });
  if (read.kind === 'program') return read.program;
  const first = read.findings.find(({ severity }) => severity === 'error');
  throw new FixConfiguration(
    'runner.config',
    first === undefined ? file : describeProblem(file, first, terminalLanguage()),
  );
}

function textOf(file: string, root: string): string {
  const path = resolve(root, file);
  try {
    if (statSync(path).size <= bytesMax) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw unusable(file, '읽을 수 있는 파일이 없어요', 'no readable file is there', cause);
  }
  throw unusable(file, '파일이 너무 커요', 'it is too large');
}

function unusable(file: string, ko: string, en: string, cause?: unknown): FixConfiguration {
  const shown = file.slice(0, 120);
  const sentence = say(`"${shown}" 전략을 쓸 수 없어요. ${ko}.`, `Cannot use the strategy "${shown}": ${en}.`);
  return new FixConfiguration('runner.config', sentence, { cause });
}
