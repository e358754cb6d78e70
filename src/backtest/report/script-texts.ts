import type { BarInterval } from '#domain/bar.ts';
import type { ReportLanguage } from './report-texts.ts';

/** Sentences that the page's script fills in: `{0}`, `{1}` … stand for what is known of the day. */
export interface ScriptTexts {
  readonly dayNames: readonly string[];
  readonly range: string;
  readonly equityDay: string;
  readonly bar: string;
  readonly noBar: string;
  readonly noCandles: string;
  readonly held: string;
  readonly flat: string;
  readonly bought: string;
  readonly sold: string;
  readonly profit: string;
  readonly askedBuy: string;
  readonly askedSell: string;
  readonly refused: string;
  readonly refusedBy: string;
  readonly denied: string;
  readonly moreOrders: string;
  readonly states: Readonly<Record<string, string>>;
  readonly whyBuy: string;
  readonly whySell: string;
  readonly whyNotBuy: string;
  readonly whyNotSell: string;
  readonly quiet: string;
  readonly quietHeld: string;
  readonly waiting: string;
  readonly leftOut: string;
  readonly noOrder: string;
  readonly holds: string;
  readonly fails: string;
  readonly relations: Readonly<Record<string, string>>;
  readonly before: string;
  readonly buyRule: string;
  readonly sellRule: string;
  readonly looked: string;
  readonly chart: string;
  readonly minuteChart: string;
  readonly minuteBar: string;
  readonly noMinutes: string;
  readonly noMinuteDays: string;
  readonly tradesOfDay: string;
}

const korean: ScriptTexts = {
  dayNames: ['일', '월', '화', '수', '목', '금', '토'],
  range: '{0}–{1}',
  equityDay: '{0} 전략 {1} · 보유 {2} · 낙폭 {3}',
  bar: '시가 {0}원, 고가 {1}원, 저가 {2}원, 종가 {3}원 ({4})',
  noCandles: '이 종목의 봉은 보고서에 없어요.',
  noBar: '이날은 이 종목의 봉이 없어요.',
  held: '{0}주를 평균 {1}원에 가지고 있었어요.',
  flat: '가지고 있지 않았어요.',
  bought: '{0}주를 {1}원에 샀어요.',
  sold: '{0}주를 {1}원에 팔았어요.',
  profit: '손익 {0}원',
  askedBuy: '{0}주를 {1}원까지 사 달라고 했어요.',
  askedSell: '{0}주를 {1}원 이상에 팔아 달라고 했어요.',
  refused: '안전 점검이 막았어요.',
  denied: '안전 점검이 막았어요. {0}: 값 {1}, 한도 {2}.',
  refusedBy: '{0}: 값 {1}, 한도 {2}',
  moreOrders: '이날 주문이 {0}건 더 있어요. 모두 JSON에 있어요.',
  states: {
    filled: '다음 거래일에 체결됐어요.',
    'partially-filled': '다음 거래일에 일부만 체결됐어요.',
    expired: '체결되지 않고 그날로 끝났어요.',
    cancelled: '전략이 거둬들였어요.',
    rejected: '돈이 모자라 거절됐어요.',
    acked: '기간이 끝나 체결을 보지 못했어요.',
  },
  whyBuy: '왜 샀나',
  whySell: '왜 팔았나',
  whyNotBuy: '왜 안 샀나',
  whyNotSell: '왜 안 팔았나',
  quiet: '이날 판단 기록이 없어요. 전략이 살 이유를 찾지 못한 날이에요.',
  quietHeld: '이날 판단 기록이 없어요. 팔 이유가 없어 그대로 들고 있었어요.',
  waiting: '지표를 준비하는 기간이라 아직 판단하지 않았어요.',
  noOrder: '이날은 주문하지 않았어요. 판단 기록이 없는 결과라서 이유는 알 수 없어요.',
  leftOut: '판단이 많아서 이날의 기록은 보고서에 넣지 않았어요. 판단 기록과 JSON에 있어요.',
  holds: '맞아요',
  fails: '아니에요',
  relations: {
    above: '{0} > {1}',
    below: '{0} < {1}',
    'crosses-above': '{0}, {1} 위로 올라섬',
    'crosses-below': '{0}, {1} 아래로 내려감',
  },
  before: '전날 {0} 대 {1}',
  buyRule: '사는 조건',
  sellRule: '파는 조건',
  looked: '전략이 본 값',
  chart: '{0} {1}–{2}의 봉. 산 자리 {3}곳, 판 자리 {4}곳.',
  minuteChart: '{0} {1} {2}–{3}의 분봉. 산 자리 {4}곳, 판 자리 {5}곳.',
  minuteBar: '{0} 시가 {1}원, 고가 {2}원, 저가 {3}원, 종가 {4}원',
  noMinutes: '이날의 분봉은 보고서에 없어요. 거래나 주문이 있던 날을 골라 주세요.',
  noMinuteDays: '이 종목의 분봉은 보고서에 없어요.',
  tradesOfDay: '{0} · 거래 {1}번',
};

