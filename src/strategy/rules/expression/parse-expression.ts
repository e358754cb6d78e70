import { candlestickById } from '#indicators/candlesticks.ts';
import type { Rule, RuleCandlestick, RuleGroup, RuleIndicator, RuleOperand, RuleOperator } from '../program.ts';
import { calculate, numberOperand } from './calculate.ts';
import { UnreadableExpression, type ExpressionProblem } from './expression-problem.ts';
import {
  badBarsAgo,
  barsAgoMax,
  comparisonsMax,
  depthMax,
  onlyNumbers,
  tooDeep,
  tooManyComparisons,
  unexpected,
  wanted,
} from './expression-refusals.ts';
import { definitionOf, NamedValues, priceWordOf, unknownName, type Argument } from './named-values.ts';
import { negatedRule } from './negated-rule.ts';
import { tokensOf, type Token } from './tokens.ts';

/** What an expression says, ready to stand in a `RuleProgram`. */
export interface Expression {
  readonly group: RuleGroup;
  readonly indicators: readonly RuleIndicator[];
  readonly candlesticks: readonly RuleCandlestick[];
}

export type ParsedExpression =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'problem'; readonly problem: ExpressionProblem };

/**
 * Reads an expression such as `cross_above(sma(close, 5), sma(close, 20)) and rsi(14) < 30`.
 *
 * Values: `open high low close volume`, numbers, indicators of the catalogue with their parameters by place or by name
 * (`bollinger(period=20, std=2).upper`), each `[n]` bars ago, and one of `+ - * /` with a constant. Rules: `< <= > >= == !=`,
 * also in a row (`30 < rsi(14) < 70`), `cross_above(a, b)`, `cross_below(a, b)`, candlestick patterns by name
 * (`hammer`, `engulfing.bullish`, `doji[1]`). They are joined by `and`, `or`, `not` and brackets; `and` binds closer than
 * `or`. `not` turns a comparison round; where a number is missing neither it nor its opposite holds.
 *
 * Bounds: 4,096 characters, 64 indicators, 64 comparisons, brackets 32 deep, 500 bars ago.
 */
export function parseExpression(text: string): ParsedExpression {
  try {
    return { kind: 'expression', expression: new Parser(tokensOf(text)).expression() };
  } catch (error) {
    if (error instanceof UnreadableExpression) return { kind: 'problem', problem: error.problem };
    throw error;
  }
}

const comparisons: Readonly<Record<string, RuleOperator>> = {
  '<': 'less_than',
  '<=': 'less_equal',
  '>': 'greater_than',
  '>=': 'greater_equal',
  '=': 'equal',
  '==': 'equal',
  '!=': 'not_equal',
};
const crosses: Readonly<Record<string, RuleOperator>> = {
  cross_above: 'cross_above',
  crosses_above: 'cross_above',
  crossover: 'cross_above',
  cross_below: 'cross_below',
  crosses_below: 'cross_below',
  crossunder: 'cross_below',
};

/** A number by bar, or something true or false by bar. */
type Part =
  | { readonly kind: 'value'; readonly operand: RuleOperand; readonly token: Token }
  | { readonly kind: 'rule'; readonly rule: Rule; readonly token: Token };

