import type { UsInstrumentId } from '#domain/overseas-order.ts';
import type { UsdTick, WonPerUsd } from '#domain/usd.ts';
import type { Won } from '#domain/won.ts';

/** What the person allows abroad. Every field can say no, and says no until the person has said otherwise. */
export interface OverseasLimits {
  /** Value of one order in won, by the exchange rate of the state; null allows none. */
  readonly orderValueMax: Won | null;
  /** Value of all orders of one US trading day in won, this one included; null allows none. */
  readonly dayValueMax: Won | null;
  /** What may be traded; empty allows nothing. */
  readonly instruments: ReadonlySet<UsInstrumentId>;
  /** Distance from the last trade in whole basis points; null allows none. */
  readonly priceCollarBps: number | null;
  /** Age up to which a last trade and an exchange rate count, in milliseconds; null lets none count. */
  readonly priceAgeMaxMs: number | null;
  readonly rateAgeMaxMs: number | null;
  /** Orders go out from `opensAtMs` (inclusive) to `closesAtMs` (exclusive), epoch milliseconds; null: never. */
  readonly window: { readonly opensAtMs: number; readonly closesAtMs: number } | null;
}

/** What every installation starts with: no order abroad at all. */
export const noOverseas: OverseasLimits = {
  orderValueMax: null,
  dayValueMax: null,
  instruments: new Set(),
  priceCollarBps: null,
  priceAgeMaxMs: null,
  rateAgeMaxMs: null,
  window: null,
};

/** What is known at the moment of decision. Null means not known, and that means no. */
export interface OverseasState {
  readonly isHalted: boolean;
  readonly nowMs: number;
  readonly limits: OverseasLimits;
  /** Won for one dollar and when it was told. */
  readonly rate: { readonly rate: WonPerUsd; readonly atMs: number } | null;
  /** Last trade of the instrument that is asked for. */
  readonly lastTrade: { readonly price: UsdTick; readonly atMs: number } | null;
  /** Value of the orders that went out on this US trading day, in won; null when it is not known. */
  readonly dayValue: Won | null;
}
