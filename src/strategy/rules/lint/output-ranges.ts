/** What a value can be, both ends included. */
export interface ValueRange {
  readonly least: number;
  readonly most: number;
}

const percent: ValueRange = { least: 0, most: 100 };
const unit: ValueRange = { least: 0, most: 1 };
const around: ValueRange = { least: -100, most: 100 };
const atLeastNothing: ValueRange = { least: 0, most: Infinity };
const aPrice: ValueRange = { least: Number.MIN_VALUE, most: Infinity };
/** A price cannot fall by more than all of itself. */
const change: ValueRange = { least: -100, most: Infinity };
const anything: ValueRange = { least: -Infinity, most: Infinity };

/**
 * Outputs of indicators, by `id` or `id.output`, whose range follows from their formulas (§6 of the specification of
 * `.kis.yaml`), prices being above 0. What is missing can be anything.
 */
const ranges: Readonly<Record<string, ValueRange>> = {
  rsi: percent,
  stochastic: percent,
  stochrsi: percent,
  mfi: percent,
  ultosc: percent,
  adx: percent,
  adxr: percent,
  'aroon.aroon_up': percent,
  'aroon.aroon_down': percent,
  'aroon.value': around,
  cmo: around,
  tsi: around,
  williams_r: { least: -100, most: 0 },
  ibs: unit,
  bop: { least: -1, most: 1 },
  cmf: { least: -1, most: 1 },
  momentum: change,
  roc: change,
  returns: change,
  change,
  disparity: aPrice,
  consecutive: atLeastNothing,
  std: atLeastNothing,
  variance: atLeastNothing,
  volatility_ind: atLeastNothing,
  atr: atLeastNothing,
  natr: atLeastNothing,
  sma: aPrice,
  ema: aPrice,
  lwma: aPrice,
  wma: aPrice,
  trima: aPrice,
  maximum: aPrice,
  minimum: aPrice,
  midpoint: aPrice,
  midprice: aPrice,
  donchian: aPrice,
};

export function outputRange(id: string, output: string): ValueRange {
  const exact = `${id}.${output}`;
  if (Object.hasOwn(ranges, exact)) return ranges[exact] ?? anything;
  return Object.hasOwn(ranges, id) ? (ranges[id] ?? anything) : anything;
}

export const priceRange: ValueRange = aPrice;
export const volumeRange: ValueRange = atLeastNothing;
export const anyRange: ValueRange = anything;

/** Percent changes: 5 is 5 %, so that a threshold below 1 is most likely a fraction. */
export const percentChanges: ReadonlySet<string> = new Set(['momentum', 'roc', 'returns', 'change']);

/** Patterns that are only ever bullish, and only ever bearish (§7.2). */
export const bullishOnly: ReadonlySet<string> = new Set([
  'concealing_baby_swallow',
  'doji',
  'dragonfly_doji',
  'gravestone_doji',
  'hammer',
  'homing_pigeon',
  'inverted_hammer',
  'ladder_bottom',
  'long_legged_doji',
  'mat_hold',
  'matching_low',
  'morning_doji_star',
  'morning_star',
  'piercing',
  'rickshaw_man',
  'stick_sandwich',
  'three_stars_in_south',
  'three_white_soldiers',
  'unique_three_river',
]);
export const bearishOnly: ReadonlySet<string> = new Set([
  'advance_block',
  'dark_cloud_cover',
  'evening_doji_star',
  'evening_star',
  'hanging_man',
  'identical_three_crows',
  'in_neck',
  'on_neck',
  'shooting_star',
  'stalled_pattern',
  'three_black_crows',
  'thrusting',
  'two_crows',
  'upside_gap_two_crows',
]);
