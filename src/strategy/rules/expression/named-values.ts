import { candlestickById, candlesticks } from '#indicators/candlesticks.ts';
import { indicatorById, indicators } from '#indicators/catalogue.ts';
import { readIndicatorParams, type IndicatorDefinition } from '#indicators/definition.ts';
import { withParticle } from '../../korean-particle.ts';
import { nearestName } from '../../nearest-name.ts';
import type { PriceWord, RuleCandlestick, RuleIndicator } from '../program.ts';
import { UnreadableExpression } from './expression-problem.ts';
import type { Token } from './tokens.ts';

const indicatorsMax = 64;
const priceWords: Readonly<Record<string, PriceWord>> = {
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  price: 'close',
  volume: 'volume',
};

/** One thing between the brackets of an indicator. */
export interface Argument {
  readonly token: Token;
  /** `period` in `period=14`; null for one by its place. */
  readonly name: string | null;
  readonly value: number | string;
}

export function priceWordOf(name: string): PriceWord | null {
  return Object.hasOwn(priceWords, name) ? (priceWords[name] ?? null) : null;
}

/** The indicators and patterns that an expression names, each set of parameters once. */
export class NamedValues {
  readonly #indicators = new Map<string, RuleIndicator>();
  readonly #candlesticks = new Map<string, RuleCandlestick>();
  readonly #aliases = new Set<string>();

  get indicators(): readonly RuleIndicator[] {
    return [...this.#indicators.values()];
  }

  get candlesticks(): readonly RuleCandlestick[] {
    return [...this.#candlesticks.values()];
  }

  /** @throws {UnreadableExpression} parameters that it does not take */
  indicator(definition: IndicatorDefinition, token: Token, given: readonly Argument[]): RuleIndicator {
    const values = this.#values(definition, token, given);
    const key = `${definition.id} ${JSON.stringify(values)}`;
    const known = this.#indicators.get(key);
    if (known !== undefined) return known;
    if (this.#indicators.size + this.#candlesticks.size >= indicatorsMax) throw tooMany(token);
    const alias = this.#aliasOf([definition.id, ...Object.values(values)].join('_'));
    const label = `${definition.id}(${Object.values(values).join(', ')})`;
    const made = { alias, label, id: definition.id, params: values, output: definition.defaultOutput };
    this.#indicators.set(key, made);
    return made;
  }

  candlestick(id: string, token: Token): RuleCandlestick {
    const known = this.#candlesticks.get(id);
    if (known !== undefined) return known;
    if (this.#indicators.size + this.#candlesticks.size >= indicatorsMax) throw tooMany(token);
    const made = { alias: this.#aliasOf(id), label: id, id };
    this.#candlesticks.set(id, made);
    return made;
  }

  #values(
    definition: IndicatorDefinition,
    token: Token,
    given: readonly Argument[],
  ): Readonly<Record<string, number | string>> {
    const names = Object.keys(definition.params);
    const values = new Map<string, number | string>();
    for (const [place, { name, value, token: at }] of withoutSource(definition, given).entries()) {
      const key = name ?? names[place];
      if (key === undefined || values.has(key)) throw extraArgument(definition, at);
      values.set(key, value);
    }
    const read = readIndicatorParams(definition, Object.fromEntries(values));
    if (read.kind === 'params') return read.values;
    const at = given.find(({ name }) => name === read.name)?.token ?? given[names.indexOf(read.name)]?.token ?? token;
    throw Object.hasOwn(definition.params, read.name)
      ? badParam(definition.id, read, at)
      : unknownParam(definition.id, read.name, names, at);
  }

  #aliasOf(text: string): string {
    const plain = text.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 56);
    let alias = plain;
    for (let count = 2; this.#aliases.has(alias); count += 1) alias = `${plain}_${count}`;
    this.#aliases.add(alias);
    return alias;
  }
}

/** What stands under a name that is no price; null when nothing does. */
export function definitionOf(name: string): IndicatorDefinition | null {
  return indicatorById(name) ?? candlestickById(name);
}

export function unknownName(token: Token): UnreadableExpression {
  const known = [...indicators, ...candlesticks].map(({ id }) => id);
  const nearest = nearestName(token.text, [...known, ...Object.keys(priceWords), 'cross_above', 'cross_below']);
  const name = token.text.slice(0, 64);
  return new UnreadableExpression(token.column, {
    ko: `${withParticle(`"${name}"`, 'topic')} 모르는 이름이에요.${nearest === null ? '' : ` ${withParticle(`"${nearest}"`, 'object')} 쓰려던 건가요?`}`,
    en: `"${name}" is not a name we know.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}

/** `close` may stand first where an indicator reads closes anyway; nothing else may, as nothing else would be read. */
function withoutSource(definition: IndicatorDefinition, given: readonly Argument[]): readonly Argument[] {
  const [first, ...rest] = given;
  if (first === undefined || first.name !== null || typeof first.value !== 'string') return given;
  const word = priceWordOf(first.value);
  if (word === null) return given;
  const ownInputs = definition.inputs.filter((input) => input !== 'volume' && input !== 'benchmark');
  if (word === 'close' && ownInputs.join() === 'close') return rest;
  const reads = definition.inputs.join(', ');
  throw new UnreadableExpression(first.token.column, {
    ko: `${withParticle(definition.id, 'topic')} ${reads}만 봐요. ${withParticle(`"${first.value}"`, 'object')} 빼 주세요.`,
    en: `${definition.id} reads ${reads} and nothing else; leave "${first.value}" out.`,
  });
}

function extraArgument({ id, params }: IndicatorDefinition, { column }: Token): UnreadableExpression {
  const wanted = Object.keys(params).join(', ');
  return new UnreadableExpression(column, {
    ko: `${id}에 넣은 값이 너무 많거나 두 번 나와요. 받는 값은 ${wanted || '없음'}이에요.`,
    en: `${id} is given too many values, or one twice; it takes ${wanted || 'none'}.`,
  });
}

function unknownParam(id: string, name: string, names: readonly string[], { column }: Token): UnreadableExpression {
  const nearest = nearestName(name, names);
  const known = names.join(', ');
  return new UnreadableExpression(column, {
    ko: `${id}에 ${withParticle(`"${name.slice(0, 40)}"`, 'called')} 값은 없어요.${nearest === null ? '' : ` ${withParticle(`"${nearest}"`, 'object')} 쓰려던 건가요?`} 받는 값은 ${known || '없음'}이에요.`,
    en: `${id} takes no "${name.slice(0, 40)}", wanted one of ${known || 'none'}.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}

function badParam(
  id: string,
  { name, found, wanted }: { readonly name: string; readonly found: unknown; readonly wanted: string },
  { column }: Token,
): UnreadableExpression {
  const value = String(found).slice(0, 40);
  return new UnreadableExpression(column, {
    ko: `${id}의 ${name}에 ${withParticle(value, 'object')} 쓸 수 없어요. (${wanted})`,
    en: `${id} cannot take ${name} ${value}, wanted ${wanted}.`,
  });
}

function tooMany({ column }: Token): UnreadableExpression {
  return new UnreadableExpression(column, {
    ko: `지표와 패턴은 ${indicatorsMax}개까지 쓸 수 있어요.`,
    en: `At most ${indicatorsMax} indicators and patterns may be named.`,
  });
}
