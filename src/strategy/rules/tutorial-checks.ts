import type { StrategyCheck, StrategyCheckSide, StrategyText } from '../strategy.ts';
import type { TradingConfig } from '../trading-config.ts';
import type { TutorialReading } from './tutorial-indicators.ts';

/** The tutorial's conditions on one bar, those of `entrySignal` and `exitSignal` but for stop and profit, which the log tells. */
export function tutorialChecks(reading: TutorialReading, config: TradingConfig): readonly StrategyCheck[] {
  const { close, maShort, maLong, rsi, upper, lower } = reading;
  const { rsiOversold, rsiOverbought } = config;
  const short = said(`${config.maShort}봉 평균`, `${config.maShort}-bar average`, maShort);
  const long = said(`${config.maLong}봉 평균`, `${config.maLong}-bar average`, maLong);
  const strength = said('RSI', 'RSI', rsi);
  const last = said('종가', 'the close', close);
  const top = said('밴드 상단', 'the upper band', upper);
  const bottom = said('밴드 하단', 'the lower band', lower);
  const buy = { side: 'buy' } as const;
  const sell = { side: 'sell' } as const;
  return [
    { ...buy, ...rules.golden, ...pair(short, 'rises', long), holds: reading.isGoldenCross },
    { ...buy, ...rules.golden, ...pair(strength, 'below', fixed(rsiOverbought)), holds: rsi < rsiOverbought },
    { ...buy, ...rules.rebound, ...pair(last, 'below', bottom), holds: close < lower },
    { ...buy, ...rules.rebound, ...pair(strength, 'below', fixed(rsiOversold)), holds: rsi < rsiOversold },
    { ...sell, ...rules.dead, ...pair(short, 'falls', long), holds: reading.isDeadCross },
    { ...sell, ...rules.hot, ...pair(strength, 'above', fixed(rsiOverbought)), holds: rsi > rsiOverbought },
    { ...sell, ...rules.hot, ...pair(last, 'above', top), holds: close > upper },
  ];
}

const rules = {
  golden: { rule: { ko: '골든크로스', en: 'golden cross' } },
  rebound: { rule: { ko: '과매도 반등', en: 'oversold rebound' } },
  dead: { rule: { ko: '데드크로스', en: 'dead cross' } },
  hot: { rule: { ko: '과열', en: 'overheated' } },
} as const;

const relations = {
  above: {
    ko: (one: string, other: string) => `${one} > ${other}`,
    en: (one: string, other: string) => `${one} > ${other}`,
  },
  below: {
    ko: (one: string, other: string) => `${one} < ${other}`,
    en: (one: string, other: string) => `${one} < ${other}`,
  },
  rises: {
    ko: (one: string, other: string) => `${one}, ${other} 위로 올라섬`,
    en: (one: string, other: string) => `${one} rises through ${other}`,
  },
  falls: {
    ko: (one: string, other: string) => `${one}, ${other} 아래로 내려감`,
    en: (one: string, other: string) => `${one} falls through ${other}`,
  },
} as const;

function pair(
  left: StrategyCheckSide,
  relation: keyof typeof relations,
  right: StrategyCheckSide,
): Pick<StrategyCheck, 'text' | 'left' | 'right'> {
  const words = relations[relation];
  const text: StrategyText = {
    ko: words.ko(nameOf(left, 'ko'), nameOf(right, 'ko')),
    en: words.en(nameOf(left, 'en'), nameOf(right, 'en')),
  };
  return { text, left, right };
}

function nameOf({ name, value }: StrategyCheckSide, language: keyof StrategyText): string {
  return name === null ? String(value) : name[language];
}

function said(ko: string, en: string, value: number): StrategyCheckSide {
  return { name: { ko, en }, value };
}

function fixed(value: number): StrategyCheckSide {
  return { name: null, value };
}
