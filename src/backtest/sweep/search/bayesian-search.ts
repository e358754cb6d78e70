import { Random } from '#domain/random.ts';
import { normalCdf } from '../../validation/normal-distribution.ts';
import { GaussianProcess, type Prediction } from './gaussian-process.ts';
import { randomPlaces } from './random-places.ts';

/** Points tried at random before the model is asked. */
const firstTries = 12;
/** Points of the grid that the model is asked about for each try: at random, and the best one's neighbours. */
const candidatesAsked = 400;
/** Scores that the model is fitted to, the latest and the best; more would cost their cube. */
const scoresKept = 200;

/**
 * Looks for the highest score on a grid with few tries: a Gaussian process over what was seen, and next the point of the
 * greatest expected improvement. The same seed and scores give the same tries.
 *
 * @see Jones, Schonlau and Welch, Efficient Global Optimization of Expensive Black-Box Functions (1998)
 */
export class BayesianSearch {
  readonly #sizes: readonly number[];
  readonly #points: number;
  readonly #random: Random;
  readonly #first: number[];
  readonly #tried = new Set<number>();
  readonly #seen: { readonly place: number; readonly score: number }[] = [];

  /** @param sizes values on each axis, 1 or more; places count with the first axis turning slowest */
  constructor(sizes: readonly number[], seed: number) {
    this.#sizes = sizes;
    this.#points = sizes.reduce((product, size) => product * size, 1);
    this.#random = new Random(seed);
    this.#first = this.#random.shuffled(randomPlaces(this.#points, firstTries, seed));
  }

  /** The place to try next; null when the whole grid has been tried. */
  next(): number | null {
    if (this.#tried.size >= this.#points) return null;
    const place = this.#first.pop() ?? this.#mostPromising();
    this.#tried.add(place);
    return place;
  }

  /** What a try came to; null for parameters that make no strategy, which counts as the worst seen. */
  tell(place: number, score: number | null): void {
    const worst = Math.min(0, ...this.#seen.map((one) => one.score));
    this.#seen.push({ place, score: score !== null && Number.isFinite(score) ? score : worst });
  }

  #mostPromising(): number {
    const kept = this.#kept();
    const candidates = this.#candidates(kept[0]?.place ?? 0);
    if (kept.length === 0) return candidates[0] ?? 0;
    const model = new GaussianProcess(
      kept.map(({ place }) => this.#point(place)),
      kept.map(({ score }) => score),
    );
    const best = kept[0]?.score ?? 0;
    let [chosen, most] = [candidates[0] ?? 0, -Infinity];
    for (const place of candidates) {
      const gain = expectedImprovement(model.at(this.#point(place)), best);
      if (gain > most) [chosen, most] = [place, gain];
    }
    return chosen;
  }

  /** The best half and the latest half of what may be kept, the best first. */
  #kept(): readonly { readonly place: number; readonly score: number }[] {
    const byScore = this.#seen.toSorted((a, b) => b.score - a.score || a.place - b.place);
    if (byScore.length <= scoresKept) return byScore;
    const best = byScore.slice(0, scoresKept / 2);
    const latest = this.#seen.slice(-scoresKept / 2).filter((one) => !best.includes(one));
    return [...best, ...latest];
  }

  /** Untried ones; never empty while there are any. */
  #candidates(best: number): readonly number[] {
    const asked = new Set(this.#neighbours(best));
    for (let draw = 0; draw < candidatesAsked; draw += 1) asked.add(this.#random.below(this.#points));
    const untried = [...asked].filter((place) => !this.#tried.has(place));
    if (untried.length > 0) return untried;
    for (let place = 0; place < this.#points; place += 1) if (!this.#tried.has(place)) return [place];
    return [];
  }

  /** One step to either side on each axis. */
  #neighbours(place: number): readonly number[] {
    const neighbours: number[] = [];
    let stride = 1;
    for (const size of this.#sizes.toReversed()) {
      const at = Math.floor(place / stride) % size;
      if (at > 0) neighbours.push(place - stride);
      if (at < size - 1) neighbours.push(place + stride);
      stride *= size;
    }
    return neighbours;
  }

  /** In the unit cube; an axis of one value lies at 0. */
  #point(place: number): Float64Array {
    const point = new Float64Array(this.#sizes.length);
    let rest = place;
    for (let axis = this.#sizes.length - 1; axis >= 0; axis -= 1) {
      const size = this.#sizes[axis] ?? 1;
      point[axis] = size > 1 ? (rest % size) / (size - 1) : 0;
      rest = Math.floor(rest / size);
    }
    return point;
  }
}

function expectedImprovement({ mean, deviation }: Prediction, best: number): number {
  if (deviation === 0) return Math.max(0, mean - best);
  const z = (mean - best) / deviation;
  return (mean - best) * normalCdf(z) + deviation * normalDensity(z);
}

function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
