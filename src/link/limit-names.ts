/** What a limit is called, and what its number counts. */
export interface LimitWords {
  readonly ko: string;
  readonly en: string;
  /** Said only where a larger number lets less through. */
  readonly tighterIs?: 'larger';
  readonly unit: 'won' | 'orders' | 'stocks' | 'bps' | 'ms' | 'times';
}

/** Every limit of the guard by its name there, for screens that cannot import the guard. */
export const limitWords: Readonly<Record<string, LimitWords>> = {
  orderValueMax: { ko: '한 번 주문 금액', en: 'value of one order', unit: 'won' },
  dayValueAccountMax: { ko: '계좌의 하루 주문 금액', en: "account's value a day", unit: 'won' },
  dayValueStrategyMax: { ko: '전략의 하루 주문 금액', en: "strategy's value a day", unit: 'won' },
  openValueMax: { ko: '미체결 금액', en: 'value of open orders', unit: 'won' },
  ordersPerMinuteAccountMax: { ko: '계좌의 1분 주문 수', en: "account's orders a minute", unit: 'orders' },
  ordersPerMinuteStrategyMax: { ko: '전략의 1분 주문 수', en: "strategy's orders a minute", unit: 'orders' },
  ordersPerDayMax: { ko: '하루 주문 수', en: 'orders a day', unit: 'orders' },
  cancelsPerMinuteMax: { ko: '1분 취소·정정 수', en: 'cancels and amends a minute', unit: 'orders' },
  cancelFillRatioMax: { ko: '체결 한 건당 취소', en: 'cancels for each fill', unit: 'times' },
  repeatedOrderWindowMs: { ko: '같은 주문 간격', en: 'wait before the same order', unit: 'ms', tighterIs: 'larger' },
  priceCollarBps: { ko: '현재가와의 거리', en: 'distance from the last trade', unit: 'bps' },
  priceAgeMaxMs: { ko: '시세의 나이', en: 'age of the last trade', unit: 'ms' },
  priceMinimum: { ko: '살 수 있는 최저 가격', en: 'lowest price bought', unit: 'won', tighterIs: 'larger' },
  positionValueMax: { ko: '한 종목 보유 금액', en: 'value of one holding', unit: 'won' },
  positionCountMax: { ko: '보유 종목 수', en: 'number of holdings', unit: 'stocks' },
  exposureMax: { ko: '전체 투자 금액', en: 'value invested', unit: 'won' },
  exposureEquityBps: { ko: '순자산 대비 투자', en: 'share of equity invested', unit: 'bps' },
  dailyLossMax: { ko: '하루 손실', en: 'loss a day', unit: 'won' },
  dailyLossEquityBps: { ko: '순자산 대비 하루 손실', en: 'share of equity lost a day', unit: 'bps' },
  smallOrdersPerSymbolMax: { ko: '한 종목의 작은 주문 수', en: 'small orders in one stock a day', unit: 'orders' },
  entryWindowClosesMs: { ko: '마감 전 매수 금지', en: 'no buying before the close', unit: 'ms', tighterIs: 'larger' },
  quantityMedianMultiple: { ko: '평소 수량의 배수', en: 'times the usual quantity', unit: 'times' },
  tradedValueShareBps: { ko: '거래대금 대비 주문', en: 'share of the value traded', unit: 'bps' },
  tradedValueMin: { ko: '하루 거래대금', en: 'least value traded a day', unit: 'won', tighterIs: 'larger' },
  newSymbolWaitMs: { ko: '새 종목 대기', en: 'wait for a new stock', unit: 'ms', tighterIs: 'larger' },
  clockErrorMaxMs: { ko: '시계 오차', en: 'clock error', unit: 'ms' },
  strategyBreachesMax: { ko: '전략을 멈추는 위반 수', en: 'breaches that halt a strategy', unit: 'orders' },
  strategyHeartbeatMaxMs: { ko: '전략의 신호 간격', en: 'silence of a strategy', unit: 'ms' },
  profile: { ko: '한도 묶음', en: 'profile', unit: 'times' },
};
