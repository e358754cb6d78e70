import type { ConfigProblem } from '../../config-problem.ts';
import { withParticle } from '../../korean-particle.ts';
import { placed } from '../../yaml-map.ts';
import { hasErrors, type RuleFinding } from '../finding.ts';
import type { RuleDialect, RuleGroup, RuleIndicator, RuleProgram } from '../program.ts';
import { resolveProgram } from '../resolve-program.ts';
import { guessDialect } from './guess-dialect.ts';
import type { ConditionScope } from './condition-scope.ts';
import { readGroup } from './read-conditions.ts';
import { readRuleNumber } from './read-operands.ts';
import { readIndicators } from './read-indicators.ts';
import { readMetadata, readParamTable } from './read-metadata.ts';
import { readRisk, readSizing } from './read-risk.ts';
import { ReadingNotes, shown } from './reading-notes.ts';
import { parseStrategyDocument } from './safe-document.ts';

const topKeys = ['version', 'metadata', 'strategy', 'risk', 'x_snowball'];
const strategyKeys = ['id', 'category', 'params', 'indicators', 'candlesticks', 'entry', 'exit'];
const extensionKeys = ['universe', 'sizing', 'averages', 'entry', 'exit', 'exportable'];
const universeMax = 200;

export interface KisYamlOptions {
  /** Reads doubtful places as this dialect does; guessed from the file when left out. */
  readonly dialect?: RuleDialect;
  /** Of the text, hexadecimal, when the caller computed it. */
  readonly sha256?: string;
}

/** What became of a file. Findings are in the order in which they were found, errors only where there is no program. */
export type KisYamlFile =
  | { readonly kind: 'program'; readonly program: RuleProgram; readonly findings: readonly RuleFinding[] }
  | { readonly kind: 'refused'; readonly findings: readonly RuleFinding[] };

/**
 * Reads a `.kis.yaml` strategy of either dialect, and whatever is doubtful in it becomes a finding for the person. Nothing
 * in it is ever run: names are text, rules are interpreted.
 *
 * Bounds: 262,144 characters, 4,096 lines, 12 levels, 64 aliases of YAML, 64 indicators, 64 patterns, 64 conditions, 64
 * parameters, 200 instruments.
 */
export function readKisYaml(text: string, options: KisYamlOptions = {}): KisYamlFile {
  const parsed = parseStrategyDocument(text);
  if (parsed.kind === 'problems') return { kind: 'refused', findings: parsed.problems.map(unreadable) };
  const dialect = options.dialect ?? guessDialect(parsed.value['strategy']);
  const notes = new ReadingNotes(dialect);
  const program = readProgram(new Map(Object.entries(parsed.value)), notes, options.sha256 ?? null);
  const findings = notes.findings.map((one) => ({ ...one, ...placed(parsed.document, parsed.lines, one) }));
  if (hasErrors(findings)) return { kind: 'refused', findings };
  return { kind: 'program', program, findings };
}

function unreadable(problem: ConfigProblem): RuleFinding {
  return { ...problem, severity: 'error', code: 'yaml' };
}

function readProgram(top: ReadonlyMap<string, unknown>, notes: ReadingNotes, sha256: string | null): RuleProgram {
  notes.keep(top, topKeys, []);
  readVersion(top.get('version'), notes);
  const strategy = notes.map(top.get('strategy'), 'strategy');
  if (strategy.size === 0) tellNoStrategy(notes);
  notes.keep(strategy, strategyKeys, ['strategy']);
  const metadata = readMetadata(notes.map(top.get('metadata'), 'metadata'), strategy, notes);
  const params = readParamTable(strategy.get('params'), notes);
  const { indicators, aliases } = readIndicators(strategy, params, notes);
  const scope: ConditionScope = { aliases, params, notes, budget: { rules: 0 }, isTree: false };
  const extension = notes.map(top.get('x_snowball'), 'x_snowball');
  notes.keep(extension, extensionKeys, ['x_snowball']);
  const [entry, exit] = [readSide('entry', strategy, extension, scope), readSide('exit', strategy, extension, scope)];
  const risk = notes.map(top.get('risk'), 'risk');
  const universe = readUniverse(extension.get('universe'), notes);
  const program: RuleProgram = {
    metadata,
    params,
    indicators: readAverages(indicators, extension.get('averages'), scope),
    candlesticks: aliases.candlesticks,
    entry,
    exit,
    risk: readRisk(risk, notes),
    sizing: readSizing(risk, notes.map(extension.get('sizing'), 'x_snowball.sizing'), notes),
    ...(universe.length === 0 ? {} : { universe }),
    source: { dialect: notes.dialect, sha256 },
    ...(notes.preserved.length === 0 ? {} : { preserved: notes.preserved }),
  };
  if (!hasErrors(notes.findings)) tryToResolve(program, notes);
  return program;
}

