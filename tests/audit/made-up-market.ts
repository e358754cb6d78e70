import type { BarSeries } from '#domain/bar.ts';
import { instrumentId } from '#domain/instrument.ts';
import { handLimits, toTick, type HandKind } from './hand-market.ts';
import type { HandBar, HandSymbol } from './hand-run.ts';

/** Listings that our tables know. */
export const stocks = [
  ['005490', 'KOSPI'],
  ['247540', 'KOSDAQ'],
  ['069500', 'ETF'],
  ['000270', 'KOSPI'],
  ['017670', 'KOSPI'],
  ['035900', 'KOSDAQ'],
] as const;
/** Won at which they begin. */
export const prices = [1_480, 4_900, 18_000, 61_000, 187_000, 540_000];

/** A generator of the test's own, 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A year of a made-up stock: days without trading, days that are missing, days at the limit, thin volumes. */
export function madeUp(
  symbol: string,
  kind: HandKind,
  { days, seed, price }: { days: readonly number[]; seed: number; price: number },
): HandSymbol {
  const random = chance(seed);
  let last = price;
  const bars: HandBar[] = [];
  for (const date of days) {
    const kindOfDay = random();
    const [lower, upper] = handLimits(kind, date, last);
    const near = (from: number, width: number): number => {
      const wanted = from * (1 + (random() + random() + random() - 1.5) * width);
      return Math.min(upper, Math.max(lower, toTick(kind, date, Math.max(wanted, 10), 'down')));
    };
    const locked = kindOfDay < 0.97 ? null : random() < 0.5 ? upper : lower;
    const open = locked ?? near(last, 0.03);
    const close = locked ?? near(open, 0.07);
    const [high, low] = [Math.max(open, close, near(open, locked === null ? 0.05 : 0)), Math.min(open, close)];
    const volume = Math.floor(random() * 4_000 * (1_500_000 / price) ** 0.5);
    if (kindOfDay < 0.02) continue;
    if (kindOfDay < 0.05) bars.push({ date, open: last, high: last, low: last, close: last, volume: 0 });
    else bars.push({ date, open, high: locked ?? high, low: locked ?? low, close, volume });
    last = bars.at(-1)!.close;
  }
  return { symbol, kind, bars };
}

/** The bars as columns. */
export function seriesOf({ symbol, bars }: HandSymbol): BarSeries {
  const column = (name: keyof HandBar): Float64Array => Float64Array.from(bars, (bar) => bar[name]);
  return {
    instrument: instrumentId(symbol),
    interval: '1d',
    date: Int32Array.from(bars, (bar) => bar.date),
    startsAtMs: Float64Array.from(bars, ({ date }) =>
      Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100),
    ),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}
