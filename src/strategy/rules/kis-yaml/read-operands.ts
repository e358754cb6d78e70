import { candlestickById } from '#indicators/candlesticks.ts';
import { indicatorById } from '#indicators/catalogue.ts';
import { withParticle } from '../../korean-particle.ts';
import { nearestName } from '../../nearest-name.ts';
import type { PriceWord, RuleIndicator, RuleNumber, RuleOperand, RuleScale } from '../program.ts';
import type { ConditionScope } from './condition-scope.ts';
import { outputOf, tellUnknownParam } from './read-indicators.ts';
import { paramName, plainNumber, shown } from './reading-notes.ts';
import { readBarsAgo } from './tree-keys.ts';

/** What a file calls the prices of a bar. */
export const priceWords: Readonly<Record<string, PriceWord>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  price: 'close',
  volume: 'volume',
};

/** The left side of a condition; null when it cannot be read, which is noted. */
export function readLeft(
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

/** The right side, of `value` or `compare_to`; null when it cannot be read, which is noted. */
export function readRight(map: ReadonlyMap<string, unknown>, path: string, scope: ConditionScope): RuleOperand | null {
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
  if (Array.isArray(right)) {
    notes.error('shape', `${path}.${key}`, {
      ko: `${key}에는 숫자나 이름 하나만 적어 주세요. 범위는 조건 두 개(greater_than, less_than)로 나눠 적어요.`,
      en: `${key} wants one number or name; write a range as two conditions, greater_than and less_than.`,
    });
    return null;
  }
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
    ko: `${withParticle(shown(value), 'object')} 숫자로 읽을 수 없어요.`,
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
    ko: `${scalarKey}에 ${withParticle(found, 'object')} 쓸 수 없어요. 숫자와 mul, div, add, sub 가운데 하나를 적어 주세요(0으로 나눌 수 없어요).`,
    en: `${scalarKey} cannot be ${found}: wanted a number, and mul, div, add or sub, never a division by 0.`,
  });
  return null;
}

/** A name that the file declares nowhere. */
export function tellDangling(name: string, path: string, { aliases, notes }: ConditionScope): void {
  const nearest = nearestName(name, aliases.names);
  notes.error('alias', path, {
    ko: `${withParticle(shown(name), 'called')} 지표나 패턴이 없어요.${nearest === null ? '' : ` ${withParticle(`"${nearest}"`, 'object')} 쓰려던 건가요?`}`,
    en: `There is no indicator or pattern called ${shown(name)}.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}
