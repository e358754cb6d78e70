/** Waves of the simulated price: length in seconds and height as a share of the price. */
const waves: readonly (readonly [seconds: number, height: number])[] = [
  [250 * 86_400, 0.18],
  [60 * 86_400, 0.09],
  [15 * 86_400, 0.045],
  [4 * 86_400, 0.022],
  [86_400, 0.011],
  [6 * 3_600, 0.005],
  [3_600, 0.0022],
  [900, 0.0011],
  [180, 0.0006],
  [30, 0.0004],
];

/**
 * Height of a rough line at a moment, about -0.3 to 0.3: value noise, so that any moment of any year is known without
 * walking there, and a restart finds the same market.
 *
 * @param seed of the line
 * @param seconds since 1970
 * @see Perlin and Hoffert (1989) on noise by interpolated lattice values
 */
export function roughLine(seed: number, seconds: number): number {
  let height = 0;
  for (let wave = 0; wave < waves.length; wave += 1) {
    const [length = 1, share = 0] = waves[wave] ?? [];
    const place = seconds / length;
    const left = Math.floor(place);
    const part = place - left;
    const ease = part * part * (3 - 2 * part);
    const from = latticeValue(seed, wave, left);
    height += share * (from + (latticeValue(seed, wave, left + 1) - from) * ease);
  }
  return height;
}

/** A number from 0 to 1 that belongs to `seed` and `place`. */
export function shareOf(seed: number, place: number): number {
  return (latticeValue(seed, 99, place) + 1) / 2;
}

/** FNV-1a of a text. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** -1 to 1, mixed as in splitmix32. */
function latticeValue(seed: number, wave: number, place: number): number {
  let mixed = (seed ^ Math.imul(wave + 1, 0x9e3779b9) ^ Math.imul(place | 0, 0x85ebca6b)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x8000_0000 - 1;
}
