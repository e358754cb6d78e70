import { dateNumber } from '#domain/trading-date.ts';
import type { VolatilityRates } from './volatility.ts';

/** What the rates depend on besides the day. */
export interface VolatilitySubject {
  readonly kind: 'stock' | 'etf' | 'etn';
  /** A member of the KOSPI200, or a fund that follows it one to one. */
  readonly isCore: boolean;
}

/** The window a trade happens in; the closing auction is watched more closely. */
export type VolatilityWindow = 'continuous' | 'closing';

const dynamicFrom = 2014_09_01;
const staticFrom = 2015_06_15;
const staticPerMille = 100;
const dynamicPerMille = {
  continuous: { core: 30, other: 60 },
  closing: { core: 20, other: 40 },
} as const;

/**
 * Rates of volatility interruptions on `date`: dynamic since 2014-09-01, static since 2015-06-15 and not in the closing
 * auction. Notes came under the rules with the static kind.
 *
 * @see krx-rules §6.1 (dates documented, rates partly inferred)
 */
export function volatilityRates(
  { kind, isCore }: VolatilitySubject,
  window: VolatilityWindow,
  date: Temporal.PlainDate,
): VolatilityRates {
  const day = dateNumber(date);
  const hasDynamic = day >= (kind === 'etn' ? staticFrom : dynamicFrom);
  return {
    staticPerMille: window === 'continuous' && day >= staticFrom ? staticPerMille : null,
    dynamicPerMille: hasDynamic ? dynamicPerMille[window][isCore ? 'core' : 'other'] : null,
  };
}
