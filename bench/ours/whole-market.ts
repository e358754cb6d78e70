import { createHash } from 'node:crypto';
import { won } from '#domain/won.ts';
import { runBacktest } from '#backtest/engine.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { openLimits } from '../harness/open-limits.ts';
import { crossWishes } from './cross-wishes.ts';
import { madeUpMarket } from './market-series.ts';
import { oneShareStrategy } from './one-share-strategy.ts';

/** `whole-market.ts <symbols>`: one portfolio of so many instruments, one core, by the event engine. */
const market = madeUpMarket(Number(process.argv[2]));
const ids = market.instruments.map(({ id }) => id);

await serveRounds(() =>
  timed(() => {
    const { result } = runBacktest({
      strategy: oneShareStrategy(ids, crossWishes),
      series: market.series,
      instruments: market.instruments,
      from: 0,
      to: 99_999_999,
      initialCash: won(10_000_000_000),
      limits: openLimits,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
    });
    return { trades: result.trades.length, finalValue: result.metrics.finalValue };
  }),
);
