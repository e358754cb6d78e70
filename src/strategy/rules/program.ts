/**
 * A strategy of rules, as data: what a `.kis.yaml` file of either dialect, a preset or a screen says, in one form. It is
 * interpreted, never turned into code.
 */
export interface RuleProgram {
  readonly metadata: RuleMetadata;
  /** By name; numbers elsewhere may refer to them. */
  readonly params: Readonly<Record<string, RuleParam>>;
  readonly indicators: readonly RuleIndicator[];
  readonly candlesticks: readonly RuleCandlestick[];
  readonly entry: RuleGroup;
  readonly exit: RuleGroup;
  readonly risk: RuleRisk;
  readonly sizing: RuleSizing;
  /** Listing codes of the instruments it is meant for; left out where it says none. */
  readonly universe?: readonly string[];
  /** Where it was read from; left out for programs that were made here. */
  readonly source?: RuleSource;
  /** What the file held besides, kept for writing it again. */
  readonly preserved?: readonly PreservedKey[];
}

/** `b` is the backtester's dialect of `.kis.yaml`, `s` the strategy builder's, `neutral` a file that is good for both. */
export type RuleDialect = 'b' | 's' | 'neutral';

export interface RuleSource {
  readonly dialect: RuleDialect;
  /** Of the text, in hexadecimal digits; null where nobody computed it. */
  readonly sha256: string | null;
}

/** A key that we do not know, and the value that stood there. */
export interface PreservedKey {
  /** From the top; entries of lists by their alias, conditions by their place. */
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface RuleMetadata {
  /** Lower-case letters, digits, hyphens and underscores. */
  readonly id: string;
  /** Display text only: never code, a path or a query. */
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly category: string;
  readonly tags: readonly string[];
}

export interface RuleParam {
  readonly default: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly type: 'int' | 'float';
  readonly description: string;
}

/** A number, or `$name` of a parameter, of which it is `plus + times × $name`; 0 and 1 where they are left out. */
export type RuleNumber = number | { readonly param: string; readonly times?: number; readonly plus?: number };

export interface RuleIndicator {
  /** `^[A-Za-z_][A-Za-z0-9_]{0,63}$`, unique among indicators and candlesticks. */
  readonly alias: string;
  /** What the file calls it, kept for people. */
  readonly label: string;
  readonly id: string;
  readonly params: Readonly<Record<string, RuleNumber | string>>;
  /** Meant where a rule names no output. */
  readonly output: string;
  /** The mean of so many of its latest values stands in the place of each value; left out for the values themselves. */
  readonly average?: RuleNumber;
}

export interface RuleCandlestick {
  readonly alias: string;
  readonly label: string;
  readonly id: string;
}

/** All of its rules, or any of them. An empty group is never true. */
export interface RuleGroup {
  readonly kind: 'all' | 'any';
  readonly rules: readonly Rule[];
}

export type Rule = RuleGroup | RuleComparison | RulePattern;

export type RuleOperator =
  'greater_than' | 'less_than' | 'greater_equal' | 'less_equal' | 'equal' | 'not_equal' | 'cross_above' | 'cross_below';

export interface RuleComparison {
  readonly kind: 'compare';
  readonly left: RuleOperand;
  readonly operator: RuleOperator;
  readonly right: RuleOperand;
}

export interface RulePattern {
  readonly kind: 'pattern';
  readonly alias: string;
  readonly signal: 'bullish' | 'bearish' | 'detected';
}

export type PriceWord = 'open' | 'high' | 'low' | 'close' | 'volume';

export type RuleOperand =
  | { readonly kind: 'number'; readonly value: RuleNumber }
  | {
      readonly kind: 'price';
      readonly word: PriceWord;
      readonly barsAgo: number;
      /** As for indicators; nothing is applied where it is left out. */
      readonly scale?: RuleScale | null;
    }
  | {
      readonly kind: 'indicator';
      readonly alias: string;
      readonly output: string;
      /** 0 is the bar of the decision. */
      readonly barsAgo: number;
      /** Applied to the indicator's value before comparing. */
      readonly scale: RuleScale | null;
    };

export interface RuleScale {
  readonly operation: 'mul' | 'div' | 'add' | 'sub';
  readonly by: number;
}

/** Distances in hundredths of a percent of the average purchase price, or of the highest close since; null is off. */
export interface RuleRisk {
  readonly stopLossBps: number | null;
  readonly takeProfitBps: number | null;
  readonly trailingStopBps: number | null;
}

/** How much an entry buys. */
export interface RuleSizing {
  /** Share of equity for each position, in hundredths of a percent; never more than the guard lets through. */
  readonly equityBps: number;
  readonly positionsMax: number;
}
