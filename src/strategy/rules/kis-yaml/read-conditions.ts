import { withParticle } from '../../korean-particle.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Rule, RuleGroup, RuleOperator, RulePattern } from '../program.ts';
import type { ConditionScope } from './condition-scope.ts';
import { isReadByB, isReadByS, operatorNames, operatorOf } from './operator-names.ts';
import { priceWords, readLeft, readRight, tellDangling } from './read-operands.ts';
import { shown } from './reading-notes.ts';
import { tellTreeKeys, treeKeys } from './tree-keys.ts';

const rulesMax = 64;
const groupKeys = ['logic', 'conditions'];
const comparisonKeys = ['indicator', 'operator', 'output', 'compare_to', 'value', 'compare_output'];
const conditionKeys = [...comparisonKeys, 'compare_scalar', 'compare_operation', 'candlestick', 'signal'];

/** `strategy.entry` or `strategy.exit`, or a tree of `x_snowball`. */
export function readGroup(value: unknown, path: string, usualLogic: 'AND' | 'OR', scope: ConditionScope): RuleGroup {
  const { notes } = scope;
  const map = notes.map(value, path);
  if (scope.isTree) notes.tellUnknownKeys(map, groupKeys, path);
  else notes.keep(map, groupKeys, path.split('.'));
  const logic = notes.text(map.get('logic'), `${path}.logic`, usualLogic).toUpperCase();
  if (logic !== 'AND' && logic !== 'OR') {
    notes.error('shape', `${path}.logic`, {
      ko: `logic에는 AND나 OR을 적어 주세요. ${withParticle(shown(logic), 'topic')} 쓸 수 없어요.`,
      en: `logic is ${shown(logic)}, wanted AND or OR.`,
    });
  }
  const list = notes.list(map.get('conditions'), `${path}.conditions`);
  const rules = list.slice(0, rulesMax + 1).flatMap((each, place) => {
    const rule = readRule(each, `${path}.conditions.${place}`, scope);
    return rule === null ? [] : [rule];
  });
  if (rules.length === 1 && isNever(rules[0])) return { kind: logic === 'OR' ? 'any' : 'all', rules: [] };
  return { kind: logic === 'OR' ? 'any' : 'all', rules };
}

/** `close < 0` alone is how our files say "never" to programs that take an empty group for "always". */
function isNever(rule: Rule | undefined): boolean {
  if (rule?.kind !== 'compare' || rule.operator !== 'less_than') return false;
  const { left, right } = rule;
  const isClose = left.kind === 'price' && left.word === 'close' && left.barsAgo === 0 && !left.scale;
  return isClose && right.kind === 'number' && right.value === 0;
}

function readRule(value: unknown, path: string, scope: ConditionScope): Rule | null {
  const { notes, budget } = scope;
  const map = notes.map(value, path);
  if (scope.isTree && map.has('conditions')) return readGroup(value, path, 'AND', scope);
  budget.rules += 1;
  if (budget.rules > rulesMax) {
    if (budget.rules === rulesMax + 1) {
      notes.error('size', path, {
        ko: `조건이 너무 많아요. 모두 합쳐 ${rulesMax}개까지 쓸 수 있어요.`,
        en: `There are too many conditions, at most ${rulesMax} in the whole file.`,
      });
    }
    return null;
  }
  notes.keep(map, scope.isTree ? [...conditionKeys, ...treeKeys] : conditionKeys, path.split('.'));
  const before = notes.findings.length;
  if (!scope.isTree) tellTreeKeys(map, path, notes);
  const rule = map.has('candlestick') ? readPattern(map, path, scope) : readComparison(map, path, scope);
  return notes.findings.slice(before).some(({ severity }) => severity === 'error') ? null : rule;
}

