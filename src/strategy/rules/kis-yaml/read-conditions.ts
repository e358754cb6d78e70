import { candlestickById } from '#indicators/candlesticks.ts';
import { indicatorById } from '#indicators/catalogue.ts';
import { nearestName } from '../../nearest-name.ts';
import type {
  PriceWord,
  Rule,
  RuleGroup,
  RuleIndicator,
  RuleNumber,
  RuleOperand,
  RuleOperator,
  RuleParam,
  RulePattern,
  RuleScale,
} from '../program.ts';
import type { AliasTable } from './alias-table.ts';
import { isReadByB, isReadByS, operatorNames, operatorOf } from './operator-names.ts';
import { outputOf, tellUnknownParam } from './read-indicators.ts';
import { paramName, plainNumber, shown, type ReadingNotes } from './reading-notes.ts';
import { readBarsAgo, tellTreeKeys, treeKeys } from './tree-keys.ts';

const rulesMax = 64;
const comparisonKeys = ['indicator', 'operator', 'output', 'compare_to', 'value', 'compare_output'];
const conditionKeys = [...comparisonKeys, 'compare_scalar', 'compare_operation', 'candlestick', 'signal'];
const priceWords: Readonly<Record<string, PriceWord>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  price: 'close',
  volume: 'volume',
};

export interface ConditionScope {
  readonly aliases: AliasTable;
  readonly params: Readonly<Record<string, RuleParam>>;
  readonly notes: ReadingNotes;
  /** Counts the rules of the whole file. */
  readonly budget: { rules: number };
  /** Inside `x_snowball`, where groups, earlier bars and calculations on either side are known. */
  readonly isTree: boolean;
}

/** `strategy.entry` or `strategy.exit`, or a tree of `x_snowball`. */
export function readGroup(value: unknown, path: string, usualLogic: 'AND' | 'OR', scope: ConditionScope): RuleGroup {
  const { notes } = scope;
  const map = notes.map(value, path);
  if (!scope.isTree) notes.keep(map, ['logic', 'conditions'], path.split('.'));
  const logic = notes.text(map.get('logic'), `${path}.logic`, usualLogic).toUpperCase();
  if (logic !== 'AND' && logic !== 'OR') {
    notes.error('shape', `${path}.logic`, {
      ko: `logic에는 AND나 OR을 적어 주세요. ${shown(logic)}은(는) 쓸 수 없어요.`,
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
      ko: `signal에는 bullish, bearish, detected 가운데 하나를 적어 주세요. ${shown(signal)}은(는) 쓸 수 없어요.`,
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
      ko: `"${name}"을(를) candlesticks에 적지 않아 패턴 이름으로 읽었어요.`,
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
      ko: `"${name}"은(는) 캔들 패턴이라 "나타나면"으로 읽었어요. S만 이렇게 읽어요. candlestick으로 적어 주세요.`,
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
      ko: `operator ${shown(text)}은(는) 쓸 수 없어요. B는 거절하거나 다른 뜻으로, S는 "크다"로 읽어요.${hint === '' ? '' : ` "${hint}"을(를) 쓰려던 건가요?`}`,
      en: `The operator ${shown(text)} cannot be used: B refuses or misreads it, S takes it for greater_than.${hint === '' ? '' : ` Did you mean "${hint}"?`}`,
    });
    return null;
  }
  if (!isReadByB(text)) {
    notes.warn('operator', at, {
      ko: `"${text}"은(는) S의 표기예요. B는 이 파일을 거절해요. "equal"로 읽었어요.`,
      en: `"${text}" is how S writes it and B refuses the file; read as "equal".`,
    });
  } else if (notes.dialect === 's' && !isReadByS(text)) {
    notes.warn('operator', at, {
      ko: `S는 "${text}"을(를) 몰라서 "크다"로 읽어요. 여기서는 적힌 대로 "${operator}"로 읽었어요.`,
      en: `S does not know "${text}" and takes it for greater_than; here it is read as written, "${operator}".`,
    });
  }
  return operator;
}

