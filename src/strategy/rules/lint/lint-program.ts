import { withParticle } from '../../korean-particle.ts';
import { finding, type FindingSeverity, type RuleFinding } from '../finding.ts';
import type { Rule, RuleGroup, RuleNumber, RuleProgram } from '../program.ts';
import { resolveProgram } from '../resolve-program.ts';
import { ruleSentence } from '../rule-sentence.ts';
import { lintEngines } from './lint-engines.ts';
import { truthOf } from './truth.ts';
import { unitDoubt } from './unit-doubt.ts';

export interface LintOptions {
  /** Bars that a run would have, on which somebody traded; nothing is said of history when it is left out. */
  readonly history?: LintHistory;
}

/** How many bars there are, and the days of the first and the last as a person reads them; empty when they are unknown. */
export interface LintHistory {
  readonly bars: number;
  readonly first: string;
  readonly last: string;
}

/**
 * What can be said of a program by thinking alone: that it can never buy, that it never sells, that a threshold has the
 * wrong unit, that something stands there for nothing. Errors are proven, by ranges of values and the order among them;
 * warnings are likely.
 */
export function lintProgram(program: RuleProgram, { history }: LintOptions = {}): readonly RuleFinding[] {
  return [
    ...lintEntry(program),
    ...lintExit(program),
    ...(['entry', 'exit'] as const).flatMap((side) => lintRules(program[side], side, program)),
    ...lintParams(program),
    ...lintHistory(program, history),
    ...lintEngines(program),
  ];
}

function lintEntry(program: RuleProgram): readonly RuleFinding[] {
  const truth = truthOf(program.entry, program);
  if (truth.kind === 'never') {
    const code = truth.isExtreme ? 'L1' : program.entry.rules.length === 0 ? 'L8' : 'never';
    return [
      tell(
        'error',
        code,
        'strategy.entry',
        `이 전략은 절대 사지 않아요. ${truth.why.ko}.`,
        `This strategy can never buy: ${truth.why.en}.`,
      ),
    ];
  }
  if (truth.kind !== 'always') return [];
  return [
    tell(
      'warning',
      'L8',
      'strategy.entry',
      `사는 조건이 언제나 맞아요. ${truth.why.ko}.`,
      `The entry always holds: ${truth.why.en}.`,
    ),
  ];
}

function lintExit(program: RuleProgram): readonly RuleFinding[] {
  const { exit, risk } = program;
  const path = 'strategy.exit';
  const truth = truthOf(exit, program);
  const hasStops = [risk.stopLossBps, risk.takeProfitBps, risk.trailingStopBps].some((bps) => bps !== null);
  if (truth.kind === 'always') {
    return [
      tell(
        'warning',
        'L8',
        path,
        `파는 조건이 언제나 맞아서 산 다음 봉에 바로 팔아요. ${truth.why.ko}.`,
        `The exit always holds, so what is bought is sold at once: ${truth.why.en}.`,
      ),
    ];
  }
  if (truth.kind !== 'never') return lintBoth(program);
  if (hasStops && exit.rules.length === 0) {
    return [
      tell(
        'info',
        'L8',
        path,
        '파는 조건이 없어서 손절·익절로만 팔아요.',
        'No rule says when to sell; only stops and targets do.',
      ),
    ];
  }
  const rest = hasStops
    ? ['손절·익절로만 팔아요', 'only stops and targets sell']
    : ['한 번 사면 팔지 않아요', 'what is bought is never sold'];
  return [
    tell(
      'warning',
      truth.isExtreme ? 'L1' : 'L8',
      path,
      `파는 조건이 절대 맞지 않아요. ${truth.why.ko}. 그래서 ${rest[0]}.`,
      `The exit never fires: ${truth.why.en}, so ${rest[1]}.`,
    ),
  ];
}

/** The same rule on both sides: bought and sold on one bar. */
function lintBoth({ entry, exit }: RuleProgram): readonly RuleFinding[] {
  const exits = new Set(exit.rules.map((rule) => JSON.stringify(rule)));
  const needsAll = entry.kind === 'all' || entry.rules.length === 1;
  const needsOne = exit.kind === 'any' || exit.rules.length === 1;
  const isShared = needsAll && needsOne && entry.rules.some((rule) => exits.has(JSON.stringify(rule)));
  if (!isShared) return [];
  return [
    tell(
      'warning',
      'L8',
      'strategy.exit',
      '사는 조건이 맞는 봉에서는 파는 조건도 맞아요.',
      'Whenever the entry holds, the exit holds too.',
    ),
  ];
}

