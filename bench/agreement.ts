import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { BarSeries } from '#domain/bar.ts';
import { won } from '#domain/won.ts';
import { runBacktest } from '#backtest/engine.ts';
import { krxCalendar } from '#cli/bars/backtest-bars.ts';
import { listings } from '#markets/listings.ts';
import { readCsvBars } from '#store/csv/csv-import.ts';
import { explainTrade, type RoundTrip } from './harness/explain-trade.ts';
import { openLimits } from './harness/open-limits.ts';
import { agreementStrategies, type AgreementStrategy } from './ours/agreement-strategies.ts';
import { oneShareStrategy } from './ours/one-share-strategy.ts';
import { ruleWishes } from './ours/rule-wishes.ts';

const data = join(import.meta.dirname, '..', '..', 'shared', 'data', 'krx-daily');
const tripShape = z.array(
  z.object({
    boughtOn: z.number(),
    boughtAt: z.number(),
    soldOn: z.number().nullable(),
    soldAt: z.number().nullable(),
  }),
);

/**
 * Every strategy over every file of real bars, by PineTS in a process of its own and by our engine, trade for trade: the
 * days and the prices of both ends. Prints a table, and each difference with its reason.
 *
 * @returns false when a difference has no reason, or there are no bars
 */
export async function agreement(): Promise<boolean> {
  const files = existsSync(data) ? globSync(join(data, '*.csv')).toSorted() : [];
  if (files.length === 0) {
    console.log(`No real bars at ${data}: nothing was compared`);
    return false;
  }
  console.log('| strategy | symbol | trades | equal | differ |\n|---|---|---:|---:|---:|');
  const notes: string[] = [];
  for (const strategy of agreementStrategies) for (const file of files) notes.push(...compare(strategy, file));
  console.log(`\n${notes.length} differences.`);
  for (const note of notes) console.log(`- ${note}`);
  return notes.every((note) => !note.includes('UNEXPLAINED'));
}

/** Prints a line of the table. Returns a sentence for each trade that only one of both has. */
function compare(strategy: AgreementStrategy, file: string): readonly string[] {
  const series = readCsvBars(file, krxCalendar).series[0]?.series;
  if (series === undefined) throw new Error(`Cannot compare: "${file}" holds no bars`);
  const theirs = pinetsTrips(strategy, file);
  const ours = ourTrips(strategy, series);
  const symbol = basename(file, '.csv');
  const [onlyOurs, onlyTheirs] = [without(ours, theirs), without(theirs, ours)];
  const differ = onlyOurs.length + onlyTheirs.length;
  console.log(`| ${strategy.name} | ${symbol} | ${ours.length} | ${ours.length - onlyOurs.length} | ${differ} |`);
  const note = (who: string, trip: RoundTrip): string =>
    `${strategy.name} ${symbol}: only ${who} ${trip.boughtOn} at ${trip.boughtAt} to ${trip.soldOn ?? 'the end'} at ${trip.soldAt ?? 'none'}: ${explainTrade(series, trip, who === 'ours' ? theirs : ours)}`;
  return [...onlyOurs.map((trip) => note('ours', trip)), ...onlyTheirs.map((trip) => note('theirs', trip))];
}

function pinetsTrips({ pine }: AgreementStrategy, csv: string): readonly RoundTrip[] {
  const program = join(import.meta.dirname, 'peers', 'pinets-trades.mjs');
  const options = { input: JSON.stringify({ csv, pine }), encoding: 'utf8', timeout: 60_000 } as const;
  const done = spawnSync(process.execPath, [program], { ...options, maxBuffer: 2 ** 26 });
  if (done.status !== 0) throw new Error(`Cannot compare: PineTS ended with ${done.status}: ${done.stderr}`);
  return tripShape.parse(JSON.parse(done.stdout));
}

/** By our engine with limits that refuse nothing and no fee: one share, whole round trips, an open one at the end. */
function ourTrips({ program }: AgreementStrategy, series: BarSeries): readonly RoundTrip[] {
  const { result } = runBacktest({
    strategy: oneShareStrategy([series.instrument], ruleWishes(program)),
    series: [series],
    instruments: listings.filter(({ id }) => id === series.instrument),
    from: 0,
    to: 99_999_999,
    initialCash: won(100_000_000),
    limits: openLimits,
    commissionPpb: 0,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
  const trips: RoundTrip[] = [];
  for (const { side, date, price } of result.trades) {
    const last = trips.at(-1);
    if (side === 'buy') trips.push({ boughtOn: date, boughtAt: price, soldOn: null, soldAt: null });
    else if (last !== undefined) trips.splice(-1, 1, { ...last, soldOn: date, soldAt: price });
  }
  return trips;
}

function without(trips: readonly RoundTrip[], others: readonly RoundTrip[]): readonly RoundTrip[] {
  const known = new Set(others.map((trip) => JSON.stringify(Object.values(trip))));
  return trips.filter((trip) => !known.has(JSON.stringify(Object.values(trip))));
}
