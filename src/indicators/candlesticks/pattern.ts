import { defineIndicator, type IndicatorDefinition } from '../definition.ts';
import { Candles } from './candles.ts';

/** The sign of a pattern that ends at the current candle: above 0 bullish, below 0 bearish, 0 or false for none. */
export type PatternRule = (candles: Candles) => number | false;

/**
 * A pattern as an indicator: no parameters, one output.
 *
 * @param readyAt the bar, from 1, at which all candles and averages that the rule looks at are there
 */
export function pattern(id: string, ko: string, en: string, readyAt: number, rule: PatternRule): IndicatorDefinition {
  return defineIndicator({
    id,
    name: { ko, en },
    params: {},
    outputs: ['value'],
    inputs: ['open', 'high', 'low', 'close'],
    readyAt: () => readyAt,
    start: () => {
      const candles = new Candles();
      let count = 0;
      return (bar, output) => {
        candles.push(bar);
        count += 1;
        output[0] = count < readyAt ? NaN : Number(rule(candles));
      };
    },
  });
}
