/** Every reason the guard can give. The set is closed: screens and alerts have a sentence for each. */
export type DenialCode =
  | 'halted'
  | 'watchdog-lost'
  | 'strategy-halted'
  | 'lane-closed'
  | 'input-missing'
  | 'clock-error'
  | 'conservation'
  | 'order-type'
  | 'order-session'
  | 'order-venue'
  | 'tick-size'
  | 'price-limit'
  | 'stop-tick-size'
  | 'stop-price-limit'
  | 'price-collar'
  | 'price-stale'
  | 'order-value'
  | 'traded-value-share'
  | 'quantity-median'
  | 'open-value'
  | 'day-value-account'
  | 'day-value-strategy'
  | 'orders-per-minute-account'
  | 'orders-per-minute-strategy'
  | 'orders-per-day'
  | 'cancels-per-minute'
  | 'cancel-fill-ratio'
  | 'repeated-order'
  | 'small-order-repetition'
  | 'universe'
  | 'symbol-new'
  | 'price-minimum'
  | 'traded-value-minimum'
  | 'designation'
  | 'position-value'
  | 'position-count'
  | 'exposure'
  | 'daily-loss'
  | 'self-cross'
  | 'session'
  | 'entry-window'
  | 'cash'
  | 'holding';

/** Our guard said no: the rule and the two numbers it compared. */
export interface Denial {
  readonly code: DenialCode;
  /** What the request would make it. NaN when the number itself is missing. */
  readonly actual: number;
  /** What is allowed. */
  readonly limit: number;
  readonly unit: 'won' | 'shares' | 'orders' | 'percent' | 'milliseconds' | 'ratio' | 'none';
}

/** One rule that ran, for the timeline: denied or passed, and how close it was. */
export interface Check extends Denial {
  readonly passed: boolean;
}
