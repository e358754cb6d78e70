import { Random } from '#domain/random.ts';

/**
 * `count` different whole numbers from 0 to `limit` − 1, ascending; all of them when there are no more. The same seed gives
 * the same ones.
 *
 * @see Bergstra and Bengio, Random Search for Hyper-Parameter Optimization (2012), for why random beats a coarse grid
 */
export function randomPlaces(limit: number, count: number, seed: number): readonly number[] {
  const random = new Random(seed);
  const chosen = new Set<number>();
  // Floyd's sampling: one draw a number, however close `count` comes to `limit`.
  for (let last = Math.max(0, limit - count); last < limit; last += 1) {
    const place = random.below(last + 1);
    chosen.add(chosen.has(place) ? last : place);
  }
  return [...chosen].toSorted((a, b) => a - b);
}
