import type { Broker } from '../host/route.ts';
import type { Desk } from '../venue/floor/market-floor.ts';
import { sharesOf } from './encode-price.ts';
import type { MarketIndex } from './index-table.ts';
import { previousBar } from './previous-bar.ts';

/** Points of an index, volume in thousands of shares and amount in millions of won, both cut off. @see spec §4.1 */
export interface IndexFigures {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly last: number;
  readonly previous: number;
  readonly volume: number;
  readonly value: number;
  readonly previousVolume: number;
  readonly previousValue: number;
  readonly rising: number;
  readonly atUpperLimit: number;
  readonly unchanged: number;
  readonly falling: number;
  readonly atLowerLimit: number;
}

/** Desks of the KRX whose instruments are in `index`. */
export function desksOf(broker: Broker, index: MarketIndex): readonly Desk[] {
  return [...broker.venue.floor.desks()].filter((desk) => desk.board === 'KRX' && index.holds(desk.instrument));
}

/** Points that capitalisation makes in `index`, to the hundredth, half up. */
export function pointsOf(index: MarketIndex, capitalisation: number): number {
  return Math.round((capitalisation / index.divisor) * 100) / 100;
}

/** Sum of `price` times shares listed over `desks`. */
function capitalisationOf(desks: readonly Desk[], price: (desk: Desk) => number): number {
  let total = 0;
  for (const desk of desks) total += price(desk) * sharesOf(desk.instrument);
  return total;
}

/**
 * The index of today. Its high and low add up those of its stocks, which did not come at one moment: an upper bound of
 * the true range.
 */
export function indexFigures(
  broker: Broker,
  index: MarketIndex,
  limitsOf: (desk: Desk) => { readonly lower: number; readonly upper: number },
): IndexFigures {
  const desks = desksOf(broker, index);
  const points = (price: (desk: Desk) => number): number => pointsOf(index, capitalisationOf(desks, price));
  const sum = (value: (desk: Desk) => number): number => desks.reduce((total, desk) => total + value(desk), 0);
  const count = (isSo: (desk: Desk) => boolean): number => desks.filter((desk) => isSo(desk)).length;
  return {
    open: points(({ stats, basePrice }) => orBase(stats.open, basePrice)),
    high: points(({ stats, basePrice }) => orBase(stats.high, basePrice)),
    low: points(({ stats, basePrice }) => orBase(stats.low, basePrice)),
    last: points(({ stats }) => stats.last),
    previous: points(({ basePrice }) => basePrice),
    volume: thousands(sum(({ stats }) => stats.volume)),
    value: millions(sum(({ stats }) => stats.value)),
    previousVolume: thousands(sum((desk) => previousBar(broker, desk)?.volume ?? 0)),
    previousValue: millions(sum((desk) => valueOfPrevious(broker, desk))),
    rising: count(({ stats, basePrice }) => stats.last > basePrice),
    atUpperLimit: count((desk) => desk.stats.last >= limitsOf(desk).upper),
    unchanged: count(({ stats, basePrice }) => stats.last === basePrice),
    falling: count(({ stats, basePrice }) => stats.last < basePrice),
    atLowerLimit: count((desk) => desk.stats.last <= limitsOf(desk).lower),
  };
}

/** Index volumes are in thousands of shares, cut off. */
export function thousands(shares: number): number {
  return Math.floor(shares / 1000);
}

/** Index amounts are in millions of won, cut off. */
export function millions(won: number): number {
  return Math.floor(won / 1_000_000);
}

function valueOfPrevious(broker: Broker, desk: Desk): number {
  const bar = previousBar(broker, desk);
  return bar === null ? 0 : bar.volume * bar.close;
}

/** A price of 0 means that nothing was traded. */
function orBase(price: number, basePrice: number): number {
  return price === 0 ? basePrice : price;
}
