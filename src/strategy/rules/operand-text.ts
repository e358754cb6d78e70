import { candlestickById } from '#indicators/candlesticks.ts';
import { indicatorById } from '#indicators/catalogue.ts';
import { defaultParams } from '#indicators/params.ts';
import { decimalText } from '../korean-number.ts';
import type { PriceWord, RuleIndicator, RuleNumber, RuleOperand, RuleProgram, RuleScale } from './program.ts';

export type SentenceLanguage = 'ko' | 'en';

const prices: Readonly<Record<PriceWord, Readonly<Record<SentenceLanguage, string>>>> = {
  open: { ko: '시가', en: 'the open' },
  high: { ko: '고가', en: 'the high' },
  low: { ko: '저가', en: 'the low' },
  close: { ko: '종가', en: 'the close' },
  volume: { ko: '거래량', en: 'the volume' },
};
const outputs: Readonly<Record<string, Readonly<Record<SentenceLanguage, string>>>> = {
  upper: { ko: '상단', en: 'upper band' },
  middle: { ko: '중간', en: 'middle' },
  lower: { ko: '하단', en: 'lower band' },
  signal: { ko: '신호선', en: 'signal line' },
  histogram: { ko: '차이', en: 'histogram' },
};
/** Averages that people name by their days. */
const averages: Readonly<Record<string, Readonly<Record<SentenceLanguage, string>>>> = {
  sma: { ko: '평균', en: 'average' },
  ema: { ko: '지수평균', en: 'exponential average' },
};
const signs: Readonly<Record<RuleScale['operation'], string>> = { mul: '×', div: '÷', add: '+', sub: '−' };

/** What stands on one side of a comparison, in words: `20일 평균`, `the upper band of Bollinger bands(20, 2) 1 bar ago`. */
export function operandText(operand: RuleOperand, program: RuleProgram, language: SentenceLanguage): string {
  if (operand.kind === 'number') return ruleNumberText(operand.value, program);
  const plain = operand.kind === 'price' ? prices[operand.word][language] : seriesText(operand, program, language);
  const past = operand.barsAgo === 0 ? plain : pastText(plain, operand.barsAgo, language);
  return operand.scale ? `${past} ${signs[operand.scale.operation]} ${numberText(operand.scale.by)}` : past;
}

/** A number as the program means it now: parameters at their defaults. */
export function ruleNumberText(value: RuleNumber, { params }: RuleProgram): string {
  if (typeof value === 'number') return numberText(value);
  const standard = Object.hasOwn(params, value.param) ? (params[value.param]?.default ?? NaN) : NaN;
  return numberText((value.plus ?? 0) + (value.times ?? 1) * standard);
}

/** Large numbers to one decimal, small ones as they are, at most six places. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '?';
  return Math.abs(value) >= 1_000 ? decimalText(value) : String(Number(value.toFixed(Math.abs(value) < 1 ? 6 : 4)));
}

function pastText(plain: string, barsAgo: number, language: SentenceLanguage): string {
  if (language === 'ko') return barsAgo === 1 ? `전 봉의 ${plain}` : `${barsAgo}봉 전의 ${plain}`;
  return `${plain} ${barsAgo} ${barsAgo === 1 ? 'bar' : 'bars'} ago`;
}

function seriesText(
  { alias, output }: Extract<RuleOperand, { kind: 'indicator' }>,
  program: RuleProgram,
  language: SentenceLanguage,
): string {
  const indicator = program.indicators.find((one) => one.alias === alias);
  if (indicator === undefined) return patternText(alias, program, language);
  const name = indicatorText(indicator, program, language);
  const isOnly = (indicatorById(indicator.id)?.outputs.length ?? 1) === 1;
  const which = Object.hasOwn(outputs, output) ? outputs[output]?.[language] : output;
  if (isOnly || output === 'value' || which === undefined) return name;
  return language === 'ko' ? `${name} ${which}` : `the ${which} of ${name}`;
}

function indicatorText(indicator: RuleIndicator, program: RuleProgram, language: SentenceLanguage): string {
  const { id, params, average } = indicator;
  const definition = indicatorById(id);
  const values = Object.entries({ ...defaultParams(definition?.params ?? {}), ...params }).map(([, value]) =>
    typeof value === 'string' ? value : ruleNumberText(value, program),
  );
  const word = Object.hasOwn(averages, id) ? averages[id] : undefined;
  const [period = ''] = values;
  const name = definition?.name[language] ?? id;
  const plain = values.length === 0 ? name : `${name}(${values.join(', ')})`;
  const days = language === 'ko' ? `${period}일 ${word?.ko}` : `the ${period}-day ${word?.en}`;
  const text = word === undefined ? plain : days;
  if (average === undefined) return text;
  const bars = ruleNumberText(average, program);
  return language === 'ko' ? `${text}의 ${bars}봉 평균` : `the ${bars}-bar mean of ${text}`;
}

/** The name of a declared pattern; its alias where there is none. */
export function patternText(alias: string, program: RuleProgram, language: SentenceLanguage): string {
  const id = program.candlesticks.find((one) => one.alias === alias)?.id ?? alias;
  return candlestickById(id)?.name[language] ?? id;
}
