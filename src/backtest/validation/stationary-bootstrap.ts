import type { Random } from '#domain/random.ts';

/** Days `start`, `start + 1`, … of the record, `length` of them; the record wraps around at its end. */
export interface DrawnBlock {
  readonly start: number;
  readonly length: number;
}

/**
 * One history of `days` as blocks of the record: each begins anywhere and is as long as chance has it, geometrically
 * distributed with mean `meanBlock`; the last one is cut.
 *
 * @param meanBlock days, 1 or more; 1 draws single days
 * @see Politis and Romano, The Stationary Bootstrap (1994)
 */
export function drawBlocks(random: Random, days: number, meanBlock: number): readonly DrawnBlock[] {
  const blocks: DrawnBlock[] = [];
  for (let drawn = 0; drawn < days;) {
    const start = random.below(days);
    const length = Math.min(geometric(random, meanBlock), days - drawn);
    blocks.push({ start, length });
    drawn += length;
  }
  return blocks;
}

/** 1 or more, with mean `mean`: the inverse of the distribution's 1 − (1 − 1/mean)^length. */
function geometric(random: Random, mean: number): number {
  if (mean <= 1) return 1;
  return 1 + Math.floor(Math.log(1 - random.next()) / Math.log(1 - 1 / mean));
}
