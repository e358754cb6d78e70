import type { ReportLanguage } from './report-texts.ts';

/** What is said of a run over minutes, and of candles that cannot carry every trade. */
export interface MinuteTexts {
  readonly daysOfMinutes: string;
  readonly newestTrades: (count: string) => string;
  readonly minutes: string;
  readonly minutesName: (stock: string, day: string, buys: number, sells: number) => string;
  readonly minutesHelp: string;
  readonly minutesHeld: (days: number) => string;
  readonly day: string;
  readonly dayBefore: string;
  readonly dayAfter: string;
}

const korean: MinuteTexts = {
  daysOfMinutes: '하루의 봉은 그날 분봉을 모은 거예요.',
  newestTrades: (count) => `거래가 많아서 봉에는 최근 ${count}번만 표시해요.`,
  minutes: '그날의 분봉',
  minutesName: (stock, day, buys, sells) =>
    `${stock} ${day}의 분봉. 산 자리 ${buys}곳, 판 자리 ${sells}곳. 값은 거래 표에 있어요.`,
  minutesHelp: '화살표 키로 옮기고 끝에서는 앞뒤 날로 넘어가요. +와 −로 확대해요. 봉을 누르면 값이 보여요.',
  minutesHeld: (days) => `거래와 주문이 있던 날부터 최근 ${days}일의 분봉이 들어 있어요.`,
  day: '날',
  dayBefore: '앞의 날',
  dayAfter: '뒤의 날',
};

const english: MinuteTexts = {
  daysOfMinutes: 'Each candle of a day is made of its minutes.',
  newestTrades: (count) => `There are many trades: candles carry the newest ${count}.`,
  minutes: 'Minutes of the day',
  minutesName: (stock, day, buys, sells) =>
    `Minutes of ${stock} on ${day}. Bought at ${buys} places, sold at ${sells}. The table of trades has the values.`,
  minutesHelp: 'Arrow keys move, and go to the next day at an end; + and − zoom. Press a candle for its prices.',
  minutesHeld: (days) => `The page holds the minutes of ${days} days: those with trades or orders, the newest first.`,
  day: 'Day',
  dayBefore: 'The day before',
  dayAfter: 'The day after',
};

export const minuteTexts: Readonly<Record<ReportLanguage, MinuteTexts>> = { ko: korean, en: english };
