import type { RuleProgram } from '../program.ts';
import type { Expression } from './parse-expression.ts';

/** A program that enters where the expression holds, never leaves and knows no parameter: what screens and tests run. */
export function expressionProgram({ group, indicators, candlesticks }: Expression, id = 'screen'): RuleProgram {
  return {
    metadata: { id, name: id, description: '', author: 'user', category: 'custom', tags: [] },
    params: {},
    indicators,
    candlesticks,
    entry: group,
    exit: { kind: 'any', rules: [] },
    risk: { stopLossBps: null, takeProfitBps: null, trailingStopBps: null },
    sizing: { equityBps: 2_000, positionsMax: 5 },
  };
}
