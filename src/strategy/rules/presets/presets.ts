import type { RuleGroup, RuleIndicator, RuleParam, RuleProgram } from '../program.ts';
import { usualSizing } from '../kis-yaml/read-risk.ts';
import { all, any, compare, decimal, indicator, number, of, param, price, whole } from './rule-words.ts';

/** A strategy to begin with, its sliders being the program's parameters. */
export interface RulePreset {
  /** The program's id. */
  readonly id: string;
  /** Ids under which other programs have it. */
  readonly otherIds: readonly string[];
  readonly name: { readonly ko: string; readonly en: string };
  readonly program: RuleProgram;
  /** Ranges of the distances in the risk block, percent; a slider shows them. */
  readonly riskRanges: Readonly<Partial<Record<'stopLoss' | 'takeProfit', readonly [number, number]>>>;
}

interface Draft {
  readonly ids: readonly [string, ...string[]];
  readonly ko: string;
  readonly en: string;
  readonly category: string;
  readonly params: Readonly<Record<string, RuleParam>>;
  readonly indicators: readonly RuleIndicator[];
  readonly entry: RuleGroup;
  readonly exit: RuleGroup;
  /** Percent, with the slider's ends: [usual, least, most]. */
  readonly stop?: readonly [number, number, number];
  readonly take?: readonly [number, number, number];
}

const close = price('close');

/** Days within which a breakout that falls back counts as failed; one group of rules each. */
const exitDaysMax = 10;

const drafts: readonly Draft[] = [
  {
    ids: ['sma_crossover', 'golden_cross'],
    ko: '골든·데드크로스',
    en: 'Moving-average crossover',
    category: 'trend',
    params: { fast: whole(5, 2, 50, '짧은 이동평균'), slow: whole(20, 10, 200, '긴 이동평균') },
    indicators: [
      indicator('short', 'sma', { period: { param: 'fast' } }),
      indicator('long', 'sma', { period: { param: 'slow' } }),
    ],
    entry: all(compare(of('short'), 'cross_above', of('long'))),
    exit: any(compare(of('short'), 'cross_below', of('long'))),
    stop: [5, 1, 20],
    take: [10, 2, 50],
  },
  {
    ids: ['momentum'],
    ko: '모멘텀',
    en: 'Momentum',
    category: 'momentum',
    params: { lookback: whole(60, 20, 252, '며칠 동안의 등락률'), threshold: decimal(0, -10, 10, 1, '기준 (%)') },
    indicators: [indicator('rate', 'roc', { period: { param: 'lookback' } })],
    entry: all(compare(of('rate'), 'greater_than', param('threshold'))),
    exit: any(compare(of('rate'), 'less_than', param('threshold', -1))),
    stop: [10, 2, 20],
  },
  {
    ids: ['momentum_strong'],
    ko: '강한 모멘텀',
    en: 'Strong momentum',
    category: 'momentum',
    params: {
      lookback: whole(60, 20, 252, '며칠 동안의 등락률'),
      rise: decimal(30, 10, 50, 5, '사는 상승률 (%)'),
      fall: decimal(-20, -50, -5, 5, '파는 하락률 (%)'),
    },
    indicators: [indicator('rate', 'roc', { period: { param: 'lookback' } })],
    entry: all(compare(of('rate'), 'greater_than', param('rise'))),
    exit: any(compare(of('rate'), 'less_than', param('fall'))),
    stop: [10, 2, 20],
  },
  {
    ids: ['week52_high'],
    ko: '52주 신고가',
    en: '52-week high',
    category: 'breakout',
    params: { lookback: whole(252, 60, 504, '며칠 동안의 최고 종가') },
    indicators: [indicator('top', 'maximum', { period: { param: 'lookback' } })],
    entry: all(compare(close, 'greater_than', of('top', 1))),
    exit: any(),
    stop: [5, 2, 15],
    take: [15, 5, 30],
  },
  {
    ids: ['consecutive_moves', 'consecutive'],
    ko: '연속 상승·하락',
    en: 'Days in a row',
    category: 'momentum',
    params: { up: whole(5, 2, 10, '며칠 연속 오르면'), down: whole(5, 2, 10, '며칠 연속 내리면') },
    indicators: [
      indicator('rises', 'consecutive', { direction: 'up' }),
      indicator('falls', 'consecutive', { direction: 'down' }),
    ],
    entry: all(compare(of('rises'), 'greater_equal', param('up'))),
    exit: any(compare(of('falls'), 'greater_equal', param('down'))),
    stop: [5, 1, 15],
  },
  {
    ids: ['ma_divergence', 'disparity'],
    ko: '이격도',
    en: 'Distance from the average',
    category: 'mean_reversion',
    params: {
      period: whole(20, 10, 60, '이동평균 기간'),
      buy: decimal(90, 80, 95, 1, '사는 이격도'),
      sell: decimal(110, 105, 120, 1, '파는 이격도'),
    },
    indicators: [indicator('gap', 'disparity', { period: { param: 'period' } })],
    entry: all(compare(of('gap'), 'less_than', param('buy'))),
    exit: any(compare(of('gap'), 'greater_than', param('sell'))),
  },
  {
    ids: ['false_breakout', 'breakout_fail'],
    ko: '돌파와 돌파 실패',
    en: 'Breakout that must hold',
    category: 'breakout',
    params: {
      lookback: whole(20, 10, 60, '며칠 동안의 최고 종가'),
      exit_days: whole(3, 1, exitDaysMax, '며칠 안에 되밀리면 실패'),
    },
    indicators: [indicator('top', 'maximum', { period: { param: 'lookback' } })],
    entry: all(compare(close, 'cross_above', of('top', 1))),
    exit: any(...Array.from({ length: exitDaysMax }, (_, place) => failedBreakout(place + 1))),
    stop: [3, 1, 10],
  },
  {
    ids: ['strong_close'],
    ko: '강한 종가',
    en: 'Strong close',
    category: 'momentum',
    params: { ratio: decimal(0.8, 0.5, 0.99, 0.01, '하루 범위에서 종가의 자리') },
    indicators: [indicator('place', 'ibs')],
    entry: all(compare(of('place'), 'greater_equal', param('ratio'))),
    exit: any(compare(of('place'), 'less_than', param('ratio', -1, 1))),
    stop: [5, 1, 15],
  },
  {
    ids: ['volatility_breakout', 'volatility'],
    ko: '변동성 축소 후 확장',
    en: 'Breakout after a quiet time',
    category: 'volatility',
    params: {
      atr: whole(10, 5, 20, 'ATR 기간'),
      lookback: whole(20, 10, 60, 'ATR 평균 기간'),
      breakout: decimal(3, 1, 10, 0.5, '하루 등락률 (%)'),
    },
    indicators: [
      indicator('range', 'atr', { period: { param: 'atr' } }),
      { ...indicator('usual', 'atr', { period: { param: 'atr' } }), average: { param: 'lookback' } },
      indicator('move', 'change'),
    ],
    entry: all(compare(of('range'), 'less_than', of('usual')), compare(of('move'), 'greater_than', param('breakout'))),
    exit: any(compare(of('move'), 'less_than', param('breakout', -1))),
    stop: [5, 2, 15],
  },
  {
    ids: ['short_term_reversal', 'mean_reversion'],
    ko: '단기 반전',
    en: 'Short-term reversal',
    category: 'mean_reversion',
    params: { period: whole(5, 3, 20, '이동평균 기간'), threshold: decimal(3, 1, 10, 0.5, '평균에서 떨어진 거리 (%)') },
    indicators: [indicator('gap', 'disparity', { period: { param: 'period' } })],
    entry: all(compare(of('gap'), 'less_equal', param('threshold', -1, 100))),
    exit: any(compare(of('gap'), 'greater_equal', param('threshold', 1, 100))),
    stop: [5, 2, 15],
  },
  {
    ids: ['trend_filter_signal', 'trend_filter'],
    ko: '추세 필터',
    en: 'Trend filter',
    category: 'trend',
    params: { trend: whole(60, 20, 200, '이동평균 기간') },
    indicators: [indicator('average', 'sma', { period: { param: 'trend' } }), indicator('move', 'change')],
    entry: all(compare(close, 'greater_than', of('average')), compare(of('move'), 'greater_than', number(0))),
    exit: all(compare(close, 'less_than', of('average')), compare(of('move'), 'less_than', number(0))),
    stop: [5, 2, 15],
    take: [10, 5, 30],
  },
];