function readPattern(map: ReadonlyMap<string, unknown>, path: string, scope: ConditionScope): RulePattern | null {
  const { notes, aliases } = scope;
  const name = notes.text(map.get('candlestick'), `${path}.candlestick`, '');
  const signal = notes.text(map.get('signal'), `${path}.signal`, 'detected');
  if (signal !== 'bullish' && signal !== 'bearish' && signal !== 'detected') {
    notes.error('shape', `${path}.signal`, {
      ko: `signal에는 bullish, bearish, detected 가운데 하나를 적어 주세요. ${withParticle(shown(signal), 'topic')} 쓸 수 없어요.`,
      en: `signal is ${shown(signal)}, wanted bullish, bearish or detected.`,
    });
    return null;
  }
  const declared = aliases.candlesticks.length;
  const found = aliases.candlestick(name);
  if (found === null) {
    tellDangling(name, `${path}.candlestick`, scope);
    return null;
  }
  if (aliases.candlesticks.length > declared) {
    notes.warn('alias', `${path}.candlestick`, {
      ko: `${withParticle(`"${name}"`, 'object')} candlesticks에 적지 않아 패턴 이름으로 읽었어요.`,
      en: `"${name}" is not declared under candlesticks and was read as the name of the pattern.`,
    });
  }
  return { kind: 'pattern', alias: found.alias, signal };
}

function readComparison(map: ReadonlyMap<string, unknown>, path: string, scope: ConditionScope): Rule | null {
  const { notes, aliases } = scope;
  const name = notes.text(map.get('indicator'), `${path}.indicator`, '');
  const isPrice = Object.hasOwn(priceWords, name);
  const named = isPrice || scope.isTree || aliases.indicator(name) !== null ? null : aliases.candlestick(name);
  if (named !== null) {
    notes.warn('dialect', `${path}.indicator`, {
      ko: `${withParticle(`"${name}"`, 'topic')} 캔들 패턴이라 "나타나면"으로 읽었어요. S만 이렇게 읽어요. candlestick으로 적어 주세요.`,
      en: `"${name}" is a candlestick pattern and was read as "detected", as S alone does; write it as candlestick.`,
    });
    return { kind: 'pattern', alias: named.alias, signal: 'detected' };
  }
  const operator = readOperator(map, path, scope);
  const left = readLeft(map, name, path, scope);
  const right = readRight(map, path, scope);
  if (operator === null || left === null || right === null) return null;
  return { kind: 'compare', left, operator, right };
}

function readOperator(map: ReadonlyMap<string, unknown>, path: string, { notes }: ConditionScope): RuleOperator | null {
  const at = `${path}.operator`;
  const text = notes.text(map.get('operator'), at, '');
  if (text === '') {
    notes.warn('operator', at, {
      ko: '비교 방법(operator)이 없어서 "크다"로 읽었어요.',
      en: 'There is no operator, so it was read as greater_than.',
    });
    return 'greater_than';
  }
  const operator = operatorOf(text);
  if (operator === null) {
    const nearest = nearestName(
      text,
      operatorNames.filter((one) => one.length > 2),
    );
    const hint = nearest === null ? '' : nearest;
    notes.error('L6', at, {
      ko: `operator ${withParticle(shown(text), 'topic')} 쓸 수 없어요. B는 거절하거나 다른 뜻으로, S는 "크다"로 읽어요.${hint === '' ? '' : ` ${withParticle(`"${hint}"`, 'object')} 쓰려던 건가요?`}`,
      en: `The operator ${shown(text)} cannot be used: B refuses or misreads it, S takes it for greater_than.${hint === '' ? '' : ` Did you mean "${hint}"?`}`,
    });
    return null;
  }
  if (!isReadByB(text)) {
    notes.warn('operator', at, {
      ko: `${withParticle(`"${text}"`, 'topic')} S의 표기예요. B는 이 파일을 거절해요. "equal"로 읽었어요.`,
      en: `"${text}" is how S writes it and B refuses the file; read as "equal".`,
    });
  } else if (notes.dialect === 's' && !isReadByS(text)) {
    notes.warn('operator', at, {
      ko: `S는 ${withParticle(`"${text}"`, 'object')} 몰라서 "크다"로 읽어요. 여기서는 적힌 대로 "${operator}"로 읽었어요.`,
      en: `S does not know "${text}" and takes it for greater_than; here it is read as written, "${operator}".`,
    });
  }
  return operator;
}
