import { won, type Won } from '#domain/won.ts';

/** The numbers the guard compares with (threat-model §5). What is tighter, smaller or larger, is said by `tighten.ts`. */
export interface Limits {
  readonly orderValueMax: Won;
  readonly dayValueAccountMax: Won;
  readonly dayValueStrategyMax: Won;
  readonly openValueMax: Won;
  readonly ordersPerMinuteAccountMax: number;
  readonly ordersPerMinuteStrategyMax: number;
  readonly ordersPerDayMax: number;
  /** Cancels and amends together. */
  readonly cancelsPerMinuteMax: number;
  /** Cancels per fill, looked at after 20 orders. */
  readonly cancelFillRatioMax: number;
  readonly repeatedOrderWindowMs: number;
  /** Distance from the last trade, in whole basis points. */
  readonly priceCollarBps: number;
  readonly priceAgeMaxMs: number;
  readonly priceMinimum: Won;
  readonly positionValueMax: Won;
  readonly positionCountMax: number;
  readonly exposureMax: Won;
  /** Share of equity that may be invested, in whole basis points. */
  readonly exposureEquityBps: number;
  readonly dailyLossMax: Won;
  /** Share of equity that may be lost in a day, in whole basis points. */
  readonly dailyLossEquityBps: number;
  /** Orders of ten shares or fewer in one symbol a day. */
  readonly smallOrdersPerSymbolMax: number;
  /** No entries in the last milliseconds of the session. */
  readonly entryWindowClosesMs: number;
  /** How many times the median of its last 20 orders a strategy may ask for without a person's confirmation. */
  readonly quantityMedianMultiple: number;
  /** Share of the average value traded a day that one order may be, in whole basis points. */
  readonly tradedValueShareBps: number;
  /** Average value traded a day below which nothing is bought. */
  readonly tradedValueMin: Won;
  /** How long a symbol stands on the list before it may be bought. */
  readonly newSymbolWaitMs: number;
  readonly clockErrorMaxMs: number;
  /** This many refusals for ordering too often within ten minutes halt the strategy. */
  readonly strategyBreachesMax: number;
  /** Silence of a strategy's host that halts the strategy, in real time. */
  readonly strategyHeartbeatMaxMs: number;
}

export type LimitName = keyof Limits;

/** For an account of about 10,000,000 won; what every installation starts with. */
export const starter: Limits = {
  orderValueMax: won(1_000_000),
  dayValueAccountMax: won(5_000_000),
  dayValueStrategyMax: won(3_000_000),
  openValueMax: won(2_000_000),
  ordersPerMinuteAccountMax: 10,
  ordersPerMinuteStrategyMax: 5,
  ordersPerDayMax: 100,
  cancelsPerMinuteMax: 20,
  cancelFillRatioMax: 10,
  repeatedOrderWindowMs: 60_000,
  priceCollarBps: 300,
  priceAgeMaxMs: 5_000,
  priceMinimum: won(1_000),
  positionValueMax: won(2_000_000),
  positionCountMax: 5,
  exposureMax: won(10_000_000),
  exposureEquityBps: 5_000,
  dailyLossMax: won(300_000),
  dailyLossEquityBps: 300,
  smallOrdersPerSymbolMax: 20,
  entryWindowClosesMs: 300_000,
  quantityMedianMultiple: 10,
  tradedValueShareBps: 100,
  tradedValueMin: won(1_000_000_000),
  newSymbolWaitMs: 86_400_000,
  clockErrorMaxMs: 2_000,
  strategyBreachesMax: 3,
  strategyHeartbeatMaxMs: 5_000,
};

/**
 * For accounts about five times as large: every amount of one's own is five times the starter's. Counts, rates, distances,
 * times, shares and what the market must trade protect against the same mistakes at any size and stay.
 */
export const standard: Limits = {
  ...starter,
  orderValueMax: won(5_000_000),
  dayValueAccountMax: won(25_000_000),
  dayValueStrategyMax: won(15_000_000),
  openValueMax: won(10_000_000),
  positionValueMax: won(10_000_000),
  exposureMax: won(50_000_000),
  dailyLossMax: won(1_500_000),
};

/** Every limit there is. */
export const limitNames = Object.keys(starter) as readonly LimitName[];
