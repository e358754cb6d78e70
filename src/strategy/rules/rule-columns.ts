import type { IndicatorColumns, IndicatorInput, IndicatorOutputs } from '#indicators/definition.ts';
import { indicatorColumns } from '#indicators/indicator-columns.ts';
import { areUsable } from '#indicators/usable-number.ts';
import { scaled } from './compare.ts';
import type { RuleOperator, RuleScale } from './program.ts';
import type {
  ResolvedComparison,
  ResolvedGroup,
  ResolvedIndicator,
  ResolvedOperand,
  ResolvedRules,
} from './resolve-program.ts';

/** One value a bar, oldest first: 1 where rules hold, 0 elsewhere. */
export type Mask = Uint8Array;

/**
 * Rules over whole columns of one series. Indicators are computed once for each set of parameters and kept, so that many
 * variants of a program over the same bars cost what is new in each.
 */
export class RuleColumns {
  readonly #bars: IndicatorColumns;
  readonly #length: number;
  readonly #newColumn: (length: number) => Float64Array;
  readonly #outputs = new Map<string, IndicatorOutputs>();
  /** Constants, shifted and scaled columns. */
  readonly #derived = new Map<string, Float64Array>();
  /** Whether every number of an input is one to compute with. */
  readonly #usable = new Map<IndicatorInput, boolean>();
  #columnsKept = 0;

  /**
   * @param bars only those on which somebody traded, as strategies see them
   * @param more.newColumn where columns of indicators come from; zeros in the length asked for
   * @param more.usable inputs of which every number is known to be one to compute with; the others are looked through
   */
  constructor(
    bars: IndicatorColumns,
    more: {
      readonly newColumn?: (length: number) => Float64Array;
      readonly usable?: readonly IndicatorInput[];
    } = {},
  ) {
    const { newColumn = (length) => new Float64Array(length), usable = [] } = more;
    this.#bars = bars;
    this.#newColumn = newColumn;
    for (const input of usable) this.#usable.set(input, true);
    this.#length = bars.close.length;
  }

  /** Equal to what `RunningRules` says bar by bar. */
  entry(rules: ResolvedRules): Mask {
    return this.mask(rules.entry, rules.indicators);
  }

  exit(rules: ResolvedRules): Mask {
    return this.mask(rules.exit, rules.indicators);
  }

