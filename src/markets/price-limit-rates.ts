import type { Market } from '#domain/instrument.ts';
import type { RuleRow } from './rule-table.ts';

/** Thousandths of the base price that a day's prices may move either way (krx-rules §2.1). */
export const priceLimitPerMille: readonly RuleRow<Market, number>[] = [
  // Fixed amounts in 13, later 17 price bands that are not fully known; 4.6 % is their published average.
  { from: 0, market: 'KOSPI', value: 46, mark: 'inferred' },
  { from: 1995_04_01, market: 'KOSPI', value: 60, mark: 'data' },
  { from: 1996_11_25, market: 'KOSPI', value: 80, mark: 'data' },
  { from: 1998_03_02, market: 'KOSPI', value: 120, mark: 'data' },
  { from: 1998_12_07, market: 'KOSPI', value: 150, mark: 'data' },
  { from: 2015_06_15, market: 'KOSPI', value: 300, mark: 'data' },
  // Fixed amounts again; the KOSPI average stands in for them.
  { from: 1996_07_01, market: 'KOSDAQ', value: 46, mark: 'inferred' },
  { from: 1996_11_25, market: 'KOSDAQ', value: 80, mark: 'source' },
  // April and May 1998 are both reported; the day is inferred.
  { from: 1998_05_25, market: 'KOSDAQ', value: 120, mark: 'inferred' },
  { from: 2005_03_28, market: 'KOSDAQ', value: 150, mark: 'data' },
  { from: 2015_06_15, market: 'KOSDAQ', value: 300, mark: 'data' },
  { from: 2013_07_01, market: 'KONEX', value: 150, mark: 'source' },
];