function readLeft(
  map: ReadonlyMap<string, unknown>,
  name: string,
  path: string,
  scope: ConditionScope,
): RuleOperand | null {
  const { notes } = scope;
  if (scope.isTree && map.has('number')) return readNumber(map.get('number'), `${path}.number`, scope);
  if (name === '') {
    notes.warn('operator', `${path}.indicator`, {
      ko: '왼쪽 지표(indicator)가 없어서 종가로 읽었어요.',
      en: 'There is no indicator on the left, so it was read as the close.',
    });
  }
  const side = { name: name === '' ? 'close' : name, output: map.get('output'), at: 'indicator', outputAt: 'output' };
  const scale = scope.isTree ? readScale(map, 'scalar', 'operation', path, scope) : null;
  return readSeries(side, { scale, barsAgo: readBarsAgo(map, 'offset', path, scope) }, path, scope);
}

function readRight(map: ReadonlyMap<string, unknown>, path: string, scope: ConditionScope): RuleOperand | null {
  const { notes } = scope;
  const [value, compareTo] = [map.get('value'), map.get('compare_to')];
  const isGiven = (one: unknown): boolean => one !== undefined && one !== null;
  if (!isGiven(value) && !isGiven(compareTo)) {
    notes.error('shape', path, {
      ko: '무엇과 견줄지 없어요. value에 숫자를, 또는 compare_to에 지표 이름을 적어 주세요.',
      en: 'There is nothing to compare with; write a number as value or an alias as compare_to.',
    });
    return null;
  }
  if (isGiven(value) && isGiven(compareTo) && String(value) !== String(compareTo)) {
    notes.warn('L2', path, {
      ko: `value ${shown(value)}와 compare_to ${shown(compareTo)}가 서로 달라요. B는 value를, S는 compare_to를 써요. 여기서는 value로 읽었어요. 하나만 남겨 주세요.`,
      en: `value ${shown(value)} and compare_to ${shown(compareTo)} differ: B uses value, S compare_to. Read as value; leave only one.`,
    });
  }
  const key = isGiven(value) ? 'value' : 'compare_to';
  const right = isGiven(value) ? value : compareTo;
  const isCalculated = scope.isTree && typeof right === 'object' && right !== null;
  if (isCalculated || plainNumber(right) !== null || paramName(right) !== null)
    return readNumber(right, `${path}.${key}`, scope);
  const name = notes.text(right, `${path}.${key}`, '');
  const side = { name, output: map.get('compare_output'), at: key, outputAt: 'compare_output' };
  const scale = readScale(map, 'compare_scalar', 'compare_operation', path, scope);
  return readSeries(side, { scale, barsAgo: readBarsAgo(map, 'compare_offset', path, scope) }, path, scope);
}

function readNumber(value: unknown, path: string, scope: ConditionScope): RuleOperand | null {
  const number = readRuleNumber(value, path, scope);
  return number === null ? null : { kind: 'number', value: number };
}

/** A number, `$name`, or in our own part of a file also `{ param: $name, times: -1, plus: 100 }`. */
export function readRuleNumber(
  given: unknown,
  path: string,
  scope: Pick<ConditionScope, 'params' | 'notes' | 'isTree'>,
): RuleNumber | null {
  const isMap = scope.isTree && typeof given === 'object' && given !== null;
  const map = isMap ? scope.notes.map(given, path) : new Map<string, unknown>();
  const value = isMap ? map.get('param') : given;
  const param = paramName(value);
  if (param !== null && !Object.hasOwn(scope.params, param)) {
    tellUnknownParam(param, path, scope.notes);
    return null;
  }
  const [times, plus] = [plainNumber(map.get('times')), plainNumber(map.get('plus'))];
  if (param !== null) return { param, ...(times === null ? {} : { times }), ...(plus === null ? {} : { plus }) };
  const number = plainNumber(value);
  if (number !== null) return number;
  scope.notes.error('shape', path, {
    ko: `${shown(value)}을(를) 숫자로 읽을 수 없어요.`,
    en: `${shown(value)} cannot be read as a number.`,
  });
  return null;
}

