import { wholeText } from './report-numbers.ts';

export type ReportLanguage = 'ko' | 'en';

/** Every sentence of the report, in both languages. */
export interface ReportTexts {
  readonly title: string;
  readonly headline: string;
  readonly ifHeld: (subject: string, change: string) => string;
  readonly annual: string;
  readonly drawdown: string;
  readonly sharpe: string;
  readonly sharpeNote: string;
  readonly wins: string;
  readonly winsNote: (won: number, all: number) => string;
  readonly costs: string;
  readonly costsNote: string;
  readonly equity: string;
  readonly strategy: string;
  readonly held: string;
  readonly startCash: string;
  readonly chartName: (strategy: string, held: string, drawdown: string) => string;
  readonly months: string;
  readonly monthNames: readonly string[];
  readonly year: string;
  readonly wholeYear: string;
  readonly noValue: string;
  readonly trades: string;
  readonly tradeCount: (count: number) => string;
  readonly olderTrades: (count: number) => string;
  readonly tradesLeftOut: (count: number) => string;
  readonly noTrades: string;
  readonly tradeHead: readonly string[];
  readonly days: string;
  readonly shares: string;
  readonly won: string;
  readonly denied: (count: number) => string;
  readonly deniedLine: (rule: string, count: number, actual: string, limit: string) => string;
  readonly noneDenied: string;
  readonly guardHead: string;
  readonly how: string;
  readonly decisions: string;
  readonly why: string;
  readonly whyDay: string;
  readonly whyBefore: string;
  readonly whyAfter: string;
  readonly whyOf: (day: string) => string;
}

const korean: ReportTexts = {
  title: '검증',
  headline: '비용을 뺀 수익률',
  ifHeld: (subject, change) => `그냥 ${subject} 들고 있었다면 ${change}예요.`,
  annual: '연환산',
  drawdown: '최대 낙폭',
  sharpe: '샤프',
  sharpeNote: '무위험 0%',
  wins: '이긴 거래',
  winsNote: (won, all) => `${all}번 중 ${won}번`,
  costs: '비용',
  costsNote: '수수료·세금·미끄러짐',
  equity: '누적 수익률',
  strategy: '전략',
  held: '보유',
  startCash: '시작',
  chartName: (strategy, held, drawdown) => `누적 수익률. 전략 ${strategy}, 보유 ${held}. 최대 낙폭은 전략 ${drawdown}.`,
  months: '달마다',
  monthNames: Array.from({ length: 12 }, (_, month) => `${month + 1}월`),
  year: '해',
  wholeYear: '한 해',
  noValue: '없음',
  trades: '거래',
  tradeCount: (count) => `${count}번`,
  olderTrades: (count) => `앞선 거래 ${count}번 더 보기`,
  tradesLeftOut: (count) => `오래된 거래 ${count}번은 JSON에 있어요.`,
  noTrades: '사고판 적이 없어요. 조건을 채운 날이 없었거나 안전 한도가 막았어요.',
  tradeHead: ['판 날', '종목', '수량', '산 값 (원)', '판 값 (원)', '기간', '산 이유와 판 이유', '손익 (원)', '수익률'],
  days: '일',
  shares: '주',
  won: '원',
  denied: (count) => `안전 한도가 주문 ${wholeText(count)}건을 막았어요.`,
  deniedLine: (rule, count, actual, limit) => `${rule} ${count}건 · 처음 막힌 값 ${actual}, 한도 ${limit}`,
  noneDenied: '안전 한도에 막힌 주문이 없어요.',
  guardHead: '안전 점검',
  how: '어떻게 셈했나',
  decisions: '판단 기록 SHA-256',
  why: '왜 샀나',
  whyDay: '날짜',
  whyBefore: '앞선 판단',
  whyAfter: '다음 판단',
  whyOf: (day) => `${day} 이유 보기`,
};

const english: ReportTexts = {
  title: 'Backtest',
  headline: 'Return after costs',
  ifHeld: (subject, change) => `Simply holding ${subject} would have made ${change}.`,
  annual: 'A year',
  drawdown: 'Deepest fall',
  sharpe: 'Sharpe',
  sharpeNote: 'risk-free 0%',
  wins: 'Winning trades',
  winsNote: (won, all) => `${won} of ${all}`,
  costs: 'Costs',
  costsNote: 'fees, tax, slippage',
  equity: 'Return so far',
  strategy: 'Strategy',
  held: 'Held',
  startCash: 'Started with',
  chartName: (strategy, held, drawdown) =>
    `Return so far. Strategy ${strategy}, holding ${held}. Deepest fall of the strategy ${drawdown}.`,
  months: 'By month',
  monthNames: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  year: 'Year',
  wholeYear: 'Year',
  noValue: 'none',
  trades: 'Trades',
  tradeCount: (count) => `${count}`,
  olderTrades: (count) => `Show ${count} earlier trades`,
  tradesLeftOut: (count) => `${count} older trades are in the JSON.`,
  noTrades: 'Nothing was bought or sold: no day met the conditions, or the safety limits refused.',
  tradeHead: [
    'Sold on',
    'Stock',
    'Shares',
    'Bought (won)',
    'Sold (won)',
    'Days',
    'Why in and out',
    'Result (won)',
    'Return',
  ],
  days: '',
  shares: '',
  won: ' won',
  denied: (count) => `The safety limits refused ${wholeText(count)} orders.`,
  deniedLine: (rule, count, actual, limit) => `${rule}: ${count} · the first one ${actual}, limit ${limit}`,
  noneDenied: 'No order was refused by the safety limits.',
  guardHead: 'Safety check',
  how: 'How this was counted',
  decisions: 'Decision log SHA-256',
  why: 'Why it bought',
  whyDay: 'Day',
  whyBefore: 'Decision before',
  whyAfter: 'Next decision',
  whyOf: (day) => `${day}, see why`,
};

export const reportTexts: Readonly<Record<ReportLanguage, ReportTexts>> = { ko: korean, en: english };
