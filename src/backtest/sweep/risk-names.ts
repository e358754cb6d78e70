import type { ResolvedRules } from '#strategy/rules/resolve-program.ts';
import type { Combination } from './sweep.ts';

/** What a sweep may set of any program besides its own parameters, as fractions: 0.03 is 3 %. */
export const riskNames: readonly string[] = ['stop_loss', 'take_profit', 'trailing_stop', 'position_size'];

/** Whether a distance or a size can be meant: above 0 and below 1, a target up to 10, which is 1,000 %. */
export function isRiskValue(name: string, value: number): boolean {
  return value > 0 && (name === 'take_profit' ? value <= 10 : name === 'position_size' ? value <= 1 : value < 1);
}

/** The rules with the distances and the size of `values` instead of their own, rounded to hundredths of a percent. */
export function withRisk(rules: ResolvedRules, values: Combination): ResolvedRules {
  const bps = (name: string, otherwise: number | null): number | null => {
    const value = values[name];
    return value === undefined ? otherwise : Math.round(value * 10_000);
  };
  const { risk, sizing } = rules;
  return {
    ...rules,
    risk: {
      ...risk,
      stopLossBps: bps('stop_loss', risk.stopLossBps),
      takeProfitBps: bps('take_profit', risk.takeProfitBps),
      trailingStopBps: bps('trailing_stop', risk.trailingStopBps),
    },
    sizing: { ...sizing, equityBps: bps('position_size', sizing.equityBps) ?? sizing.equityBps },
  };
}
