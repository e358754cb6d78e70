import type { ReportLanguage } from './report-texts.ts';

/** Sentences of the panels below the headline, in both languages. */
export interface PanelTexts {
  readonly scheme: string;
  readonly virtual: string;
  readonly zero: string;
  readonly prices: string;
  readonly pricesName: (stock: string, from: string, to: string, buys: number, sells: number) => string;
  readonly stock: string;
  readonly earlier: string;
  readonly later: string;
  readonly closer: string;
  readonly wider: string;
  readonly pricesHelp: string;
  readonly results: string;
  readonly resultsName: (trades: number, middle: string) => string;
  readonly resultsHead: readonly [string, string];
  readonly from: (edge: string) => string;
  readonly rolling: string;
  readonly rollingMeta: (days: number) => string;
  readonly rollingNames: Readonly<Record<'sharpe' | 'volatility' | 'beta', string>>;
  readonly rollingName: (figure: string, low: string, high: string, last: string) => string;
  readonly tooShort: (days: number) => string;
  readonly perDay: string;
  readonly perTrade: string;
  readonly against: string;
  readonly costs: string;
  readonly clock: (from: string, to: string, days: string) => string;
  readonly figures: Readonly<Record<FigureName, string>>;
  readonly fall: (from: string, to: string, days: string) => string;
  readonly notYet: string;
  readonly daysOf: (days: string) => string;
  readonly times: (count: string) => string;
  readonly notStated: string;
  readonly deniedAll: (count: string) => string;
  readonly deniedHead: readonly string[];
  readonly deniedLeftOut: (count: string) => string;
  readonly sides: Readonly<Record<'buy' | 'sell', string>>;
  readonly overfit: string;
  readonly overfitLevels: readonly [string, string, string];
  readonly overfitName: (percent: string, level: string) => string;
  readonly overfitSays: (trials: string, level: string) => string;
  readonly belowMiddle: string;
  readonly deflated: string;
  readonly kept: string;
  readonly neighbours: string;
  readonly neighboursOf: (good: string, all: string) => string;
  readonly folds: string;
  readonly foldHead: readonly string[];
  readonly foldMeta: string;
  readonly histories: string;
  readonly historiesMeta: (runs: string) => string;
  readonly historyHead: readonly string[];
  readonly historyRows: readonly string[];
}

export type FigureName =
  | 'annualReturn'
  | 'volatility'
  | 'downsideDeviation'
  | 'sharpe'
  | 'sortino'
  | 'calmar'
  | 'deepest'
  | 'longest'
  | 'ulcerIndex'
  | 'bestDay'
  | 'worstDay'
  | 'bestMonth'
  | 'worstMonth'
  | 'winningDays'
  | 'tailRatio'
  | 'skew'
  | 'kurtosis'
  | 'exposure'
  | 'winRate'
  | 'averageWin'
  | 'averageLoss'
  | 'payoff'
  | 'profitFactor'
  | 'expectancy'
  | 'holding'
  | 'best'
  | 'worst'
  | 'streaks'
  | 'turnover'
  | 'totalReturn'
  | 'alpha'
  | 'beta'
  | 'correlation'
  | 'trackingError'
  | 'informationRatio'
  | 'fees'
  | 'tax'
  | 'slippage'
  | 'total'
  | 'dividends'
  | 'shareOfTraded';

