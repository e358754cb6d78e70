/** How far a price may move before trading is interrupted, in thousandths; null where the kind does not exist. */
export interface VolatilityRates {
  /** From the last single price. */
  readonly staticPerMille: number | null;
  /** From the trade before the order came. */
  readonly dynamicPerMille: number | null;
}

/** What a trade is measured from. */
export interface VolatilityReferences {
  /** Last price of a call auction; before the first one the base price. */
  readonly singlePrice: number;
  readonly lastPrice: number;
}

/** Why a trade must not happen now. */
export interface VolatilityTrigger {
  readonly kind: 'static' | 'dynamic';
  readonly triggerPrice: number;
  readonly referencePrice: number;
}

/**
 * The interruption (VI) that a trade at `price` sets off, or null. A move of exactly the rate sets it off; when both
 * kinds apply the static one is named.
 *
 * @see kis.md §9.4, krx-rules §6.1
 */
export function volatilityTrigger(
  price: number,
  references: VolatilityReferences,
  rates: VolatilityRates,
): VolatilityTrigger | null {
  const { singlePrice, lastPrice } = references;
  if (isReached(price, singlePrice, rates.staticPerMille)) {
    return { kind: 'static', triggerPrice: price, referencePrice: singlePrice };
  }
  if (isReached(price, lastPrice, rates.dynamicPerMille)) {
    return { kind: 'dynamic', triggerPrice: price, referencePrice: lastPrice };
  }
  return null;
}

function isReached(price: number, reference: number, perMille: number | null): boolean {
  return perMille !== null && Math.abs(price - reference) * 1000 >= reference * perMille;
}
