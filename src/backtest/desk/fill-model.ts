/**
 * How much worse than the price it meets an order trades that takes what is there: at an open, when a trigger fires, in
 * the closing auction. An order that rests at its limit trades at its limit.
 *
 * `ticks` whole ticks of the market's table · `bps` hundredths of a percent of the price · `spread` a share of the spread,
 * which bars do not show and which is therefore given · `impact` grows with the square root of the order's share of the
 * bar's volume and is `bps` at the whole of it (Almgren and others, "Direct Estimation of Equity Market Impact", 2005,
 * find an exponent near one half). Each is rounded away from us to a tick.
 */
export type Slippage =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticks'; readonly ticks: number }
  | { readonly kind: 'bps'; readonly bps: number }
  | { readonly kind: 'spread'; readonly spreadBps: number; readonly shareBps: number }
  | { readonly kind: 'impact'; readonly bps: number };

/** What is believed of a bar. */
export interface FillModel {
  readonly slippage: Slippage;
  /** All orders of one bar together take at most this share of its volume, in hundredths of a percent. */
  readonly volumeShareBps: number;
  /** True: a market that stands at its limit all bar long fills nobody on the crowded side. */
  readonly limitLock: boolean;
  /** `market`: orders come in the lots of their day, and what is none is rejected; `single`: in single shares always. */
  readonly lots: 'single' | 'market';
  /**
   * Minute bars only. True: a bar that moves as far as a static volatility interruption fills nothing beyond the price
   * that sets it off; what waits there trades in the next bar, after the auction.
   */
  readonly volatilityInterruptions: boolean;
}

/**
 * What a backtest believes unless it is told otherwise. A tenth of the volume is what a day can be believed to absorb
 * without moving, and far more than the guard lets through in a liquid stock.
 */
export const ordinaryFills: FillModel = {
  slippage: { kind: 'none' },
  volumeShareBps: 1_000,
  limitLock: true,
  lots: 'single',
  volatilityInterruptions: false,
};

/** Whether that is what a backtest believes when nothing is chosen, so that a loop made for it alone is right. */
export function areOrdinary(fills: Partial<FillModel> = {}): boolean {
  // As texts, so that what is added to the model later is never overlooked; the keys stand in the order of the first.
  return JSON.stringify({ ...ordinaryFills, ...fills }) === JSON.stringify(ordinaryFills);
}
