import { candlestickById } from '#indicators/candlesticks.ts';
import { indicatorById } from '#indicators/catalogue.ts';
import { readIndicatorParams, type IndicatorDefinition } from '#indicators/definition.ts';
import type { ParamValues } from '#indicators/params.ts';
import { averagedIndicator } from './averaged-indicator.ts';
import type {
  PriceWord,
  Rule,
  RuleGroup,
  RuleIndicator,
  RuleNumber,
  RuleOperand,
  RuleOperator,
  RulePattern,
  RuleProgram,
  RuleRisk,
  RuleScale,
  RuleSizing,
} from './program.ts';

/** A program with every name looked up and every parameter a number: what the interpreters run. */
export interface ResolvedRules {
  readonly id: string;
  readonly indicators: readonly ResolvedIndicator[];
  readonly entry: ResolvedGroup;
  readonly exit: ResolvedGroup;
  readonly risk: RuleRisk;
  readonly sizing: RuleSizing;
  /** Bars that must have been seen before every rule can be true or false. */
  readonly warmUpBars: number;
}

/** An indicator, or a pattern: both give numbers by bar. */
export interface ResolvedIndicator {
  readonly alias: string;
  readonly definition: IndicatorDefinition;
  readonly values: ParamValues;
}

export interface ResolvedGroup {
  readonly kind: 'all' | 'any';
  readonly rules: readonly ResolvedRule[];
}

export interface ResolvedComparison {
  readonly kind: 'compare';
  readonly left: ResolvedOperand;
  readonly operator: RuleOperator;
  readonly right: ResolvedOperand;
}

export type ResolvedRule = ResolvedGroup | ResolvedComparison;

export type ResolvedOperand =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'price';
      readonly word: PriceWord;
      readonly barsAgo: number;
      /** Left out and null are the same: the price as it is. */
      readonly scale?: RuleScale | null;
    }
  | {
      readonly kind: 'indicator';
      /** Places in `ResolvedRules.indicators` and in its definition's outputs. */
      readonly indicator: number;
      readonly output: number;
      readonly barsAgo: number;
      readonly scale: RuleScale | null;
    };

/** Why a program cannot run: where, what stands there, what was wanted. */
export interface ProgramProblem {
  readonly where: string;
  readonly found: string;
  readonly wanted: string;
}

export type ResolveOutcome =
  | { readonly kind: 'rules'; readonly rules: ResolvedRules }
  | { readonly kind: 'problem'; readonly problem: ProgramProblem };

/**
 * Puts numbers in the place of parameters (`overrides` before the program's defaults, unchecked against its ranges, as
 * optimisers need) and definitions in the place of names.
 */
export function resolveProgram(program: RuleProgram, overrides: Readonly<Record<string, number>> = {}): ResolveOutcome {
  try {
    return { kind: 'rules', rules: new Resolver(program, overrides).rules() };
  } catch (error) {
    if (error instanceof Unresolved) return { kind: 'problem', problem: error.problem };
    throw error;
  }
}

/** Bars over which values of an indicator may be averaged. */
const averageMax = 500;

/** Ends the walk through a program at its first problem; never leaves this file. */
class Unresolved extends Error {
  readonly problem: ProgramProblem;

  constructor(where: string, found: string, wanted: string) {
    super(`${where}: ${found}, wanted ${wanted}`);
    this.problem = { where, found, wanted };
  }
}

class Resolver {
  readonly #program: RuleProgram;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #indicators: readonly ResolvedIndicator[];
  readonly #places: ReadonlyMap<string, number>;

