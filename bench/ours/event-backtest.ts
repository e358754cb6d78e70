import { createHash } from 'node:crypto';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { playBacktest, runBacktest } from '#backtest/engine.ts';
import { listings } from '#markets/listings.ts';
import { repeated, serveRounds, timed } from '../harness/contestant.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';
import { openLimits } from '../harness/open-limits.ts';
import { crossWishes } from './cross-wishes.ts';
import { oneShareStrategy } from './one-share-strategy.ts';

/**
 * `event-backtest.ts played|whole`: the event engine with guard, ledger, market rules and every order's story. `played`
 * leaves trades, orders and equity behind, more than the peers do; `whole` a person's result, with decision log and report
 * figures.
 */
const [manner] = process.argv.slice(2);
const series = { instrument: instrumentId('005930'), interval: '1d', ...madeUpBars(daysOfTwentyYears, 1) } as const;

const resting = tradesOf(true);

await serveRounds(
  repeated(() => {
    const { checksum, ...spent } = timed(() => tradesOf(false));
    const prefixed = Object.entries(resting).map(([key, sum]) => [`resting-${key}`, sum] as const);
    return { ...spent, checksum: { ...checksum, ...Object.fromEntries(prefixed) } };
  }),
);

function tradesOf(restsOnFillDay: boolean): Readonly<Record<string, number>> {
  const options = {
    strategy: oneShareStrategy([series.instrument], crossWishes, restsOnFillDay),
    series: [series],
    instruments: listings.filter(({ id }) => id === series.instrument),
    from: 0,
    to: 99_999_999,
    initialCash: won(100_000_000),
    limits: openLimits,
    commissionPpb: 0,
    sha256: (text: string) => createHash('sha256').update(text).digest('hex'),
  };
  const { trades } = manner === 'whole' ? runBacktest(options).result : playBacktest(options);
  let [entries, exits, bought, sold] = [0, 0, 0, 0];
  for (const { side, price } of trades) {
    if (side === 'buy') [entries, bought] = [entries + 1, bought + price];
    else [exits, sold] = [exits + 1, sold + price];
  }
  return { entries, exits, bought, sold };
}
