import type { BarSeries } from '#domain/bar.ts';
import { symbolOf } from '#domain/instrument.ts';
import type { TradingConfig } from '#strategy/trading-config.ts';
import { TutorialIndicators } from '#strategy/rules/tutorial-indicators.ts';
import type { ReportCheck, ReportStudies } from './report-input.ts';
import type { ReportLanguage } from './report-texts.ts';

/**
 * What the tutorial strategy looked at on every bar of a series, and its conditions, so that a report can say on any day
 * which of them held. Stop and profit depend on the price paid and are told by the decision log instead.
 */
export function tutorialStudies(series: BarSeries, config: TradingConfig, language: ReportLanguage): ReportStudies {
  const count = series.date.length;
  const [short, long, rsi, upper, lower] = Array.from({ length: 5 }, () => new Float64Array(count).fill(NaN));
  if (!short || !long || !rsi || !upper || !lower) throw new RangeError('five columns were made');
  const indicators = new TutorialIndicators(config);
  for (const [row, close] of series.close.entries()) {
    // The strategy passes over a day on which nobody traded.
    if (series.volume[row] === 0) continue;
    const reading = indicators.next(close);
    short[row] = reading.maShort;
    long[row] = reading.maLong;
    rsi[row] = reading.rsi;
    upper[row] = reading.upper;
    lower[row] = reading.lower;
  }
  const names = columnNames[language](config);
  const columns = [short, long, rsi, upper, lower, series.close].map((values, index) => ({
    name: names[index] ?? '',
    isPrice: index !== 2,
    values,
  }));
  return { symbol: symbolOf(series.instrument), columns, checks: checksOf(config, ruleNames[language]) };
}

const columnNames: Readonly<Record<ReportLanguage, (config: TradingConfig) => readonly string[]>> = {
  ko: ({ maShort, maLong }) => [`${maShort}봉 평균`, `${maLong}봉 평균`, 'RSI', '밴드 상단', '밴드 하단', '종가'],
  en: ({ maShort, maLong }) => [
    `${maShort}-bar average`,
    `${maLong}-bar average`,
    'RSI',
    'Upper band',
    'Lower band',
    'Close',
  ],
};

const ruleNames: Readonly<Record<ReportLanguage, readonly [string, string, string, string]>> = {
  ko: ['골든크로스', '과매도 반등', '데드크로스', '과열'],
  en: ['Golden cross', 'Oversold rebound', 'Dead cross', 'Overheated'],
};

function checksOf(
  { rsiOverbought, rsiOversold }: TradingConfig,
  [golden, rebound, dead, hot]: readonly [string, string, string, string],
): readonly ReportCheck[] {
  const [short, long, rsi, upper, lower, close] = [0, 1, 2, 3, 4, 5] as const;
  return [
    { side: 'buy', rule: golden, left: short, relation: 'crosses-above', right: { column: long } },
    { side: 'buy', rule: golden, left: rsi, relation: 'below', right: { value: rsiOverbought } },
    { side: 'buy', rule: rebound, left: close, relation: 'below', right: { column: lower } },
    { side: 'buy', rule: rebound, left: rsi, relation: 'below', right: { value: rsiOversold } },
    { side: 'sell', rule: dead, left: short, relation: 'crosses-below', right: { column: long } },
    { side: 'sell', rule: hot, left: rsi, relation: 'above', right: { value: rsiOverbought } },
    { side: 'sell', rule: hot, left: close, relation: 'above', right: { column: upper } },
  ];
}
