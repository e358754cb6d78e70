/** What a call auction printed. */
export interface AuctionPrint {
  readonly price: number;
  readonly quantity: number;
}

/**
 * Everything one instrument printed on one day, as columns of equal length between the two auctions. Times are epoch
 * milliseconds, ascending; prices whole won; quantities shares, 1 or more.
 */
export interface DayTicks {
  /** Null when the opening auction printed nothing. */
  readonly opening: AuctionPrint | null;
  readonly at: Float64Array;
  readonly price: Float64Array;
  readonly quantity: Float64Array;
  /** 1 where a buyer took what was offered, 0 where a seller did. */
  readonly isBuy: Uint8Array;
  readonly closing: AuctionPrint | null;
}

/** A day on which nothing traded. */
export const noTicks: DayTicks = {
  opening: null,
  at: new Float64Array(),
  price: new Float64Array(),
  quantity: new Float64Array(),
  isBuy: new Uint8Array(),
  closing: null,
};

/** One print on its way into columns. */
export interface Tick {
  readonly at: number;
  readonly price: number;
  readonly quantity: number;
  readonly isBuy: boolean;
}

export function ticksOf(
  rows: readonly Tick[],
  auctions: { readonly opening: AuctionPrint | null; readonly closing: AuctionPrint | null },
): DayTicks {
  return {
    ...auctions,
    at: Float64Array.from(rows, ({ at }) => at),
    price: Float64Array.from(rows, ({ price }) => price),
    quantity: Float64Array.from(rows, ({ quantity }) => quantity),
    isBuy: Uint8Array.from(rows, ({ isBuy }) => (isBuy ? 1 : 0)),
  };
}