  mask(group: ResolvedGroup, indicators: readonly ResolvedIndicator[]): Mask {
    const parts = group.rules.map((rule) =>
      rule.kind === 'compare' ? this.#comparison(rule, indicators) : this.mask(rule, indicators),
    );
    const [first, ...others] = parts;
    if (first === undefined) return new Uint8Array(this.#length);
    for (const other of others) (group.kind === 'all' ? keepBoth : keepEither)(first, other);
    return first;
  }

  #comparison({ left, operator, right }: ResolvedComparison, indicators: readonly ResolvedIndicator[]): Mask {
    const [a, b] = [this.column(left, indicators), this.column(right, indicators)];
    const mask = new Uint8Array(this.#length);
    if (operator === 'cross_above') markCrosses(a, b, mask);
    else if (operator === 'cross_below') markCrosses(b, a, mask);
    else markComparisons[operator](a, b, mask);
    return mask;
  }

  /** How many columns are kept; whoever runs many variants starts anew when there are too many. */
  get columnsKept(): number {
    return this.#columnsKept;
  }

  /** One side of a comparison, a value a bar; NaN where there is none. Kept and shared: not to be written to. */
  column(operand: ResolvedOperand, indicators: readonly ResolvedIndicator[]): Float64Array {
    if (operand.kind === 'number') return this.#kept(`number ${operand.value}`, () => this.#constant(operand.value));
    if (operand.kind === 'price') return this.#scaled(this.#bars[operand.word], operand.word, operand);
    const indicator = indicators[operand.indicator];
    if (indicator === undefined) return this.#constant(NaN);
    const { definition } = indicator;
    const key = this.#keyOf(indicator);
    const outputs = this.#outputs.get(key) ?? this.#compute(key, indicator);
    const name = definition.outputs[operand.output] ?? '';
    return this.#scaled(outputs[name] ?? this.#constant(NaN), `${key} ${name}`, operand);
  }

  #compute(key: string, { definition, values }: ResolvedIndicator): IndicatorOutputs {
    const outputs = indicatorColumns(definition, values, this.#bars, {
      isUsable: (input) => this.#isUsable(input),
      newColumn: this.#newColumn,
    });
    this.#outputs.set(key, outputs);
    this.#columnsKept += definition.outputs.length;
    return outputs;
  }

  #isUsable(input: IndicatorInput): boolean {
    const known = this.#usable.get(input);
    if (known !== undefined) return known;
    const column = this.#bars[input];
    const found = column !== undefined && areUsable(column);
    this.#usable.set(input, found);
    return found;
  }

  #keyOf(indicator: ResolvedIndicator): string {
    const known = keys.get(indicator);
    if (known !== undefined) return known;
    const key = `${indicator.definition.id} ${JSON.stringify(indicator.values)}`;
    keys.set(indicator, key);
    return key;
  }

  #scaled(
    column: Float64Array,
    key: string,
    { scale, barsAgo }: { readonly scale?: RuleScale | null; readonly barsAgo: number },
  ): Float64Array {
    if (!scale) return this.#shifted(column, key, barsAgo);
    const scaledKey = `${key} ${scale.operation} ${scale.by}`;
    const whole = this.#kept(scaledKey, () => column.map((value) => scaled(value, scale)));
    return this.#shifted(whole, scaledKey, barsAgo);
  }

  #shifted(column: Float64Array, key: string, barsAgo: number): Float64Array {
    if (barsAgo === 0) return column;
    return this.#kept(`${key} ${barsAgo} ago`, () => {
      const shifted = this.#constant(NaN);
      if (barsAgo < this.#length) shifted.set(column.subarray(0, this.#length - barsAgo), barsAgo);
      return shifted;
    });
  }

  #constant(value: number): Float64Array {
    return new Float64Array(this.#length).fill(value);
  }

  #kept(key: string, make: () => Float64Array): Float64Array {
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#derived.set(key, made);
    this.#columnsKept += 1;
    return made;
  }
}

/** Names of indicators with their parameters: a sweep asks for the same ones on every series. */
const keys = new WeakMap<ResolvedIndicator, string>();

type Mark = (left: Float64Array, right: Float64Array, mask: Mask) => void;

/*
 * One loop for each operator: a branch by operator inside the loop would cost more than the comparison. For the same reason
 * what holds becomes a number and not a branch, which no processor foresees where prices cross, and values are named one by
 * one: of a pair in brackets each number is put on the heap.
 */

const markComparisons: Readonly<Record<Exclude<RuleOperator, 'cross_above' | 'cross_below'>, Mark>> = {
  greater_than: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(at(left, row) > at(right, row));
  },
  less_than: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(at(left, row) < at(right, row));
  },
  greater_equal: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(at(left, row) >= at(right, row));
  },
  less_equal: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(at(left, row) <= at(right, row));
  },
  equal: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(at(left, row) === at(right, row));
  },
  not_equal: (left, right, mask) => {
    for (let row = 0; row < mask.length; row += 1) mask[row] = Number(Math.abs(at(left, row) - at(right, row)) > 0);
  },
};

function markCrosses(over: Float64Array, under: Float64Array, mask: Mask): void {
  let wasBelow = Number(at(over, 0) <= at(under, 0));
  for (let row = 1; row < mask.length; row += 1) {
    const a = at(over, row);
    const b = at(under, row);
    mask[row] = wasBelow & Number(a > b);
    wasBelow = Number(a <= b);
  }
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? NaN;
}

function keepBoth(mask: Mask, other: Mask): void {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) & (other[row] ?? 0);
}

function keepEither(mask: Mask, other: Mask): void {
  for (let row = 0; row < mask.length; row += 1) mask[row] = (mask[row] ?? 0) | (other[row] ?? 0);
}
