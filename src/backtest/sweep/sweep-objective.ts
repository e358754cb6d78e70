import type { SweepFigures } from './sweep.ts';

/** What a search makes as large as it can. */
export type SweepObjective = 'sharpe' | 'total-return' | 'drawdown' | 'win-rate';

export const sweepObjectives: readonly SweepObjective[] = ['sharpe', 'total-return', 'drawdown', 'win-rate'];

/** The score of one run; higher is better. A Sharpe ratio or a share of wins that is not defined counts as 0. */
export function scoreOfFigures(figures: SweepFigures, objective: SweepObjective): number {
  return scores[objective](figures);
}

const scores: Readonly<Record<SweepObjective, (figures: SweepFigures) => number>> = {
  sharpe: ({ sharpe }) => sharpe ?? 0,
  'total-return': ({ totalReturn }) => totalReturn,
  drawdown: ({ maximumDrawdown }) => maximumDrawdown,
  'win-rate': ({ winRate }) => winRate ?? 0,
};
