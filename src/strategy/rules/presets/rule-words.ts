import type {
  PriceWord,
  Rule,
  RuleComparison,
  RuleGroup,
  RuleIndicator,
  RuleNumber,
  RuleOperand,
  RuleOperator,
  RuleParam,
} from '../program.ts';

/* Short words in which rules can be written down as data. */

export function price(word: PriceWord, barsAgo = 0): RuleOperand {
  return { kind: 'price', word, barsAgo };
}

/** The value of a declared indicator. */
export function of(alias: string, barsAgo = 0): RuleOperand {
  return { kind: 'indicator', alias, output: 'value', barsAgo, scale: null };
}

export function number(value: RuleNumber): RuleOperand {
  return { kind: 'number', value };
}

/** `plus + times × $param`. */
export function param(name: string, times?: number, plus?: number): RuleOperand {
  return number({ param: name, ...(times === undefined ? {} : { times }), ...(plus === undefined ? {} : { plus }) });
}

export function compare(left: RuleOperand, operator: RuleOperator, right: RuleOperand): RuleComparison {
  return { kind: 'compare', left, operator, right };
}

export function all(...rules: readonly Rule[]): RuleGroup {
  return { kind: 'all', rules };
}

export function any(...rules: readonly Rule[]): RuleGroup {
  return { kind: 'any', rules };
}

export function indicator(alias: string, id: string, params: RuleIndicator['params'] = {}): RuleIndicator {
  return { alias, label: alias, id, params, output: 'value' };
}

/** A whole-number slider. */
export function whole(value: number, min: number, max: number, description: string): RuleParam {
  return { default: value, min, max, step: 1, type: 'int', description };
}

export function decimal(value: number, min: number, max: number, step: number, description: string): RuleParam {
  return { default: value, min, max, step, type: 'float', description };
}
