/**
 * The figures of a backtest beyond the headline ones, by what they count: days, round trips, costs, the benchmark.
 * Formulas and sources stand in docs/metrics.md. Ratios are fractions, days yyyymmdd; null where a figure is not defined.
 */
export interface MetricGroups {
  readonly perDay: DayMetrics;
  readonly perTrade: TradeMetrics;
  readonly costs: CostMetrics;
  /** Null without a benchmark. */
  readonly againstBenchmark: BenchmarkMetrics | null;
}

/** One day's return, or one month's with `date` as yyyymm. */
export interface DatedReturn {
  readonly date: number;
  readonly value: number;
}

/** A fall and what became of it. */
export interface Drawdown {
  /** 0 or negative; below −1 when more than everything is lost. */
  readonly depth: number;
  /** The day of the highest value before; the first day when the starting value was the highest. */
  readonly peak: number;
  readonly trough: number;
  /** The first day at or above the peak again; null while it has not come back. */
  readonly recovered: number | null;
  /** Calendar days from the peak to the recovery, or to the last day. */
  readonly days: number;
}

/** Over daily returns, from the first tradable day on. */
export interface DayMetrics {
  /** First and last day that count, and how many there are; 0 without any. */
  readonly from: number;
  readonly to: number;
  readonly days: number;
  readonly annualReturn: number | null;
  readonly volatility: number | null;
  /** Root of the mean square of losing days (all days in the divisor), a year. */
  readonly downsideDeviation: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  /** Annual return ÷ depth of the deepest fall. */
  readonly calmar: number | null;
  /** Null when the account never fell below its peak. */
  readonly deepest: Drawdown | null;
  /** The fall that lasted longest; null as above. */
  readonly longest: Drawdown | null;
  /** Root of the mean square of each day's fall from the peak. */
  readonly ulcerIndex: number | null;
  readonly bestDay: DatedReturn | null;
  readonly worstDay: DatedReturn | null;
  readonly bestMonth: DatedReturn | null;
  readonly worstMonth: DatedReturn | null;
  /** Share of days with a gain. */
  readonly winningDays: number | null;
  /** 95th percentile of daily returns ÷ 5th, without signs. */
  readonly tailRatio: number | null;
  readonly skew: number | null;
  /** Less 3, so that a normal sample has 0. */
  readonly kurtosis: number | null;
}

export interface TradeResult {
  readonly symbol: string;
  /** Of the last sell. */
  readonly date: number;
  readonly profit: number;
  /** Profit ÷ what the shares cost before fees. */
  readonly return: number;
}

/** Over closed round trips, each from flat to flat in one instrument, after all costs. Money in won. */
export interface TradeMetrics {
  readonly roundTrips: number;
  readonly wins: number;
  readonly losses: number;
  readonly winRate: number | null;
  readonly averageWin: number | null;
  /** Negative. */
  readonly averageLoss: number | null;
  /** Average win ÷ average loss, without its sign. */
  readonly payoff: number | null;
  readonly profitFactor: number | null;
  /** Mean profit of a round trip, in won, and as a fraction of its cost. */
  readonly expectancy: number | null;
  readonly expectancyReturn: number | null;
  /** Calendar days from the first buy to the last sell. */
  readonly averageHoldingDays: number | null;
  readonly longestHoldingDays: number | null;
  readonly best: TradeResult | null;
  readonly worst: TradeResult | null;
  /** Most wins, and most losses, in a row. */
  readonly winsInARow: number;
  readonly lossesInARow: number;
}

/** What trading took, in won. */
export interface CostMetrics {
  readonly fees: number;
  readonly tax: number;
  /** Null when no execution says what it lost to slippage. */
  readonly slippage: number | null;
  readonly total: number;
  /** Total ÷ value of all executions; null without one. */
  readonly shareOfTraded: number | null;
  /** Total ÷ starting cash. */
  readonly shareOfStart: number;
}

/** Daily returns beside those of holding the same instruments, over the same days; risk-free 0. */
export interface BenchmarkMetrics {
  readonly totalReturn: number;
  readonly annualReturn: number | null;
  readonly volatility: number | null;
  readonly maximumDrawdown: number;
  /** Jensen's alpha, a year. */
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly correlation: number | null;
  /** Deviation of the difference of daily returns, a year. */
  readonly trackingError: number | null;
  readonly informationRatio: number | null;
}
