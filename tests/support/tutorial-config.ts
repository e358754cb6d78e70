/** What the file of the tutorials says, `examples/tutorial/trading_config.yaml`. */
export const tutorialConfig = {
  maShort: 5,
  maLong: 20,
  rsiPeriod: 14,
  rsiOversold: 30,
  rsiOverbought: 70,
  bbPeriod: 20,
  bbStd: 2,
  stopLoss: 0.03,
  takeProfit: 0.05,
  maxPosition: 5,
  positionSize: 0.2,
} as const;
