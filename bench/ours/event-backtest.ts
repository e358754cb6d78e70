import { createHash } from 'node:crypto';
import { instrumentId } from '#domain/instrument.ts';
import { won } from '#domain/won.ts';
import { runBacktest } from '#backtest/engine.ts';
import { listings } from '#markets/listings.ts';
import { serveRounds, timed } from '../harness/contestant.ts';
import { daysOfTwentyYears, madeUpBars } from '../harness/made-up-bars.ts';
import { openLimits } from '../harness/open-limits.ts';
import { crossWishes } from './cross-wishes.ts';
import { oneShareStrategy } from './one-share-strategy.ts';

/** The event engine as a person's back-test runs it: guard, ledger, market rules, decision log and report figures. */
const series = { instrument: instrumentId('005930'), interval: '1d', ...madeUpBars(daysOfTwentyYears, 1) } as const;

const resting = tradesOf(true);

await serveRounds(() => {
  const { checksum, ...spent } = timed(() => tradesOf(false));
  const prefixed = Object.entries(resting).map(([key, sum]) => [`resting-${key}`, sum] as const);
  return { ...spent, checksum: { ...checksum, ...Object.fromEntries(prefixed) } };
});

function tradesOf(restsOnFillDay: boolean): Readonly<Record<string, number>> {
  const { result } = runBacktest({
    strategy: oneShareStrategy([series.instrument], crossWishes, restsOnFillDay),
    series: [series],
    instruments: listings.filter(({ id }) => id === series.instrument),
    from: 0,
    to: 99_999_999,
    initialCash: won(100_000_000),
    limits: openLimits,
    commissionPpb: 0,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  let [entries, exits, bought, sold] = [0, 0, 0, 0];
  for (const { side, price } of result.trades) {
    if (side === 'buy') [entries, bought] = [entries + 1, bought + price];
    else [exits, sold] = [exits + 1, sold + price];
  }
  return { entries, exits, bought, sold };
}