/** Goes down the grammar: or, and, not, comparison, sum, product, value. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #names = new NamedValues();
  #place = 0;
  #depth = 0;
  #comparisons = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(): Expression {
    const rule = this.#rule(this.#any());
    if (this.#next.kind !== 'end') throw unexpected(this.#next);
    const group: RuleGroup = rule.kind === 'all' || rule.kind === 'any' ? rule : { kind: 'all', rules: [rule] };
    return { group, indicators: this.#names.indicators, candlesticks: this.#names.candlesticks };
  }

  get #next(): Token {
    return this.#tokens[this.#place] ?? { kind: 'end', text: '', column: 1 };
  }

  #take(...texts: readonly string[]): Token | null {
    const token = this.#next;
    if (token.kind === 'end' || token.kind === 'number' || !texts.includes(token.text)) return null;
    this.#place += 1;
    return token;
  }

  #must(text: string): void {
    if (this.#take(text) === null) throw wanted(this.#next, `"${text}"`);
  }

  #any(): Part {
    return this.#joined('any', ['or', '||'], () => this.#all());
  }

  #all(): Part {
    return this.#joined('all', ['and', '&&'], () => this.#not());
  }

  #joined(kind: RuleGroup['kind'], words: readonly string[], read: () => Part): Part {
    const first = read();
    if (!words.includes(this.#next.text)) return first;
    const rules = [this.#rule(first)];
    while (this.#take(...words) !== null) rules.push(this.#rule(read()));
    return { kind: 'rule', rule: { kind, rules }, token: first.token };
  }

  #not(): Part {
    const token = this.#take('not', '!');
    if (token === null) return this.#comparison();
    this.#deeper(token);
    const rule = negatedRule(this.#rule(this.#not()));
    this.#depth -= 1;
    return { kind: 'rule', rule, token };
  }

  #comparison(): Part {
    let left = this.#sum();
    const rules: Rule[] = [];
    for (;;) {
      const token = this.#take(...Object.keys(comparisons));
      if (token === null) break;
      const right = this.#sum();
      rules.push(this.#compare(token, left, comparisons[token.text] ?? 'equal', right));
      left = right;
    }
    const [first, ...more] = rules;
    if (first === undefined) return left;
    return { kind: 'rule', rule: more.length === 0 ? first : { kind: 'all', rules }, token: left.token };
  }

  #compare(token: Token, left: Part, operator: RuleOperator, right: Part): Rule {
    const [from, to] = [valueOf(left), valueOf(right)];
    if (from.kind === 'number' && to.kind === 'number') throw onlyNumbers(token);
    this.#comparisons += 1;
    if (this.#comparisons > comparisonsMax) throw tooManyComparisons(token);
    return { kind: 'compare', left: from, operator, right: to };
  }

  #sum(): Part {
    return this.#calculated(['+', '-'], () => this.#product());
  }

  #product(): Part {
    return this.#calculated(['*', '/'], () => this.#value());
  }

  #calculated(signs: readonly string[], read: () => Part): Part {
    let left = read();
    for (;;) {
      const sign = this.#take(...signs);
      if (sign === null) return left;
      const operand = calculate(sign, valueOf(left), valueOf(read()));
      left = { kind: 'value', operand, token: left.token };
    }
  }

  #value(): Part {
    const token = this.#next;
    if (this.#take('(') !== null) return this.#bracket(token);
    if (this.#take('-') !== null) return { kind: 'value', operand: numberOperand(-this.#number()), token };
    if (token.kind === 'number') return { kind: 'value', operand: numberOperand(this.#number()), token };
    if (token.kind !== 'name') throw unexpected(token);
    this.#place += 1;
    const operator = Object.hasOwn(crosses, token.text) ? crosses[token.text] : undefined;
    if (operator !== undefined) return this.#cross(token, operator);
    const word = priceWordOf(token.text);
    if (word !== null) {
      return { kind: 'value', operand: { kind: 'price', word, barsAgo: this.#barsAgo() }, token };
    }
    return candlestickById(token.text) === null ? this.#indicator(token) : this.#pattern(token);
  }

  #bracket(token: Token): Part {
    this.#deeper(token);
    const inner = this.#any();
    this.#must(')');
    this.#depth -= 1;
    return { ...inner, token };
  }

  #deeper(token: Token): void {
    this.#depth += 1;
    if (this.#depth > depthMax) throw tooDeep(token);
  }

  #number(): number {
    const token = this.#next;
    if (token.kind !== 'number') throw wanted(token, '0–9');
    this.#place += 1;
    return Number(token.text.replaceAll('_', ''));
  }

  #cross(token: Token, operator: RuleOperator): Part {
    this.#must('(');
    this.#deeper(token);
    const left = this.#sum();
    this.#must(',');
    const right = this.#sum();
    this.#must(')');
    this.#depth -= 1;
    return { kind: 'rule', rule: this.#compare(token, left, operator, right), token };
  }

  #indicator(token: Token): Part {
    const definition = definitionOf(token.text);
    if (definition === null) throw unknownName(token);
    const { alias } = this.#names.indicator(definition, token, this.#arguments());
    const output = this.#take('.') === null ? definition.defaultOutput : this.#output(definition.outputs);
    const operand = { kind: 'indicator', alias, output, barsAgo: this.#barsAgo(), scale: null } as const;
    return { kind: 'value', operand, token };
  }

  #pattern(token: Token): Part {
    if (this.#take('(') !== null) this.#must(')');
    const { alias } = this.#names.candlestick(token.text, token);
    const signal = this.#take('.') === null ? 'detected' : this.#output(['bullish', 'bearish', 'detected']);
    const barsAgo = this.#barsAgo();
    const operator = signal === 'bullish' ? 'greater_than' : signal === 'bearish' ? 'less_than' : 'not_equal';
    if (barsAgo === 0) return { kind: 'rule', rule: { kind: 'pattern', alias, signal }, token };
    const left = { kind: 'indicator', alias, output: 'value', barsAgo, scale: null } as const;
    return { kind: 'rule', rule: { kind: 'compare', left, operator, right: numberOperand(0) }, token };
  }

  #output<Name extends string>(names: readonly Name[]): Name {
    const token = this.#next;
    const found = names.find((name) => name === token.text);
    if (found === undefined) throw wanted(token, names.join(', '));
    this.#place += 1;
    return found;
  }

  #arguments(): readonly Argument[] {
    if (this.#take('(') === null) return [];
    const found: Argument[] = [];
    while (this.#take(')') === null) {
      // Where arguments are parted they may as well end.
      if (found.length > 0 && this.#take(',') === null) throw wanted(this.#next, '"," · ")"');
      found.push(this.#argument());
    }
    return found;
  }

  #argument(): Argument {
    const token = this.#next;
    if (token.kind !== 'name') return { token, name: null, value: this.#signed() };
    this.#place += 1;
    if (this.#take('=') === null) return { token, name: null, value: token.text };
    const value = this.#next;
    if (value.kind !== 'name') return { token, name: token.text, value: this.#signed() };
    this.#place += 1;
    return { token, name: token.text, value: value.text };
  }

  #signed(): number {
    return this.#take('-') === null ? this.#number() : -this.#number();
  }

  #barsAgo(): number {
    const token = this.#next;
    if (this.#take('[') === null) return 0;
    const bars = this.#next.text === '-' ? NaN : this.#number();
    if (!(Number.isInteger(bars) && bars <= barsAgoMax)) throw badBarsAgo(token);
    this.#must(']');
    return bars;
  }

  #rule(part: Part): Rule {
    if (part.kind === 'rule') return part.rule;
    throw new UnreadableExpression(part.token.column, {
      ko: '이 값만으로는 참도 거짓도 아니에요. "rsi(14) < 30"처럼 견줄 것을 적어 주세요.',
      en: 'A value alone is neither true nor false; compare it, as in "rsi(14) < 30".',
    });
  }
}

function valueOf(part: Part): RuleOperand {
  if (part.kind === 'value') return part.operand;
  throw new UnreadableExpression(part.token.column, {
    ko: '여기에는 숫자나 지표가 와야 하는데 참·거짓인 조건이 있어요.',
    en: 'A number or an indicator is wanted here, not something that is true or false.',
  });
}
