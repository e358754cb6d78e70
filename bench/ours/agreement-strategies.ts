import type { Rule, RuleIndicator, RuleOperand, RuleOperator, RuleProgram } from '#strategy/rules/program.ts';

/** A strategy twice: as rules of ours, and in Pine Script. */
export interface AgreementStrategy {
  readonly name: string;
  readonly program: RuleProgram;
  /** Says `isIn` and `isOut`; the rest is the same for all. */
  readonly pine: string;
}

/** Crossing averages, a swing of the RSI, a return to the middle band, crossing MACD lines. */
export const agreementStrategies: readonly AgreementStrategy[] = [
  {
    name: 'averages',
    program: program('averages', {
      indicators: [indicator('short', 'sma', { period: 5 }), indicator('long', 'sma', { period: 20 })],
      entry: compare(line('short'), 'cross_above', line('long')),
      exit: compare(line('short'), 'cross_below', line('long')),
    }),
    pine: `fast = ta.sma(close, 5)
slow = ta.sma(close, 20)
isIn = ta.crossover(fast, slow)
isOut = ta.crossunder(fast, slow)`,
  },
  {
    name: 'rsi',
    program: program('rsi', {
      indicators: [indicator('rsi', 'rsi', { period: 14 })],
      entry: compare(line('rsi'), 'cross_above', plain(35)),
      exit: compare(line('rsi'), 'cross_below', plain(65)),
    }),
    pine: `strength = ta.rsi(close, 14)
isIn = ta.crossover(strength, 35)
isOut = ta.crossunder(strength, 65)`,
  },
  {
    name: 'bands',
    program: program('bands', {
      indicators: [indicator('bands', 'bollinger', { period: 20, std: 2 })],
      entry: compare(close(), 'less_than', line('bands', 'lower')),
      exit: compare(close(), 'greater_than', line('bands', 'middle')),
    }),
    pine: `[middle, upper, lower] = ta.bb(close, 20, 2)
isIn = close < lower
isOut = close > middle`,
  },
  {
    name: 'macd',
    program: program('macd', {
      indicators: [indicator('macd', 'macd', { fast: 12, slow: 26, signal: 9 })],
      entry: compare(line('macd'), 'cross_above', line('macd', 'signal')),
      exit: compare(line('macd'), 'cross_below', line('macd', 'signal')),
    }),
    pine: `[line, signal, histogram] = ta.macd(close, 12, 26, 9)
isIn = ta.crossover(line, signal)
isOut = ta.crossunder(line, signal)`,
  },
];

function program(
  id: string,
  rules: { readonly indicators: readonly RuleIndicator[]; readonly entry: Rule; readonly exit: Rule },
): RuleProgram {
  return {
    metadata: { id, name: id, description: '', author: '', category: '', tags: [] },
    params: {},
    indicators: rules.indicators,
    candlesticks: [],
    entry: { kind: 'all', rules: [rules.entry] },
    exit: { kind: 'all', rules: [rules.exit] },
    risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
    sizing: { equityBps: 2_000, positionsMax: 5 },
  };
}

function indicator(alias: string, id: string, params: Readonly<Record<string, number>>): RuleIndicator {
  return { alias, label: alias, id, params, output: 'value' };
}

function compare(left: RuleOperand, operator: RuleOperator, right: RuleOperand): Rule {
  return { kind: 'compare', left, operator, right };
}

function line(alias: string, output = 'value'): RuleOperand {
  return { kind: 'indicator', alias, output, barsAgo: 0, scale: null };
}

function close(): RuleOperand {
  return { kind: 'price', word: 'close', barsAgo: 0 };
}

function plain(value: number): RuleOperand {
  return { kind: 'number', value };
}
