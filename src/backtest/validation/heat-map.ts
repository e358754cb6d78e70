import type { Trial } from './trial.ts';

/** Scores over two axes of a grid; further axes stand where the optimum has them. */
export interface HeatMap {
  readonly x: { readonly name: string; readonly values: readonly number[] };
  readonly y: { readonly name: string; readonly values: readonly number[] };
  /** One row a value of `y`, one cell a value of `x`; null where nothing ran. */
  readonly scores: readonly (readonly (number | null)[])[];
  readonly optimum: { readonly x: number; readonly y: number };
}

export interface GridAxis {
  readonly name: string;
  /** In the order in which places count. */
  readonly values: readonly number[];
}

/**
 * The heat map of the first two axes that have more than one value, through the optimum; null with fewer than two such
 * axes.
 */
export function heatMapOf(
  axes: readonly GridAxis[],
  scored: readonly { readonly trial: Trial; readonly score: number }[],
  optimum: Trial,
): HeatMap | null {
  const [first, second] = axes.map((axis, place) => ({ axis, place })).filter(({ axis }) => axis.values.length > 1);
  if (first === undefined || second === undefined) return null;
  const scores = second.axis.values.map((): (number | null)[] => first.axis.values.map(() => null));
  for (const { trial, score } of scored) {
    const isOnPlane = trial.places.every(
      (place, axis) => axis === first.place || axis === second.place || place === optimum.places[axis],
    );
    const row = scores[trial.places[second.place] ?? -1];
    if (isOnPlane && row !== undefined && Number.isFinite(score)) row[trial.places[first.place] ?? -1] = score;
  }
  return {
    x: first.axis,
    y: second.axis,
    scores,
    optimum: { x: optimum.places[first.place] ?? 0, y: optimum.places[second.place] ?? 0 },
  };
}
