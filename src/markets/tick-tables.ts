import type { Market } from '#domain/instrument.ts';
import type { RuleRow } from './rule-table.ts';

/** Prices below `below` (and not below the band before) move in steps of `tick` won. The last band has no end. */
export interface TickBand {
  readonly below: number;
  readonly tick: number;
}

/** Bands by ascending price. Every bound is a multiple of the ticks on both of its sides. */
export type TickTable = readonly TickBand[];

/** Exchange-traded products have tables of their own; stocks follow their board. */
export type TickKey = Market | 'ETF' | 'ETN';

function table(...bands: readonly (readonly [below: number, tick: number])[]): TickTable {
  return bands.map(([below, tick]) => ({ below, tick }));
}

const rest = Number.POSITIVE_INFINITY;
const k0 = table([10_000, 10], [rest, 100]);
const k1 = table([10_000, 10], [100_000, 100], [500_000, 500], [rest, 1000]);
const k2 = table([5000, 5], [10_000, 10], [50_000, 50], [100_000, 100], [500_000, 500], [rest, 1000]);
const k3 = table([1000, 1], [5000, 5], [10_000, 10], [50_000, 50], [100_000, 100], [500_000, 500], [rest, 1000]);
const q2 = table([5000, 5], [10_000, 10], [50_000, 50], [rest, 100]);
const q3 = table([1000, 1], [5000, 5], [10_000, 10], [50_000, 50], [rest, 100]);
const u1 = table([2000, 1], [5000, 5], [20_000, 10], [50_000, 50], [200_000, 100], [500_000, 500], [rest, 1000]);
const e1 = table([rest, 5]);
const e2 = table([2000, 1], [rest, 5]);

/** Order ticks by day (krx-rules §1.2). A trade may print between two ticks since 2025-03-04; an order may not. */
export const tickTables: readonly RuleRow<TickKey, TickTable>[] = [
  { from: 0, market: 'KOSPI', value: k0, mark: 'source' },
  { from: 1995_04_01, market: 'KOSPI', value: k1, mark: 'source' },
  // The month is documented; the day is the first print on a step of 50 won.
  { from: 1998_03_21, market: 'KOSPI', value: k2, mark: 'data' },
  { from: 2010_10_04, market: 'KOSPI', value: k3, mark: 'source' },
  { from: 2023_01_25, market: 'KOSPI', value: u1, mark: 'data' },
  // Five steps from 10 to 1,000 won are documented; of their bounds only 500 won at 103,000 to 215,000 is verified.
  { from: 1996_07_01, market: 'KOSDAQ', value: k1, mark: 'source' },
  { from: 2003_07_21, market: 'KOSDAQ', value: q2, mark: 'data' },
  { from: 2010_10_04, market: 'KOSDAQ', value: q3, mark: 'source' },
  { from: 2023_01_25, market: 'KOSDAQ', value: u1, mark: 'data' },
  { from: 2013_07_01, market: 'KONEX', value: q3, mark: 'inferred' },
  { from: 2023_01_25, market: 'KONEX', value: u1, mark: 'source' },
  { from: 2002_10_14, market: 'ETF', value: e1, mark: 'data' },
  // Two papers report one notice as 12-18 and as 12-08; the Monday is taken.
  { from: 2023_12_18, market: 'ETF', value: e2, mark: 'source' },
  { from: 2014_11_17, market: 'ETN', value: e1, mark: 'inferred' },
  { from: 2023_12_18, market: 'ETN', value: e2, mark: 'source' },
];