const english: ScriptTexts = {
  dayNames: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  range: '{0}–{1}',
  equityDay: '{0} strategy {1} · held {2} · below its peak {3}',
  bar: 'Open {0}, high {1}, low {2}, close {3} won ({4})',
  noCandles: 'The report holds no bars of this stock.',
  noBar: 'This stock has no bar on this day.',
  held: 'It held {0} shares at {1} won on average.',
  flat: 'It held none.',
  bought: 'Bought {0} at {1} won.',
  sold: 'Sold {0} at {1} won.',
  profit: 'result {0} won',
  askedBuy: 'Asked to buy {0} at {1} won or less.',
  askedSell: 'Asked to sell {0} at {1} won or more.',
  refused: 'The safety check refused it.',
  denied: 'The safety check refused it. {0}: {1}, limit {2}.',
  refusedBy: '{0}: {1}, limit {2}',
  moreOrders: '{0} more orders of this day are in the JSON.',
  states: {
    filled: 'It filled on the next trading day.',
    'partially-filled': 'Part of it filled on the next trading day.',
    expired: 'It did not fill and ended with that day.',
    cancelled: 'The strategy took it back.',
    rejected: 'It was rejected for lack of cash.',
    acked: 'The range ended before it could fill.',
  },
  whyBuy: 'Why it bought',
  whySell: 'Why it sold',
  whyNotBuy: 'Why it did not buy',
  whyNotSell: 'Why it did not sell',
  quiet: 'Nothing was written down on this day: the strategy found no reason to buy.',
  quietHeld: 'Nothing was written down on this day: there was no reason to sell, and it kept what it had.',
  waiting: 'Its indicators were still warming up, so it decided nothing.',
  noOrder: 'It ordered nothing on this day. The result came without a decision log, so why is not known.',
  leftOut:
    'There are many decisions, and those of this day are not in the report. The decision log and the JSON have them.',
  holds: 'yes',
  fails: 'no',
  relations: {
    above: '{0} > {1}',
    below: '{0} < {1}',
    'crosses-above': '{0} rises through {1}',
    'crosses-below': '{0} falls through {1}',
  },
  before: 'the day before {0} and {1}',
  buyRule: 'To buy',
  sellRule: 'To sell',
  looked: 'What it looked at',
  chart: 'Candles of {0}, {1}–{2}. Bought at {3} places, sold at {4}.',
  minuteChart: 'Minutes of {0} on {1}, {2}–{3}. Bought at {4} places, sold at {5}.',
  minuteBar: '{0} open {1}, high {2}, low {3}, close {4} won',
  noMinutes: 'The report holds no minutes of this day. Choose a day with trades or orders.',
  noMinuteDays: 'The report holds no minutes of this stock.',
  tradesOfDay: '{0} · {1} trades',
};

export const scriptTexts: Readonly<Record<ReportLanguage, ScriptTexts>> = { ko: korean, en: english };

/** Orders of minutes fill on the day on which they were decided, and not on the next. */
const minuteStates: Readonly<Record<ReportLanguage, Readonly<Record<string, string>>>> = {
  ko: { filled: '체결됐어요.', 'partially-filled': '일부만 체결됐어요.' },
  en: { filled: 'It filled.', 'partially-filled': 'Part of it filled.' },
};

/** The sentences for a run over bars of `interval`. */
export function scriptTextsOf(language: ReportLanguage, interval: BarInterval): ScriptTexts {
  const own = scriptTexts[language];
  return interval === '1d' ? own : { ...own, states: { ...own.states, ...minuteStates[language] } };
}