/**
 * The ten strategies that KIS's own programs begin with, and the stronger variant of the second: each as its description
 * intends it, looking at no bar that is not over and at no highest close that includes the day it is held against.
 */
export const presets: readonly RulePreset[] = drafts.map(presetOf);

/** By its own id or another program's; null when there is none. */
export function presetById(id: string): RulePreset | null {
  return presets.find((one) => one.id === id || one.otherIds.includes(id)) ?? null;
}

/** The close is below the level that was broken `days` ago, and that is not too long ago to count. */
function failedBreakout(days: number): RuleGroup {
  const level = of('top', days + 1);
  return all(
    compare(param('exit_days'), 'greater_equal', number(days)),
    compare(price('close', days), 'cross_above', level),
    compare(close, 'less_than', level),
  );
}

function presetOf({ ids, ko, en, category, params, indicators, entry, exit, stop, take }: Draft): RulePreset {
  const [id, ...otherIds] = ids;
  const bps = (range: Draft['stop']): number | null => (range === undefined ? null : range[0] * 100);
  return {
    id,
    otherIds,
    name: { ko, en },
    program: {
      metadata: { id, name: ko, description: en, author: 'snowball', category, tags: ['preset'] },
      params,
      indicators,
      candlesticks: [],
      entry,
      exit,
      risk: { stopLossBps: bps(stop), takeProfitBps: bps(take), trailingStopBps: null },
      sizing: usualSizing,
    },
    riskRanges: {
      ...(stop === undefined ? {} : { stopLoss: [stop[1], stop[2]] as const }),
      ...(take === undefined ? {} : { takeProfit: [take[1], take[2]] as const }),
    },
  };
}
