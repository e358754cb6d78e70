import type { SweepFigures } from './sweep.ts';

/** What a search makes as large as it can. */
export type SweepObjective = 'sharpe' | 'total-return' | 'drawdown' | 'win-rate';

export const sweepObjectives: readonly SweepObjective[] = ['sharpe', 'total-return', 'drawdown', 'win-rate'];

/** The score of one run; higher is better. A Sharpe ratio or a share of wins that is not defined counts as 0. */
export function scoreOfFigures(figures: SweepFigures, objective: SweepObjective): number {
  switch (objective) {
    case 'sharpe':
      return figures.sharpe ?? 0;
    case 'total-return':
      return figures.totalReturn;
    case 'drawdown':
      return figures.maximumDrawdown;
    case 'win-rate':
      return figures.winRate ?? 0;
  }
}
