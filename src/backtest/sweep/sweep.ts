import type { BarSeries } from '#domain/bar.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Won } from '#domain/won.ts';
import type { Limits } from '#guard/limits.ts';
import type { IndexCloses } from '#strategy/rules/index-closes.ts';
import type { RuleProgram } from '#strategy/rules/program.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import type { FillModel } from '../desk/fill-model.ts';

/** What is swept; data only, so that it can be handed to a worker. */
export type SweepSubject =
  /** `index` for indicators that compare with one. */
  | { readonly kind: 'program'; readonly name: string; readonly program: RuleProgram; readonly index?: IndexCloses }
  | { readonly kind: 'tutorial'; readonly name: string; readonly config: TradingConfig }
  /** By the id of `recipeById`, with settings that are texts. One strategy over all series. */
  | { readonly kind: 'recipe'; readonly name: string; readonly texts: Readonly<Record<string, string>> }
  /**
   * A person's own code, one strategy over all series. It runs in sandboxes, which nothing of this folder starts: here it is
   * only named, by its file's SHA-256.
   */
  | { readonly kind: 'code'; readonly name: string; readonly sha256: string };

/**
 * One setting of the subject's parameters, by name. Of a program its own `params`, and `stop_loss`, `take_profit`,
 * `trailing_stop` and `position_size` as fractions where no parameter of its own is called so; of the tutorial the keys of
 * `trading_config.yaml`; of recipes and code what they declare. What is not named keeps its default.
 */
export type Combination = Readonly<Record<string, number>>;

/**
 * How a combination was run: `event` by the engine itself; `fused` in one loop over every bar; `sparse` only at bars where
 * something can happen. All three give the same to the won.
 */
export type SweepPath = 'event' | 'fused' | 'sparse';

export interface SweepOptions {
  readonly subject: SweepSubject;
  /** All of one interval; minutes are run by the engine. What has an account of its own says `portfoliosOf`. */
  readonly series: readonly BarSeries[];
  readonly instruments: readonly Instrument[];
  readonly combinations: readonly Combination[];
  /** First and last day of decisions, yyyymmdd, both included; bars before `from` warm up. */
  readonly from: number;
  readonly to: number;
  readonly initialCash: Won;
  readonly limits: Limits;
  /** As in `BacktestOptions`. */
  readonly commissionPpb?: number;
  /** As in `BacktestOptions`. The loops model `ordinaryFills`: others are run by the engine. */
  readonly fills?: Partial<FillModel>;
  /** What each run brings along besides its figures; trades come with equity. */
  readonly keep: 'figures' | 'equity' | 'trades';
  /** Which path to take where it applies; left out, the fastest that gives what is to be kept. */
  readonly path?: SweepPath;
  /** Called as each run ends, in order. */
  readonly onRun?: (run: SweepRun) => void;
}

export type SweepRun =
  | {
      readonly kind: 'run';
      /** Of its portfolio, see `portfolioName`. */
      readonly symbol: string;
      /** Place in `combinations`. */
      readonly combination: number;
      readonly path: SweepPath;
      readonly figures: SweepFigures;
      /** After each close from `from` to `to`; null unless kept. */
      readonly equity: Float64Array | null;
      /** Executions in order; null unless kept. */
      readonly trades: readonly SweepTrade[] | null;
    }
  | {
      readonly kind: 'refused';
      readonly symbol: string;
      readonly combination: number;
      /** Why these parameters make no strategy. */
      readonly reason: string;
    };

/** Ratios are fractions; null where not defined. */
export interface SweepFigures {
  readonly finalValue: number;
  readonly totalReturn: number;
  /** Largest fall from a peak, the starting cash being the first; negative or 0. */
  readonly maximumDrawdown: number;
  /** Daily, risk-free 0, times √252. */
  readonly sharpe: number | null;
  readonly roundTrips: number;
  readonly winRate: number | null;
  /** Won ÷ lost over closed round trips; null without a loss. */
  readonly profitFactor: number | null;
  readonly trades: number;
  /** Asked for, denied ones included. */
  readonly orders: number;
  readonly deniedOrders: number;
  readonly fees: number;
  readonly tax: number;
  /** Days that count: from the first on which an order could be decided, as `tradableFrom` says. */
  readonly days: number;
  /** That ended with a position. */
  readonly daysHeld: number;
}

export interface SweepTrade {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  /** yyyymmdd. */
  readonly date: number;
  readonly price: number;
  readonly quantity: number;
  readonly fee: number;
  readonly tax: number;
  /** As in `BacktestTrade`. */
  readonly profit: number;
}
