import { won } from '#domain/won.ts';
import { standard, type Limits } from '#guard/limits.ts';

const muchWon = won(1_000_000_000_000_000);
const many = 1_000_000_000;

/** Limits that refuse nothing: the guard still looks at every order, as peers that have none are compared with. */
export const openLimits: Limits = {
  ...standard,
  orderValueMax: muchWon,
  dayValueAccountMax: muchWon,
  dayValueStrategyMax: muchWon,
  openValueMax: muchWon,
  positionValueMax: muchWon,
  exposureMax: muchWon,
  dailyLossMax: muchWon,
  ordersPerMinuteAccountMax: many,
  ordersPerMinuteStrategyMax: many,
  ordersPerDayMax: many,
  cancelsPerMinuteMax: many,
  smallOrdersPerSymbolMax: many,
  positionCountMax: many,
  quantityMedianMultiple: many,
  priceCollarBps: 4_000,
  exposureEquityBps: 10_000,
  dailyLossEquityBps: 10_000,
  tradedValueShareBps: 10_000,
  tradedValueMin: won(0),
  priceMinimum: won(0),
};
