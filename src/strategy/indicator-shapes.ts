/**
 * What the author of a strategy may write for each indicator of the catalogue: its parameters, each with a default, and the
 * names of its outputs. Types alone, so that an editor completes them; ranges and defaults are in the catalogue, and
 * `indicator-shapes.test.ts` keeps the two the same.
 */
export interface IndicatorShapes {
  readonly sma: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly ema: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly dema: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly tema: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly hma: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly kama: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly alma: {
    readonly params: { readonly period?: number; readonly sigma?: number; readonly offset?: number };
    readonly output: 'value';
  };
  readonly lwma: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly trima: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly t3: {
    readonly params: { readonly period?: number; readonly volume_factor?: number };
    readonly output: 'value';
  };
  readonly zlema: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly wma: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly frama: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly vidya: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly rsi: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly stochastic: {
    readonly params: { readonly k_period?: number; readonly d_period?: number };
    readonly output: 'k' | 'd';
  };
  readonly stochrsi: {
    readonly params: {
      readonly rsi_period?: number;
      readonly stoch_period?: number;
      readonly k_period?: number;
      readonly d_period?: number;
    };
    readonly output: 'k' | 'd';
  };
  readonly macd: {
    readonly params: { readonly fast?: number; readonly slow?: number; readonly signal?: number };
    readonly output: 'value' | 'signal' | 'histogram';
  };
  readonly cci: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly williams_r: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly momentum: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly roc: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly apo: { readonly params: { readonly fast?: number; readonly slow?: number }; readonly output: 'value' };
  readonly ppo: {
    readonly params: { readonly fast?: number; readonly slow?: number };
    readonly output: 'value' | 'signal' | 'histogram';
  };
  readonly aroon: {
    readonly params: { readonly up_period?: number; readonly down_period?: number };
    readonly output: 'value' | 'aroon_up' | 'aroon_down';
  };
  readonly cmo: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly ao: { readonly params: { readonly fast?: number; readonly slow?: number }; readonly output: 'value' };
  readonly cho: { readonly params: { readonly fast?: number; readonly slow?: number }; readonly output: 'value' };
  readonly ultosc: {
    readonly params: { readonly period1?: number; readonly period2?: number; readonly period3?: number };
    readonly output: 'value';
  };
  readonly trix: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly tsi: {
    readonly params: { readonly long_period?: number; readonly short_period?: number; readonly signal_period?: number };
    readonly output: 'value' | 'signal';
  };
  readonly rvi: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly dpo: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly kvo: {
    readonly params: { readonly fast?: number; readonly slow?: number; readonly signal?: number };
    readonly output: 'value' | 'signal';
  };
  readonly adx: { readonly params: { readonly period?: number }; readonly output: 'value' | 'plus_di' | 'minus_di' };
  readonly adxr: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly ichimoku: {
    readonly params: { readonly tenkan?: number; readonly kijun?: number; readonly senkou_b?: number };
    readonly output: 'tenkan' | 'kijun' | 'senkou_a' | 'senkou_b' | 'chikou';
  };
  readonly sar: {
    readonly params: { readonly af_start?: number; readonly af_step?: number; readonly af_max?: number };
    readonly output: 'value';
  };
  readonly vortex: { readonly params: { readonly period?: number }; readonly output: 'plus_vi' | 'minus_vi' };
  readonly chop: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly kst: {
    readonly params: { readonly roc1?: number; readonly roc2?: number; readonly roc3?: number; readonly roc4?: number };
    readonly output: 'value' | 'signal';
  };
  readonly coppock: {
    readonly params: { readonly short_roc?: number; readonly long_roc?: number; readonly wma?: number };
    readonly output: 'value';
  };
  readonly supertrend: {
    readonly params: { readonly period?: number; readonly multiplier?: number };
    readonly output: 'value';
  };
  readonly mass_index: {
    readonly params: { readonly ema_period?: number; readonly sum_period?: number };
    readonly output: 'value';
  };
  readonly schaff: {
    readonly params: { readonly cycle?: number; readonly fast?: number; readonly slow?: number };
    readonly output: 'value';
  };
  readonly fisher: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly obv: { readonly params: NoParams; readonly output: 'value' };
  readonly ad: { readonly params: NoParams; readonly output: 'value' };
  readonly adl: { readonly params: NoParams; readonly output: 'value' };
  readonly cmf: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly mfi: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly force: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly vwap: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly vwma: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly eom: { readonly params: { readonly period?: number; readonly scale?: number }; readonly output: 'value' };
  readonly atr: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly natr: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly bollinger: {
    readonly params: { readonly period?: number; readonly std?: number };
    readonly output: 'upper' | 'middle' | 'lower';
  };
  readonly keltner: {
    readonly params: { readonly period?: number; readonly multiplier?: number };
    readonly output: 'upper' | 'middle' | 'lower';
  };
  readonly donchian: { readonly params: { readonly period?: number }; readonly output: 'upper' | 'lower' };
  readonly std: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly variance: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly accbands: {
    readonly params: { readonly period?: number; readonly width?: number };
    readonly output: 'upper' | 'middle' | 'lower';
  };
  readonly beta: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly alpha: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly volatility_ind: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly maximum: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly minimum: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly midpoint: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly midprice: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly logr: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly ibs: { readonly params: NoParams; readonly output: 'value' };
  readonly bop: { readonly params: NoParams; readonly output: 'value' };
  readonly regression: {
    readonly params: { readonly period?: number };
    readonly output: 'value' | 'slope' | 'intercept';
  };
  readonly pivot: {
    readonly params: { readonly left_bars?: number; readonly right_bars?: number };
    readonly output: 'high' | 'low';
  };
  readonly augen: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly consecutive: { readonly params: { readonly direction?: 'up' | 'down' }; readonly output: 'value' };
  readonly disparity: { readonly params: { readonly period?: number }; readonly output: 'value' };
  readonly change: { readonly params: NoParams; readonly output: 'value' };
  readonly returns: { readonly params: { readonly period?: number }; readonly output: 'value' };
}

/** An indicator without parameters. */
export type NoParams = Readonly<Record<string, never>>;
