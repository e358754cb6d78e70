/**
 * Share of a standard normal distribution below `z`, accurate to 1e-15 for every z: a series near 0 and the continued
 * fraction of Laplace in the tails.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.11 and 26.2.14
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  const size = Math.abs(z);
  if (size > 38) return z > 0 ? 1 : 0;
  const tail = size < 3 ? 0.5 - fromMiddle(size) : upperTail(size);
  return z > 0 ? 1 - tail : tail;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** From 0 to `z`: the density times z + z³/3 + z⁵/15 + … */
function fromMiddle(z: number): number {
  let [term, sum] = [z, z];
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return density(z) * sum;
}

function upperTail(z: number): number {
  let fraction = z;
  for (let depth = 120; depth >= 1; depth -= 1) fraction = z + depth / fraction;
  return density(z) / fraction;
}

/**
 * The z below which `share` of a standard normal distribution lies.
 *
 * Halving first, then Newton's steps on `normalCdf`; both ends of 0 to 1 are infinite.
 */
export function normalQuantile(share: number): number {
  if (!(share > 0)) return share === 0 ? -Infinity : NaN;
  if (!(share < 1)) return share === 1 ? Infinity : NaN;
  let [low, high] = [-38, 38];
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < share) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let step = 0; step < 4; step += 1) z -= (normalCdf(z) - share) / density(z);
  return z;
}
