import { randomFrom, type Random } from '#brokers/kis/simulator/venue/random.ts';
import type { Bar } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import { plainDate, seoulInstant } from '#domain/trading-date.ts';
import { won, type Won } from '#domain/won.ts';
import { roundToTick } from '#markets/tick-size.ts';

import { ordinaryListing, syntheticListings, type SyntheticListing } from './synthetic-listings.ts';
import { tradingDays } from './trading-days.ts';

/** Pull of one day back to the anchor: half of a deviation is gone after about 70 sessions. */
const meanReversion = 0.01;
/** Sessions a regime lasts on average, and its daily drift in standard deviations. */
const regimeSessions = 25;
const regimeDrift = 0.35;
/** A day stays well inside ±30 %, so that the limits are met by pushes from the console only. */
const returnMax = 0.12;
const factorVolatility = 0.009;

const closesBySeed = new Map<string, Float64Array>();
const seedsMax = 500;

/**
 * Value of `instrument` at each close of `tradingDays()`, in won and not on a tick: a common factor and an own part,
 * both drawn back to the anchor, with regimes of rise and fall between. The same for ever for one seed.
 */
export function syntheticCloses(instrument: Instrument, seed: string): Float64Array {
  const key = `${seed}/${instrument.symbol}`;
  const known = closesBySeed.get(key);
  if (known !== undefined) return known;
  if (closesBySeed.size >= seedsMax) closesBySeed.clear();
  const closes = makeCloses(syntheticListingOf(instrument), seed, key);
  closesBySeed.set(key, closes);
  return closes;
}

export function syntheticListingOf(instrument: Instrument): SyntheticListing {
  return syntheticListings[instrument.symbol] ?? ordinaryListing;
}

/** The close before `date`, on a tick: what that day's limits are counted from. */
export function syntheticBasePrice(instrument: Instrument, seed: string, date: Temporal.PlainDate): Won {
  const value = syntheticCloses(instrument, seed)[tradingDays().indexBefore(date)];
  return roundToTick(instrument, value ?? syntheticListingOf(instrument).anchorPrice, date, 'down');
}

/**
 * Day bars, oldest first, both days inclusive, trading days from 2019 to 2027 only. The close of a day is the next
 * day's base price; all prices are legal on their day.
 */
export function syntheticDailyBars(
  instrument: Instrument,
  seed: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): readonly Bar[] {
  const days = tradingDays();
  const closes = syntheticCloses(instrument, seed);
  const bars: Bar[] = [];
  const last = days.indexBefore(to.add({ days: 1 }));
  for (let index = days.indexBefore(from) + 1; index <= last; index += 1) {
    const date = days.dates[index];
    if (date !== undefined)
      bars.push(dayBar(instrument, { seed, date, before: closes[index - 1], close: closes[index] }));
  }
  return bars;
}

interface DayFigures {
  readonly seed: string;
  readonly date: number;
  readonly before: number | undefined;
  readonly close: number | undefined;
}

function dayBar(instrument: Instrument, { seed, date, before, close }: DayFigures): Bar {
  const random = randomFrom(`${seed}/${instrument.symbol}/${date}/bar`);
  const { dailyVolatility, anchorPrice, tradesPerSecond } = syntheticListingOf(instrument);
  const day = plainDate(date);
  const end = close ?? anchorPrice;
  const start = (before ?? end) * Math.exp(0.3 * dailyVolatility * random.normal());
  const reach = (): number => Math.abs(random.normal()) * dailyVolatility * 0.5;
  const tick = (price: number): Won => roundToTick(instrument, price, day, 'down');
  const value = 3e9 * tradesPerSecond * Math.exp(0.4 * random.normal());
  return {
    startsAtMs: seoulInstant(day, Temporal.PlainTime.from('00:00')).epochMilliseconds,
    date,
    open: tick(start),
    high: tick(Math.max(start, end) * (1 + reach())),
    low: tick(Math.min(start, end) * (1 - reach())),
    close: tick(end),
    volume: won(Math.max(1, Math.round((value * 30) / end))),
  };
}

function makeCloses({ anchorPrice, dailyVolatility, beta }: SyntheticListing, seed: string, key: string): Float64Array {
  const { dates } = tradingDays();
  const factor = walk(randomFrom(`${seed}/factor`), factorVolatility, dates.length);
  const own = walk(randomFrom(key), dailyVolatility, dates.length);
  const closes = new Float64Array(dates.length);
  let deviation = 0;
  for (let index = 0; index < closes.length; index += 1) {
    const step = beta * (factor[index] ?? 0) + (own[index] ?? 0) - meanReversion * deviation;
    deviation += Math.min(returnMax, Math.max(-returnMax, step));
    closes[index] = anchorPrice * Math.exp(deviation);
  }
  return closes;
}

/** Daily returns whose drift changes sign from regime to regime. */
function walk(random: Random, volatility: number, count: number): Float64Array {
  const steps = new Float64Array(count);
  let direction = random.next() < 0.5 ? 1 : -1;
  for (let index = 0; index < count; index += 1) {
    if (random.next() < 1 / regimeSessions) direction = -direction;
    steps[index] = volatility * (regimeDrift * direction + random.normal());
  }
  return steps;
}
