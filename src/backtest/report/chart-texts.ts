import type { ReportLanguage } from './report-texts.ts';

/** What is said beside charts and tables that look at the record from other sides. */
export interface ChartTexts {
  /** Beside the title of a chart with a logarithmic scale. */
  readonly logScale: string;
  readonly equityHelp: string;
  readonly falls: string;
  readonly fallHead: readonly [peak: string, trough: string, back: string, depth: string, days: string];
  readonly noFalls: string;
  readonly stocks: string;
  readonly stockHead: readonly [stock: string, trades: string, wins: string, profit: string];
  readonly all: string;
  readonly invested: string;
  readonly investedMeta: string;
  readonly investedName: (mean: string, most: string, last: string) => string;
  readonly costsName: (fees: string, tax: string, slippage: string) => string;
}

const korean: ChartTexts = {
  logScale: '로그 눈금',
  equityHelp: '차트를 짚거나 화살표 키로 옮기면 그날 값이 나와요. 누르면 그날의 이유를 볼 수 있어요.',
  falls: '깊었던 낙폭',
  fallHead: ['고점', '바닥', '회복', '깊이', '기간 (일)'],
  noFalls: '고점 아래로 내려간 날이 없어요.',
  stocks: '종목마다',
  stockHead: ['종목', '거래', '이긴 거래', '손익 (원)'],
  all: '합계',
  invested: '주식 비중',
  investedMeta: '자산 가운데 주식의 몫',
  investedName: (mean, most, last) => `자산 가운데 주식의 몫. 평균 ${mean}, 가장 많을 때 ${most}, 마지막 ${last}.`,
  costsName: (fees, tax, slippage) => `비용의 몫. 수수료 ${fees}, 세금 ${tax}, 미끄러짐 ${slippage}.`,
};

const english: ChartTexts = {
  logScale: 'log scale',
  equityHelp: 'Point at the chart or use the arrow keys for the values of a day; press for its reasons.',
  falls: 'Deepest falls',
  fallHead: ['Peak', 'Bottom', 'Back', 'Depth', 'Days'],
  noFalls: 'It never stood below its peak.',
  stocks: 'By stock',
  stockHead: ['Stock', 'Trades', 'Won', 'Result (won)'],
  all: 'All',
  invested: 'Invested',
  investedMeta: 'share of the account in stocks',
  investedName: (mean, most, last) => `Share of the account in stocks. Mean ${mean}, most ${most}, at the end ${last}.`,
  costsName: (fees, tax, slippage) => `Shares of the costs. Fees ${fees}, tax ${tax}, slippage ${slippage}.`,
};

export const chartTexts: Readonly<Record<ReportLanguage, ChartTexts>> = { ko: korean, en: english };