interface Side {
  readonly name: string;
  readonly output: unknown;
  readonly at: string;
  readonly outputAt: string;
}

function readSeries(
  { name, output, at, outputAt }: Side,
  { scale, barsAgo }: { readonly scale: RuleScale | null; readonly barsAgo: number },
  path: string,
  scope: ConditionScope,
): RuleOperand | null {
  const { aliases, notes } = scope;
  const word = Object.hasOwn(priceWords, name) ? priceWords[name] : undefined;
  if (word !== undefined) {
    if (word === 'volume' && notes.dialect === 's') {
      notes.warn('dialect', `${path}.${at}`, {
        ko: 'S는 "volume"을 가격으로 알지 못해요. 여기서는 거래량으로 읽었어요.',
        en: 'S does not know "volume" as a price; here it is read as the volume.',
      });
    }
    return scale === null ? { kind: 'price', word, barsAgo } : { kind: 'price', word, barsAgo, scale };
  }
  const indicator = aliases.indicator(name);
  if (indicator === null && scope.isTree) {
    const pattern = aliases.candlestick(name);
    if (pattern !== null) return { kind: 'indicator', alias: pattern.alias, output: 'value', barsAgo, scale };
  }
  if (indicator === null) {
    tellDangling(name, `${path}.${at}`, scope);
    return null;
  }
  const chosen = chooseOutput(indicator, output, `${path}.${outputAt}`, scope);
  return { kind: 'indicator', alias: indicator.alias, output: chosen, barsAgo, scale };
}

function chooseOutput(indicator: RuleIndicator, value: unknown, path: string, { notes }: ConditionScope): string {
  const definition = indicatorById(indicator.id) ?? candlestickById(indicator.id);
  if (definition === null) return indicator.output;
  const chosen = outputOf(definition, value, path, notes);
  if (chosen !== null) return chosen;
  const isSilent = definition.outputs.length > 1 && !definition.outputs.includes('value');
  if (isSilent) {
    notes.warn('L5', path, {
      ko: `${indicator.id}에서 어느 값을 볼지 적지 않아 "${indicator.output}"로 읽었어요. B는 다른 값을 봐요. output을 적어 주세요.`,
      en: `Which output of ${indicator.id} is meant is not said; read as "${indicator.output}", while B looks at another. Write the output.`,
    });
  }
  return indicator.output;
}

function readScale(
  map: ReadonlyMap<string, unknown>,
  scalarKey: string,
  operationKey: string,
  path: string,
  { notes }: ConditionScope,
): RuleScale | null {
  const given = map.get(scalarKey);
  if (given === undefined || given === null) return null;
  const by = plainNumber(given);
  const operation = notes.text(map.get(operationKey), `${path}.${operationKey}`, 'mul');
  const isKnown = operation === 'mul' || operation === 'div' || operation === 'add' || operation === 'sub';
  if (by !== null && isKnown && !(operation === 'div' && by === 0)) return { operation, by };
  const found = by === null || isKnown ? shown(given) : shown(operation);
  notes.error('shape', `${path}.${scalarKey}`, {
    ko: `${scalarKey}에 ${found}을(를) 쓸 수 없어요. 숫자와 mul, div, add, sub 가운데 하나를 적어 주세요(0으로 나눌 수 없어요).`,
    en: `${scalarKey} cannot be ${found}: wanted a number, and mul, div, add or sub, never a division by 0.`,
  });
  return null;
}

function tellDangling(name: string, path: string, { aliases, notes }: ConditionScope): void {
  const nearest = nearestName(name, aliases.names);
  notes.error('alias', path, {
    ko: `${shown(name)}(이)라는 지표나 패턴이 없어요.${nearest === null ? '' : ` "${nearest}"을(를) 쓰려던 건가요?`}`,
    en: `There is no indicator or pattern called ${shown(name)}.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}
