import { decimal, whole } from '#indicators/params.ts';
import { defineStrategy } from '#strategy/define-strategy.ts';
import { indicator } from '#strategy/indicator-use.ts';
import type { Strategy } from '#strategy/strategy.ts';
import { tunable } from '#strategy/tunable-strategy.ts';

/**
 * 첫 전략 · A first strategy.
 *
 * 짧은 이동평균이 긴 이동평균을 뚫고 오르면 사고, 뚫고 내리면 팔아요. RSI가 높으면 사지 않아요.
 * Buys when the short average crosses above the long one and RSI is not high; sells when it crosses below.
 */
interface FirstStrategySettings {
  readonly symbols: readonly string[];
  readonly short: number;
  readonly long: number;
  readonly rsiMax: number;
  /** Fraction of the equity that one entry may cost. */
  readonly weight: number;
}

const settings: FirstStrategySettings = { symbols: ['005930', '000660'], short: 5, long: 20, rsiMax: 70, weight: 0.09 };

export function firstStrategy({ symbols, short, long, rsiMax, weight } = settings): Strategy {
  const fast = indicator('sma', { period: short });
  const slow = indicator('sma', { period: long });
  const rsi = indicator('rsi', { period: 14 });
  return defineStrategy({
    name: 'first-strategy',
    instruments: symbols,
    interval: '1d',
    indicators: [fast, slow, rsi],
    onBar(context, bar) {
      // 준비 구간에는 결정하지 않아요. While warming up nothing is decided.
      if (bar.isWarmUp || bar.volume === 0 || context.hasOpenOrder(bar.instrument)) return;
      const gap = context.indicator(fast, bar.instrument) - context.indicator(slow, bar.instrument);
      const gapBefore =
        context.indicator(fast, bar.instrument, { barsAgo: 1 }) -
        context.indicator(slow, bar.instrument, { barsAgo: 1 });
      const held = context.shares(bar.instrument);
      if (held > 0 && gap < 0) {
        context.sell(bar.instrument, held, '짧은 평균이 긴 평균 아래로 내려왔어요.');
      } else if (held === 0 && gapBefore <= 0 && gap > 0 && context.indicator(rsi, bar.instrument) < rsiMax) {
        const shares = context.sharesFor(bar.instrument, context.equity * weight);
        context.buy(bar.instrument, shares, '짧은 평균이 긴 평균 위로 올라왔어요.');
      }
    },
  });
}

/** 바꿔 볼 값과 그 범위예요. What `snowball optimise` may change, and how far. */
export const strategy = tunable({
  symbols: settings.symbols,
  params: {
    short: whole(settings.short, 2, 60),
    long: whole(settings.long, 3, 240),
    rsiMax: whole(settings.rsiMax, 1, 100),
    weight: decimal(settings.weight, 0.01, 1, 0.01),
  },
  make: (values, symbols) => {
    if (values.short >= values.long) throw new RangeError('short is not below long');
    return firstStrategy({ ...values, symbols });
  },
});
