import { finding, type FindingTexts, type RuleFinding } from '../finding.ts';
import { numberText } from '../operand-text.ts';
import type { RuleProgram } from '../program.ts';
import type { ResolvedGroup, ResolvedIndicator, ResolvedOperand, ResolvedRules } from '../resolve-program.ts';
import { RuleColumns, type Mask } from '../rule-columns.ts';
import { engineTwin, type Engine } from './engine-twins.ts';
import { unlikeEngines } from './unlike-engines.ts';

/** `L10` by thinking alone: which indicators mean something else in the other two programs, and what they mean here. */
export function lintEngines({ indicators }: RuleProgram): readonly RuleFinding[] {
  const ids = [...new Set(indicators.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const texts = textsOf(id);
    const place = indicators.findIndex((one) => one.id === id);
    return texts === null
      ? []
      : [finding('info', 'L10', pathOf(place), { ko: `${id}: ${texts.ko}`, en: `${id}: ${texts.en}` })];
  });
}

/**
 * `L10` with evidence: the value of each such indicator here and in the other program on the last bar that has both, and how
 * often the rules hold with the one and with the other. A warning when the file was written for that program and it decides
 * otherwise there, good to know else. Nothing is said of an indicator that no rule reads.
 */
export function seeEngines({ program, rules, columns, dayOf }: SeenProgram): readonly RuleFinding[] {
  const own = decide(columns, rules);
  return (['b', 's'] as const).flatMap((engine) =>
    [...new Set(program.indicators.map(({ id }) => id))].flatMap((id) => {
      const other = withTwins(rules, id, engine);
      const texts = textsOf(id);
      const values = other === null || texts === null ? null : lastValues(columns, { rules, other, id });
      if (other === null || texts === null || values === null) return [];
      const theirs = decide(columns, other);
      const decidesAlike = isSame(own.entry, theirs.entry) && isSame(own.exit, theirs.exit);
      const severity = decidesAlike || program.source?.dialect !== engine ? 'info' : 'warning';
      const place = program.indicators.findIndex((one) => one.id === id);
      return [
        finding(
          severity,
          'L10',
          pathOf(place),
          evidenceTexts({ id, engine, texts, values, decided: [own, theirs], dayOf }),
        ),
      ];
    }),
  );
}

/** A program, what it resolves to, and the bars that it is seen on. */
export interface SeenProgram {
  readonly program: RuleProgram;
  readonly rules: ResolvedRules;
  readonly columns: RuleColumns;
  readonly dayOf: (row: number) => string;
}

interface Decisions {
  readonly entry: Mask;
  readonly exit: Mask;
}

interface LastValues {
  readonly row: number;
  readonly ours: number;
  readonly theirs: number;
}

function decide(columns: RuleColumns, rules: ResolvedRules): Decisions {
  return { entry: columns.entry(rules), exit: columns.exit(rules) };
}

/** The rules with every indicator of this id as the other program computes it; null where there is nothing to replace. */
function withTwins(rules: ResolvedRules, id: string, engine: Engine): ResolvedRules | null {
  let isChanged = false;
  const indicators = rules.indicators.map((one): ResolvedIndicator => {
    const twin = one.definition.id === id ? engineTwin(one.definition, engine) : null;
    isChanged ||= twin !== null;
    return twin === null ? one : { ...one, definition: twin };
  });
  return isChanged ? { ...rules, indicators } : null;
}

/** Of the first rule that reads it: the last bar on which the two programs have a value. */
function lastValues(
  columns: RuleColumns,
  { rules, other, id }: { readonly rules: ResolvedRules; readonly other: ResolvedRules; readonly id: string },
): LastValues | null {
  const read = [...operandsOf(rules.entry), ...operandsOf(rules.exit)].find(
    (operand) => operand.kind === 'indicator' && rules.indicators[operand.indicator]?.definition.id === id,
  );
  if (read === undefined) return null;
  const plain = { ...read, barsAgo: 0, scale: null };
  const [mine, yours] = [columns.column(plain, rules.indicators), columns.column(plain, other.indicators)];
  for (let row = mine.length - 1; row >= 0; row -= 1) {
    const [ours = NaN, theirs = NaN] = [mine[row], yours[row]];
    if (Number.isFinite(ours) && Number.isFinite(theirs)) return { row, ours, theirs };
  }
  return null;
}

function operandsOf({ rules }: ResolvedGroup): readonly ResolvedOperand[] {
  return rules.flatMap((rule) => (rule.kind === 'compare' ? [rule.left, rule.right] : operandsOf(rule)));
}

const names: Readonly<Record<Engine, FindingTexts>> = {
  b: { ko: 'B(백테스터)', en: 'B (the backtester)' },
  s: { ko: 'S(전략 빌더)', en: 'S (the builder)' },
};

function evidenceTexts(seen: {
  readonly id: string;
  readonly engine: Engine;
  readonly texts: FindingTexts;
  readonly values: LastValues;
  /** Here and there. */
  readonly decided: readonly [Decisions, Decisions];
  readonly dayOf: (row: number) => string;
}): FindingTexts {
  const { id, engine, texts, values, decided, dayOf } = seen;
  const [day, ours, other] = [dayOf(values.row), numberText(values.ours), numberText(values.theirs)];
  const changed = (['entry', 'exit'] as const).filter((side) => !isSame(decided[0][side], decided[1][side]));
  const counts = changed.map((side) => countsText(side, count(decided[0][side]), count(decided[1][side])));
  const [koCounts, enCounts] = [counts.map(({ ko }) => ko).join(', '), counts.map(({ en }) => en).join(', ')];
  const isAlike = changed.length === 0;
  const ko = isAlike ? '이 봉들에서는 어느 쪽으로 계산해도 결정이 같아요.' : `그렇게 계산하면 ${koCounts} 맞아요.`;
  const en = isAlike ? 'On these bars both decide alike.' : `Computed so, ${enCounts}.`;
  return {
    ko: `${id}: ${texts.ko} ${day} 값은 여기서 ${ours}, ${names[engine].ko}에서 ${other}. ${ko}`,
    en: `${id}: ${texts.en} On ${day} it is ${ours} here and ${other} in ${names[engine].en}. ${en}`,
  };
}

function countsText(side: 'entry' | 'exit', here: number, there: number): FindingTexts {
  const name = side === 'entry' ? '사는' : '파는';
  if (here === there)
    return {
      ko: `${name} 조건이 ${here}번 그대로여도 다른 봉에서`,
      en: `the ${side} holds ${here} times too, on other bars`,
    };
  return {
    ko: `${name} 조건이 ${here}번이 아니라 ${there}번`,
    en: `the ${side} holds ${there} times instead of ${here}`,
  };
}

function textsOf(id: string): FindingTexts | null {
  return Object.hasOwn(unlikeEngines, id) ? (unlikeEngines[id] ?? null) : null;
}

function pathOf(place: number): string {
  return `strategy.indicators.${place}`;
}

function count(mask: Mask): number {
  return mask.reduce((sum, one) => sum + one, 0);
}

function isSame(one: Mask, other: Mask): boolean {
  return one.every((value, row) => value === other[row]);
}
