/** Columns of equal length, oldest first; prices in whole won. */
export interface MadeUpBars {
  readonly date: Int32Array;
  readonly startsAtMs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

const dayMs = 86_400_000;

/**
 * A walk in whole won on the weekdays from 2004 on, the same for the same seed in every process. Nothing of the market is
 * in it but the shape: what is measured is time, and what is compared are sums.
 *
 * @param seed a whole number from 1
 */
export function madeUpBars(count: number, seed: number): MadeUpBars {
  const column = (): Float64Array => new Float64Array(count);
  const [open, high, low, close, volume, startsAtMs] = [column(), column(), column(), column(), column(), column()];
  const date = new Int32Array(count);
  const draw = drawFrom(seed);
  let price = 8_000 + Math.floor(draw() * 30_000);
  let day = Date.UTC(2004, 0, 5);
  for (let row = 0; row < count; row += 1) {
    const first = Math.max(2_000, Math.min(90_000, price + Math.round((draw() - 0.5) * 120)));
    price = Math.max(2_000, Math.min(90_000, Math.round(first * (1 + (draw() - 0.5) * 0.04))));
    open[row] = first;
    close[row] = price;
    high[row] = Math.max(first, price) + Math.floor(draw() * 100);
    low[row] = Math.min(first, price) - Math.floor(draw() * 100);
    volume[row] = 100_000 + Math.floor(draw() * 1_000_000);
    const at = new Date(day);
    date[row] = at.getUTCFullYear() * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
    startsAtMs[row] = day - 9 * 3_600_000;
    day += (at.getUTCDay() === 5 ? 3 : 1) * dayMs;
  }
  return { date, startsAtMs, open, high, low, close, volume };
}

/** Twenty years of trading days. */
export const daysOfTwentyYears = 4_930;

/** From 0 up to 1: the minimal standard generator of Lehmer, which fits a double. */
function drawFrom(seed: number): () => number {
  let state = (seed * 48_271) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
