import { shareOfEquity } from './exposure-value.ts';
import type { GuardState } from './state.ts';

/** What today has cost so far, in won; 0 on a day in profit, NaN when unknown. */
export function lossOfDay(state: GuardState): number {
  return state.profitOfDay === null ? Number.NaN : Math.max(0, 0 - state.profitOfDay);
}

/** The smaller of the fixed limit and the share of equity, rounded down to whole won. NaN when equity is unknown. */
export function lossLimit(state: GuardState): number {
  return Math.min(state.limits.dailyLossMax, shareOfEquity(state, state.limits.dailyLossEquityBps));
}
