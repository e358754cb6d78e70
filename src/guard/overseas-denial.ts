/** Every reason for which an order abroad does not go out. The set is closed: there is a sentence for each. */
export type OverseasDenialCode =
  | 'halted'
  | 'input-missing'
  | 'order-type'
  | 'symbol'
  | 'exchange-rate'
  | 'order-value'
  | 'day-value'
  | 'price-collar'
  | 'price-stale'
  | 'session';

/** The rule and the two numbers it compared; NaN where a number is not known, which denies. */
export interface OverseasDenial {
  readonly code: OverseasDenialCode;
  readonly actual: number;
  readonly limit: number;
  /** `usd` counts ten-thousandths of a dollar. */
  readonly unit: 'won' | 'usd' | 'milliseconds' | 'none';
}

/** One rule that ran: denied or passed, and how close it was. */
export interface OverseasCheck extends OverseasDenial {
  readonly passed: boolean;
}
