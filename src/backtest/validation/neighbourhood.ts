/** One combination of a grid and how good it was; higher is better. */
export interface GridScore {
  /** Place on each axis of the grid, from 0. */
  readonly places: readonly number[];
  readonly score: number;
}

export interface Neighbourhood {
  readonly neighbours: number;
  /** Those with a score above 0. */
  readonly positive: number;
  /** Mean score of the combinations one step away on any axes, diagonal steps included; null when there are none. */
  readonly meanScore: number | null;
  readonly worstScore: number | null;
  /**
   * Mean of the neighbours over the optimum's own score, both positive; 1 is a plateau, 0 or below a lone peak. Null when
   * the optimum is not positive or has no neighbour.
   */
  readonly stability: number | null;
  /** Share of all combinations whose score is at least nine tenths of the optimum's; null when that is not positive. */
  readonly plateauShare: number | null;
}

/** How the optimum of a grid stands among its neighbours. Scores that are not finite count as the worst there are. */
export function neighbourhoodOf(scores: readonly GridScore[], optimum: GridScore): Neighbourhood {
  const worst = Math.min(0, ...scores.map(({ score }) => score).filter(Number.isFinite));
  const plain = (score: number): number => (Number.isFinite(score) ? score : worst);
  const near = scores.filter((one) => isNextTo(one.places, optimum.places)).map(({ score }) => plain(score));
  const meanScore = near.length === 0 ? null : near.reduce((sum, score) => sum + score, 0) / near.length;
  const best = plain(optimum.score);
  const level = scores.filter(({ score }) => plain(score) >= best * 0.9).length;
  return {
    neighbours: near.length,
    positive: near.filter((score) => score > 0).length,
    meanScore,
    worstScore: near.length === 0 ? null : Math.min(...near),
    stability: best > 0 && meanScore !== null ? meanScore / best : null,
    plateauShare: best > 0 ? level / scores.length : null,
  };
}

function isNextTo(places: readonly number[], others: readonly number[]): boolean {
  let furthest = 0;
  for (const [axis, place] of places.entries()) furthest = Math.max(furthest, Math.abs(place - (others[axis] ?? 0)));
  return furthest === 1;
}
