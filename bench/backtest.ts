import { createHash } from 'node:crypto';
import type { BarSeries } from '#domain/bar.ts';
import { won } from '#domain/won.ts';
import { runBacktest } from '#backtest/engine.ts';
import { limitProfiles } from '#backtest/limit-profile.ts';
import { listingOf } from '#markets/listings.ts';
import { tutorialStrategy } from '#strategy/rules/tutorial-strategy.ts';
import { madeUpBars } from './harness/made-up-bars.ts';
import { tutorialConfig } from '../tests/support/tutorial-config.ts';

/**
 * Bars a second of the event engine on 20 years of made-up daily bars, against a naive loop that recomputes every
 * indicator from a slice of the closes at each bar and checks nothing: no guard, no ledger, no market rules. The ratio is
 * what counts; both loops must see the same crosses.
 */
const days = 5_000;
const rounds = 5;
const series: BarSeries = { instrument: 'KRX:005930', interval: '1d', ...madeUpBars(days, 1) };
const instrument = listingOf('005930');
if (instrument === null) throw new Error('005930 stands in the table of listings');

const engineMs = best(() => {
  const { result } = runBacktest({
    strategy: tutorialStrategy({
      name: 'tutorial',
      config: tutorialConfig,
      instruments: [instrument.id],
      interval: '1d',
    }),
    series: [series],
    instruments: [instrument],
    from: 0,
    to: 99_999_999,
    initialCash: won(10_000_000),
    limits: limitProfiles.standard,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return result.trades.length;
});
const naiveMs = best(() => naiveCrosses(Array.from(series.close)));

console.log(`engine: ${rate(engineMs)} bars/s, ${engineMs.toFixed(1)} ms for ${days} bars`);
console.log(`naive:  ${rate(naiveMs)} bars/s, ${naiveMs.toFixed(1)} ms`);
console.log(`ratio:  ${(naiveMs / engineMs).toFixed(2)} (above 1: the engine is faster than the naive loop)`);

function best(work: () => number): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    if (work() === 0) throw new Error('the made-up bars cause trades');
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function rate(milliseconds: number): string {
  return Math.round((days / milliseconds) * 1_000).toLocaleString('en-US');
}

function naiveCrosses(closes: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  let crosses = 0;
  for (let index = 21; index < closes.length; index += 1) {
    const seen = closes.slice(0, index + 1);
    const [short, shortBefore] = [mean(seen.slice(-5)), mean(seen.slice(-6, -1))];
    const [long, longBefore] = [mean(seen.slice(-20)), mean(seen.slice(-21, -1))];
    const changes = seen.slice(-200).map((close, at, all) => close - (all[at - 1] ?? close));
    const rise = mean(changes.map((change) => Math.max(change, 0)));
    const fall = mean(changes.map((change) => Math.max(-change, 0)));
    const deviation = Math.sqrt(mean(seen.slice(-20).map((close) => (close - long) ** 2)));
    const isCross = shortBefore <= longBefore && short > long && rise / (rise + fall) < 0.7;
    if (isCross || (closes[index] ?? 0) < long - 2 * deviation) crosses += 1;
  }
  return crosses;
}
