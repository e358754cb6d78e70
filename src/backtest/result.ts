import type { BarInterval } from '#domain/bar.ts';
import type { InstrumentKind, Market } from '#domain/instrument.ts';
import type { FillModel } from './desk/fill-model.ts';
import type { MetricGroups } from './metrics/metric-groups.ts';

/** What a backtest leaves behind, and every decision on the way. */
export interface BacktestOutcome {
  readonly result: BacktestResult;
  /** One canonical line a decision; `result.decisionLogSha256` is over these, each ended by a line feed. */
  readonly decisionLog: readonly string[];
}

/** What a backtest leaves behind; the JSON of `snowball backtest --json` and of the web page. Days are yyyymmdd integers. */
export interface BacktestResult {
  readonly strategy: string;
  readonly symbols: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly initialCash: number;
  /** First day on which an order could have been decided, the start of the figures' clock; older results lack it. */
  readonly tradableFrom?: number;
  readonly metrics: BacktestMetrics;
  /** One per trading day, after the close. */
  readonly equity: readonly { readonly date: number; readonly value: number }[];
  /** One per execution, in order. */
  readonly trades: readonly BacktestTrade[];
  /** One per order that the strategy asked for, denied ones included. */
  readonly orders: readonly BacktestOrder[];
  /** Buy and hold of the symbols in equal parts, same costs; same days as `equity`. */
  readonly benchmark: readonly { readonly date: number; readonly value: number }[];
  readonly decisionLogSha256: string;
  /**
   * Bars that reached a stop and a target of one group. The stop was taken each time; which came first is not known. Left
   * out when no order had both.
   */
  readonly bothInOneBar?: number;
  /** What was paid on shares held; left out when the options named no dividends. */
  readonly dividends?: readonly BacktestDividend[];
  /** Bars that were decided on; left out when they are of days. */
  readonly interval?: BarInterval;
  /** What was believed of bars; left out when nothing but `ordinaryFills` was. */
  readonly fills?: FillModel;
  /** Splits that multiplied shares, the bars being raw; left out when the options named none. Days are yyyymmdd. */
  readonly splits?: readonly BacktestSplit[];
  /** The prices are the store's, computed from its corporate actions; left out when bars were taken as they lie. */
  readonly adjusted?: BacktestAdjustment;
  /** What codes counted as that no table of ours holds, or that were said otherwise; left out when there are none. */
  readonly listings?: readonly BacktestListing[];
}

/** Whose ticks, limits, fee and tax an instrument had. */
export interface BacktestListing {
  readonly symbol: string;
  readonly market: Market;
  readonly kind: InstrumentKind;
  readonly leverage: number;
}

/** Each `from` shares held became `to` at the start of `date`. */
export interface BacktestSplit {
  readonly symbol: string;
  readonly date: number;
  readonly from: number;
  readonly to: number;
}

/** Which of the store's corporate actions counted. */
export interface BacktestAdjustment {
  /** Records up to this version; 0 when there are none. */
  readonly version: number;
  /** yyyymmdd; what was known only later was left out. */
  readonly knownBy?: number;
  /** Actions of the symbols that counted. */
  readonly actions: number;
}

/** One payment, in won. */
export interface BacktestDividend {
  readonly symbol: string;
  readonly exDate: number;
  readonly payDate: number;
  readonly perShare: number;
  readonly quantity: number;
  readonly gross: number;
  readonly tax: number;
}

export interface BacktestTrade {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly date: number;
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly tax: number;
  readonly reason: string;
  /** Sells: proceeds after fee and tax less the cost of the shares with their buying fees. Buys: 0. */
  readonly profit: number;
  /** Start of the minute bar, epoch milliseconds; left out of day bars, which their date names. */
  readonly barStartsAtMs?: number;
  /** Won that the slippage model cost this execution; left out where none was applied. */
  readonly slippage?: number;
}

export interface BacktestOrder {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** Day of the decision. */
  readonly date: number;
  readonly price: number;
  readonly quantity: number;
  readonly state: string;
  readonly reason: string;
  /** Start of the minute bar it was decided on, epoch milliseconds; left out of day bars. */
  readonly barStartsAtMs?: number;
  /** What it asked for beyond a limit order for the day, such as `[market stop 19500]`; left out for the ordinary kind. */
  readonly terms?: string;
  /** Denial codes with both numbers; empty when the guard let it through. */
  readonly denials: readonly { readonly code: string; readonly actual: number; readonly limit: number }[];
}

/**
 * Ratios are fractions (0.1 is 10 %); null where it is not defined, such as a win rate without a round trip. Everything
 * a year or a day is counted from the first tradable day. The groups are there after a backtest, and not in a sweep.
 */
export interface BacktestMetrics extends Partial<MetricGroups> {
  readonly finalValue: number;
  readonly totalReturn: number;
  readonly annualReturn: number | null;
  /** Largest fall from a peak, negative or 0. */
  readonly maximumDrawdown: number;
  /** Daily, risk-free 0, times the square root of 252. */
  readonly sharpe: number | null;
  readonly volatility: number | null;
  readonly roundTrips: number;
  readonly winRate: number | null;
  readonly profitFactor: number | null;
  /** Share of days with a position. */
  readonly exposure: number;
  readonly turnover: number;
  readonly fees: number;
  readonly tax: number;
  readonly benchmarkReturn: number | null;
  readonly deniedOrders: number;
}