const korean: PanelTexts = {
  scheme: '밝게·어둡게',
  virtual: '가상 시세',
  zero: '0%',
  prices: '시세와 거래',
  pricesName: (stock, from, to, buys, sells) =>
    `${stock} ${from}–${to}의 봉. 산 자리 ${buys}곳, 판 자리 ${sells}곳. 값은 아래 거래 표에 있어요.`,
  stock: '종목',
  earlier: '앞으로',
  later: '뒤로',
  closer: '크게',
  wider: '작게',
  pricesHelp: '화살표로 옮기고 +와 −로 크게 작게 볼 수 있어요. 봉을 누르면 그날의 이유가 나와요.',
  results: '거래별 수익률',
  resultsName: (trades, middle) => `거래 ${trades}번의 수익률 분포. 가운데 값은 ${middle}.`,
  resultsHead: ['수익률', '거래 수'],
  from: (edge) => `${edge}부터`,
  rolling: '시기별 지표',
  rollingMeta: (days) => `지난 ${days}거래일씩`,
  rollingNames: { sharpe: '샤프', volatility: '변동성', beta: '베타' },
  rollingName: (figure, low, high, last) => `${figure}. 가장 낮을 때 ${low}, 가장 높을 때 ${high}, 마지막 ${last}.`,
  tooShort: (days) => `${days}거래일이 넘어야 보여 줄 수 있어요.`,
  perDay: '하루하루',
  perTrade: '거래마다',
  against: '그냥 들고 있었다면',
  costs: '비용',
  clock: (from, to, days) => `${from}부터 ${to}까지, 거래할 수 있던 ${days}일을 셌어요.`,
  figures: {
    annualReturn: '연환산 수익률',
    volatility: '변동성 (한 해)',
    downsideDeviation: '내릴 때 변동성 (한 해)',
    sharpe: '샤프',
    sortino: '소르티노',
    calmar: '칼마',
    deepest: '가장 깊은 낙폭',
    longest: '가장 오래 못 넘은 고점',
    ulcerIndex: '얼서 지수',
    bestDay: '가장 좋은 날',
    worstDay: '가장 나쁜 날',
    bestMonth: '가장 좋은 달',
    worstMonth: '가장 나쁜 달',
    winningDays: '오른 날',
    tailRatio: '꼬리 비율',
    skew: '왜도 (치우침)',
    kurtosis: '첨도 (뾰족함)',
    exposure: '주식을 가진 날',
    winRate: '이긴 거래',
    averageWin: '이길 때 평균',
    averageLoss: '질 때 평균',
    payoff: '이길 때 ÷ 질 때',
    profitFactor: '번 돈 ÷ 잃은 돈',
    expectancy: '거래 한 번의 기대 손익',
    holding: '가지고 있던 기간',
    best: '가장 좋은 거래',
    worst: '가장 나쁜 거래',
    streaks: '연달아 이김 · 짐',
    turnover: '한 해 회전율',
    totalReturn: '수익률',
    alpha: '알파 (한 해)',
    beta: '베타',
    correlation: '상관계수',
    trackingError: '차이의 변동성 (한 해)',
    informationRatio: '정보 비율',
    fees: '수수료',
    tax: '세금',
    slippage: '미끄러짐',
    total: '모두',
    dividends: '받은 배당 (세금 뺌)',
    shareOfTraded: '사고판 금액 대비',
  },
  fall: (from, to, days) => `${from}–${to} · ${days}일`,
  notYet: '아직',
  daysOf: (days) => `${days}일`,
  times: (count) => `${count}번`,
  notStated: '넣지 않음',
  deniedAll: (count) => `막힌 주문 ${count}건 보기`,
  deniedHead: ['정한 날', '종목', '구분', '규칙', '값', '한도'],
  deniedLeftOut: (count) => `나머지 ${count}건은 JSON에 있어요.`,
  sides: { buy: '매수', sell: '매도' },
  overfit: '과최적화 확률',
  overfitLevels: ['낮음', '보통', '높음'],
  overfitName: (percent, level) => `과최적화 확률 ${percent}, ${level}`,
  overfitSays: (trials, level) =>
    `${trials}가지 조합 가운데 고른 결과예요. 운이 섞였을 가능성은 ${koreanLevels[level] ?? level}.`,
  belowMiddle: '안 본 반쪽에서 중간 아래 (PBO)',
  deflated: '운을 뺀 샤프의 확률',
  kept: '처음 보는 기간에서 지킨 수익',
  neighbours: '이웃한 값으로도 이익',
  neighboursOf: (good, all) => `${all}칸 중 ${good}칸`,
  folds: '처음 보는 기간에서',
  foldHead: ['기간', '고를 때', '처음 볼 때', '수익'],
  foldMeta: '앞의 둘은 한 해',
  histories: '다시 뽑은 결과',
  historiesMeta: (runs) => `${runs}번`,
  historyHead: ['', '수익률', '최대 낙폭'],
  historyRows: ['나쁜 5%', '나쁜 25%', '가운데', '좋은 25%', '좋은 5%'],
};

const koreanLevels: Readonly<Record<string, string>> = { 낮음: '낮아요', 보통: '보통이에요', 높음: '높아요' };

