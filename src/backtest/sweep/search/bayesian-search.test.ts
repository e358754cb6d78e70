import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BayesianSearch } from './bayesian-search.ts';
import { GaussianProcess } from './gaussian-process.ts';
import { randomPlaces } from './random-places.ts';

const sizes = [40, 50];

/** A hill at (28, 13) with ripples. */
function hill(place: number): number {
  const [x, y] = [Math.floor(place / 50), place % 50];
  return -((x - 28) ** 2) / 200 - (y - 13) ** 2 / 300 + 0.1 * Math.sin(x * 1.7 + y);
}

function bestOf(tries: number, seed: number): { readonly score: number; readonly places: readonly number[] } {
  const search = new BayesianSearch(sizes, seed);
  const places: number[] = [];
  let score = -Infinity;
  for (let count = 0; count < tries; count += 1) {
    const place = search.next()!;
    places.push(place);
    search.tell(place, hill(place));
    score = Math.max(score, hill(place));
  }
  return { score, places };
}

test('BayesianSearch comes closer to the top than random tries of the same number do', () => {
  const seeds = [1, 2, 3];
  const guided = seeds.map((seed) => bestOf(40, seed).score);
  const random = seeds.map((seed) => Math.max(...randomPlaces(2_000, 40, seed).map(hill)));
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;

  assert.ok(mean(guided) > mean(random) + 0.02, `${mean(guided)} against ${mean(random)}`);
  assert.ok(Math.min(...guided) > 0, guided.join(' '));
});

test('BayesianSearch tries the same with the same seed, never twice, and ends with the grid', () => {
  assert.deepEqual(bestOf(30, 7).places, bestOf(30, 7).places);
  assert.notDeepEqual(bestOf(30, 7).places, bestOf(30, 8).places);

  const small = new BayesianSearch([3, 1, 5], 1);
  const places: (number | null)[] = [];
  for (let count = 0; count < 16; count += 1) {
    const place = small.next();
    places.push(place);
    if (place !== null) small.tell(place, count % 4 === 0 ? null : count);
  }

  assert.equal(places.at(-1), null);
  assert.deepEqual(new Set(places.slice(0, -1)).size, 15);
});

test('GaussianProcess goes through what it was given and is unsure elsewhere', () => {
  const points = [0, 0.3, 0.6, 1].map((x) => Float64Array.of(x));
  const process = new GaussianProcess(points, [1, 4, 2, 8]);

  assert.ok(Math.abs(process.at(Float64Array.of(0.3)).mean - 4) < 0.1);
  assert.ok(process.at(Float64Array.of(0.8)).deviation > 5 * process.at(Float64Array.of(0.6)).deviation);
  assert.equal(new GaussianProcess(points, [3, 3, 3, 3]).at(Float64Array.of(0.5)).mean, 3);
});

test('randomPlaces() draws different places, all of them when asked for more, by the seed alone', () => {
  assert.deepEqual(randomPlaces(5, 9, 1), [0, 1, 2, 3, 4]);
  assert.equal(new Set(randomPlaces(1_000, 100, 3)).size, 100);
  assert.deepEqual(randomPlaces(1_000, 100, 3), randomPlaces(1_000, 100, 3));
  assert.deepEqual(randomPlaces(0, 3, 1), []);
});
