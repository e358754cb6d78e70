/** Reproducible randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Exponential with mean 1. */
  exponential(): number;
  /** Whole, 0 inclusive to `below` exclusive. */
  below(below: number): number;
}

/**
 * xoshiro128++ seeded from text by FNV-1a and splitmix32. Not for secrets.
 *
 * @see Blackman and Vigna, Scrambled linear pseudorandom number generators (2021)
 */
export function randomFrom(seed: string): Random {
  const state = seedState(seed);
  const next = (): number => {
    const [a, b, c, d] = [state[0] ?? 0, state[1] ?? 0, state[2] ?? 0, state[3] ?? 0];
    const result = (rotate(a + d, 7) + a) >>> 0;
    const t = b << 9;
    const c1 = c ^ a;
    const d1 = d ^ b;
    state[1] = b ^ c1;
    state[0] = a ^ d1;
    state[2] = c1 ^ t;
    state[3] = rotate(d1, 11);
    return result / 0x1_0000_0000;
  };
  return {
    next,
    // Box and Muller; 1 - u keeps the logarithm away from 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    exponential: () => -Math.log(1 - next()),
    below: (below) => Math.floor(next() * below),
  };
}

function seedState(seed: string): Uint32Array {
  let hash = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
  }
  const state = new Uint32Array(4);
  for (let index = 0; index < 4; index += 1) {
    hash = (hash + 0x9e3779b9) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    state[index] = mixed ^ (mixed >>> 15);
  }
  return state;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