const english: PanelTexts = {
  scheme: 'Light or dark',
  virtual: 'Synthetic prices',
  zero: '0%',
  prices: 'Prices and trades',
  pricesName: (stock, from, to, buys, sells) =>
    `Candles of ${stock}, ${from}–${to}. Bought at ${buys} places, sold at ${sells}. The table of trades has the values.`,
  stock: 'Stock',
  earlier: 'Earlier',
  later: 'Later',
  closer: 'Closer',
  wider: 'Wider',
  pricesHelp: 'Arrow keys move, + and − zoom. Press a candle for the reasons of its day.',
  results: 'Return by trade',
  resultsName: (trades, middle) => `Distribution of the returns of ${trades} trades. The median is ${middle}.`,
  resultsHead: ['Return', 'Trades'],
  from: (edge) => `from ${edge}`,
  rolling: 'As time went on',
  rollingMeta: (days) => `last ${days} trading days`,
  rollingNames: { sharpe: 'Sharpe', volatility: 'Volatility', beta: 'Beta' },
  rollingName: (figure, low, high, last) => `${figure}. Lowest ${low}, highest ${high}, at the end ${last}.`,
  tooShort: (days) => `Shown from ${days} trading days on.`,
  perDay: 'Day by day',
  perTrade: 'Trade by trade',
  against: 'Against holding',
  costs: 'Costs',
  clock: (from, to, days) => `Counted over the ${days} days on which it could trade, ${from} to ${to}.`,
  figures: {
    annualReturn: 'Return a year',
    volatility: 'Volatility a year',
    downsideDeviation: 'Downside deviation a year',
    sharpe: 'Sharpe',
    sortino: 'Sortino',
    calmar: 'Calmar',
    deepest: 'Deepest fall',
    longest: 'Longest below a peak',
    ulcerIndex: 'Ulcer index',
    bestDay: 'Best day',
    worstDay: 'Worst day',
    bestMonth: 'Best month',
    worstMonth: 'Worst month',
    winningDays: 'Days with a gain',
    tailRatio: 'Tail ratio',
    skew: 'Skew',
    kurtosis: 'Excess kurtosis',
    exposure: 'Days invested',
    winRate: 'Winning trades',
    averageWin: 'Average win',
    averageLoss: 'Average loss',
    payoff: 'Win ÷ loss',
    profitFactor: 'Won ÷ lost',
    expectancy: 'Expected of one trade',
    holding: 'Time held',
    best: 'Best trade',
    worst: 'Worst trade',
    streaks: 'Wins · losses in a row',
    turnover: 'Turnover a year',
    totalReturn: 'Return',
    alpha: 'Alpha a year',
    beta: 'Beta',
    correlation: 'Correlation',
    trackingError: 'Tracking error a year',
    informationRatio: 'Information ratio',
    fees: 'Fees',
    tax: 'Tax',
    slippage: 'Slippage',
    total: 'All',
    dividends: 'Dividends after tax',
    shareOfTraded: 'Of the value traded',
  },
  fall: (from, to, days) => `${from}–${to} · ${days} days`,
  notYet: 'not yet',
  daysOf: (days) => `${days} days`,
  times: (count) => count,
  notStated: 'not counted',
  deniedAll: (count) => `Show the ${count} refused orders`,
  deniedHead: ['Decided on', 'Stock', 'Side', 'Rule', 'Value', 'Limit'],
  deniedLeftOut: (count) => `The other ${count} are in the JSON.`,
  sides: { buy: 'Buy', sell: 'Sell' },
  overfit: 'Chance of over-fitting',
  overfitLevels: ['low', 'moderate', 'high'],
  overfitName: (percent, level) => `Chance of over-fitting ${percent}, ${level}`,
  overfitSays: (trials, level) =>
    `This is the best of ${trials} combinations. The chance that luck chose it is ${level}.`,
  belowMiddle: 'Below the middle unseen (PBO)',
  deflated: 'Chance of a real Sharpe',
  kept: 'Kept on days not seen before',
  neighbours: 'Neighbours with a profit',
  neighboursOf: (good, all) => `${good} of ${all}`,
  folds: 'On days not seen before',
  foldHead: ['Days', 'Chosen', 'Unseen', 'Made'],
  foldMeta: 'first two a year',
  histories: 'Histories drawn again',
  historiesMeta: (runs) => `${runs} runs`,
  historyHead: ['', 'Return', 'Deepest fall'],
  historyRows: ['Worst 5%', 'Worst 25%', 'Middle', 'Best 25%', 'Best 5%'],
};

export const panelTexts: Readonly<Record<ReportLanguage, PanelTexts>> = { ko: korean, en: english };