  constructor(program: RuleProgram, overrides: Readonly<Record<string, number>>) {
    this.#program = program;
    for (const name of Object.keys(overrides)) {
      if (Object.hasOwn(program.params, name)) continue;
      throw new Unresolved('parameters', `"${name}"`, `one of ${Object.keys(program.params).join(', ') || 'none'}`);
    }
    const numbers = Object.entries(program.params).map(([name, param]) => [name, param.default] as const);
    this.#numbers = new Map([...numbers, ...Object.entries(overrides)]);
    const indicators = program.indicators.map((one) => this.#averaged(one));
    const patterns = program.candlesticks.map(({ alias, id }) => this.#pattern(alias, id));
    this.#indicators = [...indicators, ...patterns];
    this.#places = new Map(this.#indicators.map(({ alias }, place) => [alias, place]));
  }

  rules(): ResolvedRules {
    const { metadata, entry, exit, risk, sizing } = this.#program;
    const [enter, leave] = [this.#group(entry), this.#group(exit)];
    const warmUpBars = Math.max(barsOf(enter, this.#indicators), barsOf(leave, this.#indicators));
    return { id: metadata.id, indicators: this.#indicators, entry: enter, exit: leave, risk, sizing, warmUpBars };
  }

  #averaged({ alias, id, params, average }: RuleIndicator): ResolvedIndicator {
    const indicator = this.#indicator(alias, id, params);
    if (average === undefined) return indicator;
    const bars = this.#number(average);
    if (!(Number.isInteger(bars) && bars >= 1 && bars <= averageMax)) {
      throw new Unresolved(`indicator ${alias}`, `average ${bars}`, `a whole number from 1 to ${averageMax}`);
    }
    return { ...indicator, definition: averagedIndicator(indicator.definition, bars) };
  }

  #indicator(alias: string, id: string, params: Readonly<Record<string, RuleNumber | string>>): ResolvedIndicator {
    const definition = indicatorById(id);
    if (definition === null) throw new Unresolved(`indicator ${alias}`, `id "${id}"`, 'an indicator of the catalogue');
    const given = Object.entries(params).map(([name, value]) => [name, this.#plain(value)] as const);
    const read = readIndicatorParams(definition, Object.fromEntries(given));
    if (read.kind === 'params') return { alias, definition, values: read.values };
    throw new Unresolved(`indicator ${alias}`, `${read.name} ${String(read.found)}`, read.wanted);
  }

  #pattern(alias: string, id: string): ResolvedIndicator {
    const definition = candlestickById(id);
    if (definition === null) throw new Unresolved(`candlestick ${alias}`, `id "${id}"`, 'a pattern of the catalogue');
    return { alias, definition, values: {} };
  }

  #plain(value: RuleNumber | string): number | string {
    return typeof value === 'object' ? this.#number(value) : value;
  }

  #number(value: RuleNumber): number {
    if (typeof value === 'number') return value;
    const found = this.#numbers.get(value.param);
    if (found === undefined) throw new Unresolved('parameters', `"$${value.param}"`, 'a parameter that is declared');
    return (value.plus ?? 0) + (value.times ?? 1) * found;
  }

  #group({ kind, rules }: RuleGroup): ResolvedGroup {
    return { kind, rules: rules.map((rule) => this.#rule(rule)) };
  }

  #rule(rule: Rule): ResolvedRule {
    if (rule.kind === 'pattern') return this.#patternRule(rule);
    if (rule.kind !== 'compare') return this.#group(rule);
    const { left, operator, right } = rule;
    return { kind: 'compare', left: this.#operand(left), operator, right: this.#operand(right) };
  }

  /** A pattern is a comparison of its sign. */
  #patternRule({ alias, signal }: RulePattern): ResolvedComparison {
    const operator = signal === 'bullish' ? 'greater_than' : signal === 'bearish' ? 'less_than' : 'not_equal';
    const left = this.#operand({ kind: 'indicator', alias, output: 'value', barsAgo: 0, scale: null });
    return { kind: 'compare', left, operator, right: { kind: 'number', value: 0 } };
  }

  #operand(operand: RuleOperand): ResolvedOperand {
    if (operand.kind === 'number') return { kind: 'number', value: this.#number(operand.value) };
    const { barsAgo } = operand;
    if (!(Number.isSafeInteger(barsAgo) && barsAgo >= 0)) {
      throw new Unresolved('rules', `a bar ${barsAgo} bars ago`, 'the bar of the decision (0) or an earlier one');
    }
    if (operand.kind === 'price') return operand;
    const { alias, scale } = operand;
    const indicator = this.#places.get(alias);
    const definition = this.#indicators[indicator ?? -1]?.definition;
    if (indicator === undefined || definition === undefined) {
      throw new Unresolved('rules', `"${alias}"`, 'an alias that is declared');
    }
    const output = definition.outputs.indexOf(operand.output);
    if (output >= 0) return { kind: 'indicator', indicator, output, barsAgo, scale };
    throw new Unresolved('rules', `output "${operand.output}" of ${alias}`, `one of ${definition.outputs.join(', ')}`);
  }
}

/** A cross looks one bar further back than its operands. */
function barsOf(rule: ResolvedRule, indicators: readonly ResolvedIndicator[]): number {
  if (rule.kind !== 'compare') return Math.max(0, ...rule.rules.map((each) => barsOf(each, indicators)));
  const needed = [rule.left, rule.right].map((operand) => {
    if (operand.kind === 'number') return 0;
    if (operand.kind === 'price') return operand.barsAgo + 1;
    const found = indicators[operand.indicator];
    return (found?.definition.readyAt(found.values) ?? 0) + operand.barsAgo;
  });
  return Math.max(...needed) + (rule.operator.startsWith('cross') ? 1 : 0);
}