/** A tree of `x_snowball` stands for the flat rules, which then are only there for programs that do not know it. */
function readSide(
  side: 'entry' | 'exit',
  strategy: ReadonlyMap<string, unknown>,
  extension: ReadonlyMap<string, unknown>,
  scope: ConditionScope,
): RuleGroup {
  const { notes } = scope;
  if (extension.has(side))
    return readGroup(extension.get(side), `x_snowball.${side}`, 'AND', { ...scope, isTree: true });
  const path = `strategy.${side}`;
  const usualLogic = side === 'exit' && notes.dialect !== 's' ? 'OR' : 'AND';
  const group = readGroup(strategy.get(side), path, usualLogic, scope);
  const hasLogic = notes.map(strategy.get(side), path).has('logic');
  if (side === 'exit' && !hasLogic && group.rules.length > 1) {
    notes.warn('dialect', path, {
      ko: `파는 조건을 묶는 logic이 없어요. B는 OR, S는 AND로 읽어요. 여기서는 ${usualLogic}로 읽었어요. logic을 적어 주세요.`,
      en: `The exit has no logic: B reads OR, S reads AND. Read as ${usualLogic}; write the logic.`,
    });
  }
  return group;
}

/** `x_snowball.averages`: by alias, over how many of its latest values the mean stands for an indicator. */
function readAverages(
  indicators: readonly RuleIndicator[],
  value: unknown,
  scope: ConditionScope,
): readonly RuleIndicator[] {
  const path = 'x_snowball.averages';
  const averages = scope.notes.map(value, path);
  for (const alias of averages.keys()) {
    if (indicators.some((one) => one.alias === alias)) continue;
    scope.notes.error('alias', path, {
      ko: `averages의 ${withParticle(shown(alias), 'called')} 지표가 없어요.`,
      en: `averages names ${shown(alias)}, and there is no such indicator.`,
    });
  }
  return indicators.map((one) => {
    const given = averages.get(one.alias);
    const average =
      given === undefined ? null : readRuleNumber(given, `${path}.${one.alias}`, { ...scope, isTree: true });
    return average === null ? one : { ...one, average };
  });
}

function readVersion(value: unknown, notes: ReadingNotes): void {
  if (value === undefined || value === null || (typeof value === 'string' && /^\d+(?:\.\d+)*$/.test(value))) return;
  if (typeof value === 'number' && Number.isFinite(value)) {
    notes.warn('dialect', 'version', {
      ko: 'version에 따옴표가 없어요. B는 숫자를 거절해요. "1.0"처럼 적어 주세요.',
      en: 'version has no quotes, and B refuses a number; write it as "1.0".',
    });
    return;
  }
  notes.error('shape', 'version', {
    ko: `version ${withParticle(shown(value), 'object')} 읽을 수 없어요. "1.0"처럼 적어 주세요.`,
    en: `version is ${shown(value)}, wanted "1.0".`,
  });
}

function readUniverse(value: unknown, notes: ReadingNotes): readonly string[] {
  const codes = notes.list(value, 'x_snowball.universe');
  const wrong = codes.findIndex((code) => typeof code !== 'string' || !/^[0-9][0-9A-Z]{5}$/.test(code));
  if (wrong < 0 && codes.length <= universeMax) return codes.map(String);
  notes.error('shape', wrong < 0 ? 'x_snowball.universe' : `x_snowball.universe.${wrong}`, {
    ko: `종목은 "005930"처럼 따옴표로 묶은 여섯 자리 코드로 ${universeMax}개까지 적어 주세요.`,
    en: `Instruments are six-character codes in quotes, such as "005930", at most ${universeMax}.`,
  });
  return [];
}

function tellNoStrategy(notes: ReadingNotes): void {
  notes.error('shape', 'strategy', {
    ko: '"strategy"가 없어요. 지표와 사고파는 조건을 적어 주세요.',
    en: 'There is no "strategy"; write its indicators and when to buy and sell.',
  });
}

function tryToResolve(program: RuleProgram, notes: ReadingNotes): void {
  const outcome = resolveProgram(program);
  if (outcome.kind === 'rules') return;
  const { where, found, wanted } = outcome.problem;
  notes.error('shape', '', {
    ko: `실행할 수 없는 전략이에요. ${where}: ${found}. (${wanted})`,
    en: `The strategy cannot run: ${where} has ${found}, wanted ${wanted}.`,
  });
}
