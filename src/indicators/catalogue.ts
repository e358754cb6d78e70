import { frama, kama, vidya } from './catalogue/averages/adaptive-averages.ts';
import { dema, ema, t3, tema, wma, zlema } from './catalogue/averages/exponential-averages.ts';
import { alma, hma, lwma, sma, trima } from './catalogue/averages/plain-averages.ts';
import { bop, ibs, regression } from './catalogue/misc/bar-shape.ts';
import { augen, change, consecutive, disparity, logr, returns } from './catalogue/misc/changes.ts';
import { maximum, midpoint, midprice, minimum, pivot } from './catalogue/misc/extremes.ts';
import { ao, apo, cho, dpo, kvo, macd, ppo } from './catalogue/oscillators/differences.ts';
import { aroon, cci, rvi, stochastic, ultosc, williamsR } from './catalogue/oscillators/ranges.ts';
import { momentum, roc, trix } from './catalogue/oscillators/rates.ts';
import { cmo, rsi, stochrsi, tsi } from './catalogue/oscillators/strength.ts';
import { fisher, schaff } from './catalogue/trend/cycles.ts';
import { adx, adxr } from './catalogue/trend/directional.ts';
import { ichimoku } from './catalogue/trend/ichimoku.ts';
import { sar } from './catalogue/trend/parabolic-sar.ts';
import { coppock, kst } from './catalogue/trend/rates-of-change.ts';
import { supertrend } from './catalogue/trend/supertrend.ts';
import { chop, massIndex, vortex } from './catalogue/trend/trend-strength.ts';
import { alpha, beta } from './catalogue/volatility/against-benchmark.ts';
import { accbands, bollinger, donchian, keltner } from './catalogue/volatility/bands.ts';
import { std, variance, volatilityInd } from './catalogue/volatility/deviations.ts';
import { atr, natr } from './catalogue/volatility/ranges.ts';
import { cmf, eom, mfi, vwap, vwma } from './catalogue/volume/volume-flows.ts';
import { ad, adl, force, obv } from './catalogue/volume/volume-lines.ts';
import type { IndicatorDefinition } from './definition.ts';

const averages = [sma, ema, dema, tema, hma, kama, alma, lwma, trima, t3, zlema, wma, frama, vidya];

const strengths = [rsi, stochastic, stochrsi, macd, cci, williamsR, momentum, roc, apo, ppo];
const oscillators = [aroon, cmo, ao, cho, ultosc, trix, tsi, rvi, dpo, kvo];
const trends = [adx, adxr, ichimoku, sar, vortex, chop, kst, coppock, supertrend, massIndex, schaff, fisher];
const volumes = [obv, ad, adl, cmf, mfi, force, vwap, vwma, eom];
const volatilities = [atr, natr, bollinger, keltner, donchian, std, variance, accbands, beta, alpha, volatilityInd];
const levels = [maximum, minimum, midpoint, midprice, logr, ibs, bop, regression, pivot, augen];
const changes = [consecutive, disparity, change, returns];

/** Every indicator that strategies can name, by group and in the order of the specification of `.kis.yaml`. */
export const indicators: readonly IndicatorDefinition[] = [
  ...averages,
  ...strengths,
  ...oscillators,
  ...trends,
  ...volumes,
  ...volatilities,
  ...levels,
  ...changes,
];

const byId: ReadonlyMap<string, IndicatorDefinition> = new Map(indicators.map((one) => [one.id, one]));

/** Null when no indicator has this id; ids are lower case. */
export function indicatorById(id: string): IndicatorDefinition | null {
  return byId.get(id) ?? null;
}
