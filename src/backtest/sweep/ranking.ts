import { scoreOfFigures, type SweepObjective } from './sweep-objective.ts';
import type { SweepFigures, SweepRun } from './sweep.ts';

/** One combination over all of its instruments. */
export interface RankedCombination {
  /** Place in the combinations of the sweep. */
  readonly combination: number;
  /** Mean of the instruments' scores. */
  readonly score: number;
  readonly figures: readonly { readonly symbol: string; readonly figures: SweepFigures }[];
}

/**
 * Combinations from the best score to the worst; of equals, the first of the sweep. What was refused, or is not done for
 * every one of `instruments`, is left out: half an answer must not win.
 */
export function ranking(
  runs: readonly SweepRun[],
  objective: SweepObjective,
  instruments: number,
): readonly RankedCombination[] {
  const done = new Map<number, { readonly symbol: string; readonly figures: SweepFigures }[]>();
  for (const run of runs) {
    if (run.kind !== 'run') continue;
    const { symbol, combination, figures } = run;
    const list = done.get(combination);
    if (list === undefined) done.set(combination, [{ symbol, figures }]);
    else list.push({ symbol, figures });
  }
  return [...done]
    .filter(([, figures]) => figures.length === instruments)
    .map(([combination, figures]) => ({ combination, score: meanScore(figures, objective), figures }))
    .toSorted((a, b) => b.score - a.score || a.combination - b.combination);
}

function meanScore(figures: RankedCombination['figures'], objective: SweepObjective): number {
  let sum = 0;
  for (const one of figures) sum += scoreOfFigures(one.figures, objective);
  return sum / figures.length;
}
