import { wholeText } from './report-numbers.ts';

export type ReportLanguage = 'ko' | 'en';

/** Every sentence of the report, in both languages. */
export interface ReportTexts {
  readonly title: string;
  readonly headline: string;
  /** The subject of more than so many names ends with how many more there are. */
  readonly andMore: (names: string, more: number) => string;
  readonly ifHeld: (subject: string, symbols: number, change: string) => string;
  readonly annual: string;
  readonly drawdown: string;
  /** Over the chart of falls. */
  readonly falls: string;
  readonly sharpe: string;
  readonly sharpeNote: string;
  readonly wins: string;
  readonly winsNote: (won: number, all: number) => string;
  readonly costs: string;
  readonly costsNote: string;
  readonly equity: string;
  readonly strategy: string;
  readonly held: string;
  readonly since: (day: string) => string;
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
  readonly noTrades: (denied: number) => string;
  readonly noneSold: string;
  readonly tradeHead: readonly string[];
  readonly days: string;
  readonly shares: string;
  readonly won: string;
  readonly denied: (count: number) => string;
  /** Without numbers where the guard had none to give. */
  readonly deniedLine: (
    rule: string,
    count: number,
    numbers: { readonly actual: string; readonly limit: string } | null,
  ) => string;
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
  andMore: (names, more) => `${names} 외 ${more}종목`,
  ifHeld: (subject, symbols, change) =>
    symbols === 1
      ? `그냥 ${subject}만 들고 있었다면 ${change}예요.`
      : `같은 종목을 그냥 나눠 들고 있었다면 ${change}예요.`,
  annual: '연환산',
  drawdown: '최대 낙폭',
  falls: '낙폭',
  sharpe: '샤프',
  sharpeNote: '무위험 0%',
  wins: '이긴 거래',
  winsNote: (won, all) => `${wholeText(all)}번 중 ${wholeText(won)}번`,
  costs: '비용',
  costsNote: '수수료·세금·미끄러짐',
  equity: '누적 수익률',
  strategy: '전략',
  held: '보유',
  since: (day) => `${day}부터`,
  startCash: '시작',
  chartName: (strategy, held, drawdown) => `누적 수익률. 전략 ${strategy}, 보유 ${held}. 최대 낙폭은 전략 ${drawdown}.`,
  months: '달마다',
  monthNames: Array.from({ length: 12 }, (_, month) => `${month + 1}월`),
  year: '해',
  wholeYear: '한 해',
  noValue: '없음',
  trades: '거래',
  tradeCount: (count) => `${wholeText(count)}번`,
  olderTrades: (count) => `앞선 거래 ${wholeText(count)}번 더 보기`,
  tradesLeftOut: (count) => `더 오래된 거래 ${wholeText(count)}번은 JSON에 있어요.`,
  noTrades: (denied) =>
    denied === 0
      ? '사고판 적이 없어요. 조건을 채운 날이 없었어요. 기간을 늘리거나 조건을 넓혀 보세요.'
      : `사고판 적이 없어요. 안전 점검이 주문 ${wholeText(denied)}건을 모두 막았어요. 막힌 이유를 보고 주문 크기나 종목을 바꿔 보세요.`,
  noneSold: '아직 판 거래가 없어요. 산 주식을 마지막 날까지 가지고 있었어요.',
  tradeHead: ['판 날', '종목', '수량', '산 값 (원)', '판 값 (원)', '기간', '산 이유와 판 이유', '손익 (원)', '수익률'],
  days: '일',
  shares: '주',
  won: '원',
  denied: (count) => `안전 점검이 주문 ${wholeText(count)}건을 막았어요.`,
  deniedLine: (rule, count, numbers) =>
    `${rule} ${wholeText(count)}건${numbers === null ? '' : ` · 처음 막힌 값 ${numbers.actual}, 한도 ${numbers.limit}`}`,
  noneDenied: '안전 점검이 막은 주문이 없어요.',
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
  andMore: (names, more) => `${names} and ${more} more`,
  ifHeld: (subject, symbols, change) =>
    symbols === 1
      ? `Simply holding ${subject} would have made ${change}.`
      : `Simply holding the same stocks in equal parts would have made ${change}.`,
  annual: 'A year',
  drawdown: 'Deepest fall',
  falls: 'Below the peak',
  sharpe: 'Sharpe',
  sharpeNote: 'risk-free 0%',
  wins: 'Winning trades',
  winsNote: (won, all) => `${wholeText(won)} of ${wholeText(all)}`,
  costs: 'Costs',
  costsNote: 'fees, tax, slippage',
  equity: 'Return so far',
  strategy: 'Strategy',
  held: 'Held',
  since: (day) => `from ${day}`,
  startCash: 'Started with',
  chartName: (strategy, held, drawdown) =>
    `Return so far. Strategy ${strategy}, holding ${held}. Deepest fall of the strategy ${drawdown}.`,
  months: 'By month',
  monthNames: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  year: 'Year',
  wholeYear: 'Year',
  noValue: 'none',
  trades: 'Trades',
  tradeCount: (count) => wholeText(count),
  olderTrades: (count) => `Show ${wholeText(count)} earlier trades`,
  tradesLeftOut: (count) => `${wholeText(count)} older trades are in the JSON.`,
  noTrades: (denied) =>
    denied === 0
      ? 'Nothing was bought or sold: no day met the conditions. Try more days or wider conditions.'
      : `Nothing was bought or sold: the safety check refused all ${wholeText(denied)} orders. See why, then change order size or stocks.`,
  noneSold: 'Nothing was sold yet: what it bought it held to the last day.',
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
  deniedLine: (rule, count, numbers) =>
    `${rule}: ${wholeText(count)}${numbers === null ? '' : ` · the first one ${numbers.actual}, limit ${numbers.limit}`}`,
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