/** Each rule by itself: parts that never count, thresholds of the wrong unit, groups without rules. */
function lintRules(
  { rules }: RuleGroup,
  side: string,
  program: RuleProgram,
  where = `strategy.${side}.conditions`,
): readonly RuleFinding[] {
  return rules.flatMap((rule, place) => {
    const path = `${where}.${place}`;
    const own = rule.kind === 'all' || rule.kind === 'any' ? lintRules(rule, side, program, `${path}.conditions`) : [];
    return [...own, ...lintTruth(rule, path, program), ...lintUnit(rule, path, program)];
  });
}

function lintTruth(rule: Rule, path: string, program: RuleProgram): readonly RuleFinding[] {
  if (rule.kind !== 'compare' && rule.kind !== 'pattern') return [];
  const truth = truthOf(rule, program);
  if (truth.kind === 'open') return [];
  const isNever = truth.kind === 'never';
  return [
    tell(
      'warning',
      isNever && truth.isExtreme ? 'L1' : truth.kind,
      path,
      `${withParticle(`"${ruleSentence(rule, program, 'ko')}"`, 'topic')} ${isNever ? '절대 맞지 않아요' : '언제나 맞아요'}. ${truth.why.ko}.`,
      `"${ruleSentence(rule, program, 'en')}" is ${isNever ? 'never' : 'always'} true: ${truth.why.en}.`,
    ),
  ];
}

function lintUnit(rule: Rule, path: string, program: RuleProgram): readonly RuleFinding[] {
  const doubt = unitDoubt(rule, program);
  return doubt === null ? [] : [tell('warning', doubt.code, path, doubt.ko, doubt.en)];
}

function lintParams(program: RuleProgram): readonly RuleFinding[] {
  const used = new Set(namesUsed(program));
  return Object.keys(program.params)
    .filter((name) => !used.has(name))
    .map((name) => {
      const isRisk = /stop|profit|trail|risk/.test(name);
      const why = isRisk ? ' 손절·익절은 risk에 적은 숫자만 써요.' : '';
      return tell(
        'info',
        'L7',
        `strategy.params.${name}`,
        `변수 ${withParticle(`"${name}"`, 'topic')} 아무 데서도 쓰지 않아서 바꿔도 달라지지 않아요.${why}`,
        `The parameter "${name}" is used nowhere, so changing it changes nothing.${isRisk ? ' Stops and targets take the numbers of risk alone.' : ''}`,
      );
    });
}

function namesUsed({ indicators, entry, exit }: RuleProgram): readonly string[] {
  const own = indicators.flatMap(({ params, average }) => [
    ...Object.values(params),
    ...(average === undefined ? [] : [average]),
  ]);
  return [...own.flatMap(nameIn), ...namesIn(entry), ...namesIn(exit)];
}

function namesIn(rule: Rule): readonly string[] {
  if (rule.kind === 'pattern') return [];
  if (rule.kind !== 'compare') return rule.rules.flatMap(namesIn);
  return [rule.left, rule.right].flatMap((side) => (side.kind === 'number' ? nameIn(side.value) : []));
}

function nameIn(value: RuleNumber | string): readonly string[] {
  return typeof value === 'object' ? [value.param] : [];
}

function lintHistory(program: RuleProgram, history: LintHistory | undefined): readonly RuleFinding[] {
  const resolved = resolveProgram(program);
  if (history === undefined || resolved.kind !== 'rules') return [];
  const { warmUpBars } = resolved.rules;
  const { bars, first, last } = history;
  if (warmUpBars < bars) return [];
  const days = first === '' ? '' : ` (${first}–${last})`;
  return [
    tell(
      'error',
      'L9',
      '',
      `조건을 처음 따질 수 있을 때까지 봉이 ${warmUpBars}개 필요한데 ${bars}개뿐이에요${days}. 기간을 늘려 주세요.`,
      `The rules need ${warmUpBars} bars before they can first be judged, and there are ${bars}${days}; take a longer range.`,
    ),
  ];
}

function tell(severity: FindingSeverity, code: string, path: string, ko: string, en: string): RuleFinding {
  return finding(severity, code, path, { ko, en });
}
