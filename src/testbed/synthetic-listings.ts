/** What is invented about one listing of the synthetic market. */
export interface SyntheticListing {
  /** Price its long-run value is drawn to, in won. */
  readonly anchorPrice: number;
  /** Standard deviation of one day's own return. */
  readonly dailyVolatility: number;
  /** How strongly it follows the common factor; negative for inverse funds. */
  readonly beta: number;
  /** Trades a market second, on average over the day. */
  readonly tradesPerSecond: number;
}

const row = (
  anchorPrice: number,
  dailyVolatility: number,
  beta: number,
  tradesPerSecond: number,
): SyntheticListing => ({ anchorPrice, dailyVolatility, beta, tradesPerSecond });

/** Invented figures of a plausible size; they are nobody's prices. The first twenty listings trade most. */
export const syntheticListings: Readonly<Record<string, SyntheticListing>> = {
  '005930': row(71_500, 0.014, 1, 1.6),
  '000660': row(186_000, 0.022, 1.3, 1.4),
  '005380': row(243_000, 0.016, 0.9, 1.1),
  '035420': row(198_500, 0.017, 0.9, 1.1),
  '035720': row(43_650, 0.019, 1, 1.2),
  '000270': row(98_700, 0.016, 0.9, 1.1),
  '005490': row(296_500, 0.017, 1, 1),
  '051910': row(284_000, 0.02, 1.1, 1),
  '006400': row(241_500, 0.022, 1.2, 1),
  '068270': row(178_300, 0.016, 0.8, 1.1),
  '105560': row(92_800, 0.014, 0.7, 1.1),
  '055550': row(58_200, 0.014, 0.7, 1.1),
  '012330': row(251_000, 0.014, 0.8, 1),
  '066570': row(87_400, 0.015, 0.9, 1.1),
  '015760': row(24_850, 0.015, 0.6, 1.2),
  '017670': row(54_900, 0.009, 0.4, 1),
  '247540': row(132_600, 0.03, 1.4, 1.3),
  '035900': row(61_300, 0.024, 0.9, 1.1),
  '293490': row(17_420, 0.022, 1, 1.1),
  '069500': row(34_260, 0.01, 1, 1.4),
  '091160': row(41_875, 0.017, 1.3, 0.7),
  '229200': row(12_445, 0.013, 1.1, 0.8),
  '305720': row(16_980, 0.02, 1.3, 0.7),
  '114800': row(4_535, 0.01, -1, 0.9),
  '122630': row(17_265, 0.02, 2, 1),
  '233740': row(8_715, 0.026, 2.2, 0.9),
  '252670': row(2_231, 0.02, -2, 1),
};

/** For an instrument without figures of its own. */
export const ordinaryListing: SyntheticListing = row(20_000, 0.02, 1, 0.5);
