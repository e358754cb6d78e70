import { randomFrom } from '#brokers/kis/simulator/venue/random.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';

import { syntheticCloses, syntheticListingOf } from './synthetic-daily.ts';
import { tradingDays } from './trading-days.ts';

export const stepSeconds = 5;
/** 09:00 to 15:30. */
export const daySteps = (6.5 * 3600) / stepSeconds;

/** Waves within the day: half-life in seconds, and size in standard deviations of a day. */
const waves = [
  { halfLife: 8 * 60, size: 0.22 },
  { halfLife: 25 * 60, size: 0.4 },
] as const;
/** How much of the waves all instruments share. */
const sharedWave = 0.35;

/**
 * Fair value of `instrument` at every fifth second of `date`, 4,681 values in won, from the base price to near the
 * day's synthetic close: a bridge with waves on it that make short moving averages cross several times a day. The same
 * for one seed, day and base price, so that a venue which starts again during the day finds the path it left.
 */
export function fairValuePath(
  instrument: Instrument,
  seed: string,
  date: Temporal.PlainDate,
  basePrice: Won,
): Float64Array {
  const { dailyVolatility, beta } = syntheticListingOf(instrument);
  const own = waveOf(`${seed}/${instrument.symbol}/${date.toString()}/wave`);
  const shared = sharedWaveOf(`${seed}/factor/${date.toString()}/wave`);
  const random = randomFrom(`${seed}/${instrument.symbol}/${date.toString()}/bridge`);
  const walk = brownian(random.normal.bind(random));
  const goal = dayReturn(instrument, seed, date);
  const path = new Float64Array(daySteps + 1);
  const end = walk[daySteps] ?? 0;
  for (let step = 0; step <= daySteps; step += 1) {
    const part = step / daySteps;
    const bridge = part * goal + 0.4 * dailyVolatility * ((walk[step] ?? 0) - part * end);
    const wave = (own[step] ?? 0) + sharedWave * Math.sign(beta) * (shared[step] ?? 0);
    path[step] = basePrice * Math.exp(bridge + dailyVolatility * wave);
  }
  return path;
}

/** Log return that the synthetic closes give the day; 0 on a day that is none of theirs. */
function dayReturn(instrument: Instrument, seed: string, date: Temporal.PlainDate): number {
  const days = tradingDays();
  const before = days.indexBefore(date);
  const closes = syntheticCloses(instrument, seed);
  const from = closes[before];
  const to = closes[days.indexBefore(date.add({ days: 1 }))];
  return from === undefined || to === undefined ? 0 : Math.log(to / from);
}

/** The last shared wave: all instruments of a day ask for the same one. */
let latest: { readonly seed: string; readonly wave: Float64Array } | null = null;

function sharedWaveOf(seed: string): Float64Array {
  if (latest?.seed !== seed) latest = { seed, wave: waveOf(seed) };
  return latest.wave;
}

/** A sum of mean-reverting waves that starts at nothing. */
function waveOf(seed: string): Float64Array {
  const random = randomFrom(seed);
  const sum = new Float64Array(daySteps + 1);
  for (const { halfLife, size } of waves) {
    const keep = 0.5 ** (stepSeconds / halfLife);
    const kick = size * Math.sqrt(1 - keep * keep);
    let level = 0;
    for (let step = 1; step <= daySteps; step += 1) {
      level = level * keep + kick * random.normal();
      sum[step] = (sum[step] ?? 0) + level;
    }
  }
  return sum;
}

function brownian(normal: () => number): Float64Array {
  const walk = new Float64Array(daySteps + 1);
  const scale = Math.sqrt(1 / daySteps);
  for (let step = 1; step <= daySteps; step += 1) walk[step] = (walk[step - 1] ?? 0) + scale * normal();
  return walk;
}
