/** What is traded, `KRX:` and the six-character listing code; letters are possible since 2024. */
export type InstrumentId = `KRX:${string}`;

/** The board an instrument is listed on. Rules differ by board and date. */
export type Market = 'KOSPI' | 'KOSDAQ' | 'KONEX';
export type InstrumentKind = 'stock' | 'etf' | 'etn';

/** Why trading in an instrument is restricted; `none` is the ordinary case. */
export type Designation = 'none' | 'managed' | 'liquidation' | 'caution' | 'warning' | 'risk' | 'halted' | 'overheated';

export interface Instrument {
  readonly id: InstrumentId;
  /** Six characters, as brokers write it. */
  readonly symbol: string;
  /** Korean name, as the exchange publishes it. */
  readonly name: string;
  readonly market: Market;
  readonly kind: InstrumentKind;
  /** Absolute leverage of an ETF or ETN; 1 for everything else. */
  readonly leverage: number;
  /** The board it was on before, up to and including a day (yyyymmdd); left out for those that never moved. */
  readonly movedFrom?: { readonly market: Market; readonly until: number };
}

const listingCode = /^[0-9][0-9A-Z]{5}$/;

/** @throws {RangeError} when `symbol` is not a six-character KRX listing code */
export function instrumentId(symbol: string): InstrumentId {
  if (!listingCode.test(symbol))
    throw new RangeError(`Not a KRX listing code: "${symbol}", wanted six characters such as "005930"`);
  return `KRX:${symbol}`;
}

/** The six-character listing code of `id`. */
export function symbolOf(id: InstrumentId): string {
  return id.slice(4);
}
