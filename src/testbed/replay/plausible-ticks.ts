import { randomFrom, type Random } from '#brokers/kis/simulator/venue/random.ts';
import type { Bar } from '#domain/bar.ts';
import type { TickTable } from '#markets/tick-tables.ts';
import { snap } from '#markets/tick-size.ts';

import { noTicks, ticksOf, type DayTicks, type Tick } from './day-ticks.ts';
import { fairPath, minuteOfExtreme } from './fair-path.ts';
import { splitVolume } from './split-volume.ts';

export interface PlausibleDay {
  /** Prices on ticks of the day, `low` ≤ open and close ≤ `high`, at least as many shares as different prices. */
  readonly bar: Bar;
  readonly table: TickTable;
  /** Start of continuous trading, epoch milliseconds, and how many minutes it lasts. */
  readonly opensAtMs: number;
  readonly minutes: number;
  /** The same seed gives the same ticks. */
  readonly seed: string;
}

const minuteMs = 60_000;

/**
 * One day's trade as it may have been: the open printed by the opening auction, a path through high and low in an order
 * that the seed chooses, the close printed by the closing auction, more trade at both ends of the day than at noon.
 * Every price of the bar is printed and its volume is met to the share; no price lies outside low and high.
 *
 * @returns nothing on a day without volume
 */
export function plausibleTicks({ bar, table, opensAtMs, minutes, seed }: PlausibleDay): DayTicks {
  if (bar.volume === 0) return noTicks;
  const random = randomFrom(seed);
  const isEdge = (price: number): boolean => price === bar.open || price === bar.close;
  const hasClosing = bar.volume > 1;
  const highAt = isEdge(bar.high) ? null : minuteOfExtreme(random, minutes);
  const lowAt = isEdge(bar.low) ? null : minuteOfExtreme(random, minutes);
  const path = fairPath({ bar, minutes, highAt, lowAt }, random);
  const shares = splitVolume({ volume: bar.volume, minutes, hasClosing, needed: [highAt, lowAt] }, random);
  const rows: Tick[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const must = [minute === highAt ? bar.high : 0, minute === lowAt ? bar.low : 0].filter((price) => price > 0);
    const from = path[minute] ?? bar.open;
    const to = path[minute + 1] ?? bar.close;
    const prices = minutePrices({ from, to, bar, table, must }, shares.minutes[minute] ?? 0, random);
    const startsAtMs = opensAtMs + minute * minuteMs;
    addMinute(rows, { prices, shares: shares.minutes[minute] ?? 0, startsAtMs, before: bar.open }, random);
  }
  const closing = hasClosing ? { price: bar.close, quantity: shares.closing } : null;
  return ticksOf(rows, { opening: { price: bar.open, quantity: shares.opening }, closing });
}

interface Minute {
  readonly from: number;
  readonly to: number;
  readonly bar: Bar;
  readonly table: TickTable;
  /** Prices this minute has to print. */
  readonly must: readonly number[];
}

/** Open, the two extremes in an order by chance, close, and steps between them; as many as there are shares, 7 at most. */
function minutePrices({ from, to, bar, table, must }: Minute, shares: number, random: Random): readonly number[] {
  const legal = (price: number): number => Math.min(bar.high, Math.max(bar.low, snap(table, price, 'down')));
  const reach = (bar.high - bar.low) * 0.03;
  const high = legal(Math.max(from, to) + reach * Math.abs(random.normal()));
  const low = legal(Math.max(bar.low, Math.min(from, to) - reach * Math.abs(random.normal())));
  const isLowFirst = random.next() < (to > from ? 0.65 : 0.35);
  const extremes = isLowFirst ? [low, high] : [high, low];
  const [first = low, second = high] = must.length === 2 ? extremesInOrder(must, isLowFirst) : must.concat(extremes);
  const full = [from, (from + first) / 2, first, (first + second) / 2, second, (second + to) / 2, to].map(legal);
  // What must be printed comes first, then the ends, then the steps between.
  const places = [2, 4, 6, 0, 1, 5, 3].slice(0, Math.min(7, shares)).sort((left, right) => left - right);
  return places.map((place) => full[place] ?? bar.close);
}

function extremesInOrder(must: readonly number[], isLowFirst: boolean): readonly number[] {
  return must.toSorted((left, right) => (isLowFirst ? left - right : right - left));
}

interface MinuteRows {
  readonly prices: readonly number[];
  readonly shares: number;
  readonly startsAtMs: number;
  /** Price before the day's first tick. */
  readonly before: number;
}

/** The prices spread over the minute, at least one share each. */
function addMinute(rows: Tick[], { prices, shares, startsAtMs, before }: MinuteRows, random: Random): void {
  const weights = prices.map(() => 0.3 + random.exponential());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = shares - prices.length;
  let given = 0;
  let reached = 0;
  for (const [index, price] of prices.entries()) {
    reached += weights[index] ?? 0;
    const upTo = index === prices.length - 1 ? spare : Math.floor((spare * reached) / total);
    const last = rows.at(-1)?.price ?? before;
    const isBuy = price === last ? random.next() < 0.5 : price > last;
    const at = startsAtMs + Math.floor(((index + 0.1 + 0.8 * random.next()) / prices.length) * minuteMs);
    rows.push({ at, price, quantity: 1 + upTo - given, isBuy });
    given = upTo;
  }
}
