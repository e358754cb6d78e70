import type { RuleComparison, RuleIndicator, RuleOperand, RuleOperator, RuleProgram } from '#strategy/rules/program.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';

/**
 * The tutorial's entries and exits as a program of rules. Its stop, target and size stay fractions and are not part of it:
 * hundredths of a percent could not hold every value that its file allows.
 */
export function tutorialProgram(name: string, config: TradingConfig): RuleProgram {
  const { rsiOversold, rsiOverbought } = config;
  return {
    metadata: { id: name, name, description: '', author: '', category: '', tags: [] },
    params: {},
    indicators: [
      indicator('short', 'sma', { period: config.maShort }),
      indicator('long', 'sma', { period: config.maLong }),
      indicator('rsi', 'rsi', { period: config.rsiPeriod }),
      indicator('bands', 'bollinger', { period: config.bbPeriod, std: config.bbStd }),
    ],
    candlesticks: [],
    entry: {
      kind: 'any',
      rules: [
        both(
          compare(line('short'), 'cross_above', line('long')),
          compare(line('rsi'), 'less_than', plain(rsiOverbought)),
        ),
        both(
          compare(close, 'less_than', line('bands', 'lower')),
          compare(line('rsi'), 'less_than', plain(rsiOversold)),
        ),
      ],
    },
    exit: {
      kind: 'any',
      rules: [
        compare(line('short'), 'cross_below', line('long')),
        both(
          compare(line('rsi'), 'greater_than', plain(rsiOverbought)),
          compare(close, 'greater_than', line('bands', 'upper')),
        ),
      ],
    },
    risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
    sizing: { equityBps: 0, positionsMax: 0 },
  };
}

const close: RuleOperand = { kind: 'price', word: 'close', barsAgo: 0 };

function indicator(alias: string, id: string, params: Readonly<Record<string, number>>): RuleIndicator {
  return { alias, label: alias, id, params, output: 'value' };
}

function line(alias: string, output = 'value'): RuleOperand {
  return { kind: 'indicator', alias, output, barsAgo: 0, scale: null };
}

function plain(value: number): RuleOperand {
  return { kind: 'number', value };
}

function compare(left: RuleOperand, operator: RuleOperator, right: RuleOperand): RuleComparison {
  return { kind: 'compare', left, operator, right };
}

function both(...rules: readonly RuleComparison[]) {
  return { kind: 'all', rules } as const;
}
