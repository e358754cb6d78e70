import type { Market } from '#domain/instrument.ts';
import type { RuleRow } from './rule-table.ts';

/** Parts per billion of the sale value; 0.15 % is 1,500,000. */
export interface SellTaxRates {
  readonly transactionPpb: number;
  readonly ruralPpb: number;
}

function percentHundredths(transaction: number, rural: number): SellTaxRates {
  return { transactionPpb: transaction * 100_000, ruralPpb: rural * 100_000 };
}

/**
 * Securities transaction tax and rural special tax on the seller of a stock, in hundredths of a percent
 * (krx-rules §4.1). `from` is the day of **settlement**, not of the trade.
 */
export const sellTaxRates: readonly RuleRow<Market, SellTaxRates>[] = [
  { from: 0, market: 'KOSPI', value: percentHundredths(50, 0), mark: 'source' },
  // Of 1990-06, 1994-02 and 1995-07 only the month is documented.
  { from: 1990_06_01, market: 'KOSPI', value: percentHundredths(20, 0), mark: 'source' },
  { from: 1994_02_01, market: 'KOSPI', value: percentHundredths(35, 0), mark: 'source' },
  { from: 1994_07_01, market: 'KOSPI', value: percentHundredths(35, 15), mark: 'source' },
  { from: 1995_07_15, market: 'KOSPI', value: percentHundredths(30, 15), mark: 'inferred' },
  { from: 1996_04_03, market: 'KOSPI', value: percentHundredths(15, 15), mark: 'source' },
  { from: 2019_06_03, market: 'KOSPI', value: percentHundredths(10, 15), mark: 'source' },
  { from: 2021_01_01, market: 'KOSPI', value: percentHundredths(8, 15), mark: 'source' },
  { from: 2023_01_01, market: 'KOSPI', value: percentHundredths(5, 15), mark: 'source' },
  { from: 2024_01_01, market: 'KOSPI', value: percentHundredths(3, 15), mark: 'source' },
  { from: 2025_01_01, market: 'KOSPI', value: percentHundredths(0, 15), mark: 'source' },
  { from: 2026_01_01, market: 'KOSPI', value: percentHundredths(5, 15), mark: 'source' },
  { from: 1996_07_01, market: 'KOSDAQ', value: percentHundredths(50, 0), mark: 'inferred' },
  { from: 1996_08_14, market: 'KOSDAQ', value: percentHundredths(30, 0), mark: 'inferred' },
  { from: 2019_06_03, market: 'KOSDAQ', value: percentHundredths(25, 0), mark: 'source' },
  { from: 2021_01_01, market: 'KOSDAQ', value: percentHundredths(23, 0), mark: 'source' },
  { from: 2023_01_01, market: 'KOSDAQ', value: percentHundredths(20, 0), mark: 'source' },
  { from: 2024_01_01, market: 'KOSDAQ', value: percentHundredths(18, 0), mark: 'source' },
  { from: 2025_01_01, market: 'KOSDAQ', value: percentHundredths(15, 0), mark: 'source' },
  { from: 2026_01_01, market: 'KOSDAQ', value: percentHundredths(20, 0), mark: 'source' },
  { from: 2013_07_01, market: 'KONEX', value: percentHundredths(30, 0), mark: 'source' },
  { from: 2019_06_03, market: 'KONEX', value: percentHundredths(10, 0), mark: 'source' },
];
