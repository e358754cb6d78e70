import type { BarSeries } from '#domain/bar.ts';
import type { BacktestResult } from '../result.ts';
import type { HeatMap } from '../validation/heat-map.ts';
import type { PromotionLine } from '../validation/promotion-gate.ts';
import type { MinuteDay } from './minute-days.ts';
import type { PanelTexts } from './panel-texts.ts';
import type { ReportLanguage, ReportTexts } from './report-texts.ts';

export interface ReportOptions {
  readonly language: ReportLanguage;
  /** Names by listing code; a code without one is shown as it is. */
  readonly names: ReadonlyMap<string, string>;
  /** Bars of the instruments, for candles and for the prices of a day; without them those panels are left out. */
  readonly series?: readonly BarSeries[];
  /** `BacktestOutcome.decisionLog`, for what the strategy said on each day. */
  readonly decisionLog?: readonly string[];
  readonly studies?: readonly ReportStudies[];
  readonly validation?: ReportValidation;
  /** Some of the bars are the synthetic ones of trial mode: every chart says so. */
  readonly isSynthetic?: boolean;
  /** A sentence of whoever ran it, in the report's language, said before how it was counted. */
  readonly remark?: string;
}

/** What the strategy looked at, bar by bar, so that any day can be explained. */
export interface ReportStudies {
  readonly symbol: string;
  readonly columns: readonly ReportColumn[];
  readonly checks: readonly (ReportCheck | ReportToldCheck)[];
}

export interface ReportColumn {
  readonly name: string;
  /** In won, drawn over the candles; other columns are only told. */
  readonly isPrice: boolean;
  /** One a bar of the series of the same symbol; NaN while it warms up. */
  readonly values: ArrayLike<number>;
}

/** One condition of a rule: the `left` column stands to the right-hand side as `relation` says. */
export interface ReportCheck {
  readonly side: 'buy' | 'sell';
  /** Conditions of the same rule hold together; one rule of a side is enough. */
  readonly rule: string;
  readonly left: number;
  readonly relation: 'above' | 'below' | 'crosses-above' | 'crosses-below';
  /** Place of another column, or a fixed number. */
  readonly right: { readonly column: number } | { readonly value: number };
}

/** A condition that the strategy itself told of every bar, in its own words. */
export interface ReportToldCheck {
  readonly side: 'buy' | 'sell';
  readonly rule: string;
  readonly relation: 'told';
  readonly text: string;
  /** Places of the columns that it compares, as far as they are kept. */
  readonly columns: readonly number[];
  /** One a bar of the series: 1 when it held, 0 when it did not, NaN while it was not known. */
  readonly held: ArrayLike<number>;
}

/** Results of the tests of an optimum, each only where it was run. */
export interface ReportValidation {
  /** Combinations that were tried. */
  readonly trials: number;
  /** Share of splits in which the choice fell below the middle and lost, or made less than half of it, 0 to 1. */
  readonly overfitProbability?: number;
  /** Share of splits in which it fell below the middle at all: the PBO of the literature, 0 to 1. */
  readonly belowMiddle?: number;
  /** Probability that the Sharpe ratio is above what luck alone would have found, 0 to 1. */
  readonly deflatedSharpe?: number;
  /** Yearly rate on unseen days ÷ that of the optimisations; null when those made nothing. */
  readonly efficiency?: number | null;
  readonly neighbours?: { readonly profitable: number; readonly all: number };
  readonly folds?: readonly ReportFold[];
  /** The gate to paper, line by line. */
  readonly gate?: { readonly passed: boolean; readonly lines: readonly PromotionLine[] };
  /** Scores of the grid around the optimum. */
  readonly heatMap?: HeatMap;
  /** Splits by the logit of the rank that the choice of one half has in the other, in equal bins around 0. */
  readonly halves?: readonly number[];
  /** Returns and deepest falls of re-drawn histories at the 5th, 25th, 50th, 75th and 95th percentile. */
  readonly histories?: {
    readonly runs: number;
    readonly returns: readonly number[];
    readonly drawdowns: readonly number[];
    /** Value ÷ start after so many days, at the same percentiles. */
    readonly bands?: readonly { readonly step: number; readonly values: readonly number[] }[];
  };
}

export interface ReportFold {
  readonly from: number;
  readonly to: number;
  readonly inSampleAnnual: number | null;
  readonly outOfSampleAnnual: number | null;
  readonly outOfSampleReturn: number;
}

/** What every panel is drawn from. */
export interface ReportInput {
  readonly result: BacktestResult;
  readonly options: ReportOptions;
  /** Of a run over minutes, the days whose minutes are shown. */
  readonly minutes: readonly MinuteDay[];
  readonly texts: ReportTexts;
  readonly panel: PanelTexts;
  readonly nameOf: (symbol: string) => string;
}
