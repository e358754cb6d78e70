import type { Market } from '#domain/instrument.ts';
import type { RuleRow } from './rule-table.ts';

/** Shares a stock order must be a multiple of, and the base price from which single shares may be traded. */
export interface LotRule {
  readonly lot: number;
  /** Won; null when the lot holds at every price. */
  readonly singleFrom: number | null;
}

/** Lots of the regular session (krx-rules §5). */
export const lotRules: readonly RuleRow<Market, LotRule>[] = [
  { from: 0, market: 'KOSPI', value: { lot: 10, singleFrom: null }, mark: 'source' },
  { from: 2004_12_20, market: 'KOSPI', value: { lot: 10, singleFrom: 100_000 }, mark: 'source' },
  // The month is documented, the day is not.
  { from: 2006_06_01, market: 'KOSPI', value: { lot: 10, singleFrom: 50_000 }, mark: 'source' },
  { from: 2014_06_02, market: 'KOSPI', value: { lot: 1, singleFrom: null }, mark: 'source' },
  { from: 1996_07_01, market: 'KOSDAQ', value: { lot: 1, singleFrom: null }, mark: 'source' },
  { from: 2013_07_01, market: 'KONEX', value: { lot: 100, singleFrom: null }, mark: 'source' },
  { from: 2014_11_17, market: 'KONEX', value: { lot: 1, singleFrom: null }, mark: 'source' },
];
