import type { DenialCode } from '#guard/denial.ts';

/** What each rule of the guard is about, for a person. */
export const denialNames: Readonly<Record<DenialCode, { readonly ko: string; readonly en: string }>> = {
  halted: { ko: '매매 중단', en: 'Trading halted' },
  'strategy-halted': { ko: '멈춘 전략', en: 'Strategy halted' },
  'watchdog-lost': { ko: '안전 감시 끊김', en: 'Watchdog lost' },
  'lane-closed': { ko: '확인 중인 주문', en: 'Order being looked for' },
  'input-missing': { ko: '모르는 값', en: 'A number missing' },
  'clock-error': { ko: '시계 오차', en: 'Clock error' },
  conservation: { ko: '맞지 않는 수량', en: 'Numbers that contradict each other' },
  'order-type': { ko: '주문 종류', en: 'Order type' },
  'order-session': { ko: '주문 시간대', en: 'Session of the order' },
  'order-venue': { ko: '주문 거래소', en: 'Venue of the order' },
  'tick-size': { ko: '호가 단위', en: 'Tick size' },
  'price-limit': { ko: '상·하한가', en: 'Daily price limit' },
  'stop-tick-size': { ko: '스톱 가격의 호가 단위', en: 'Tick size of the stop price' },
  'stop-price-limit': { ko: '스톱 가격의 상·하한가', en: 'Daily limit of the stop price' },
  'price-collar': { ko: '현재가와의 거리', en: 'Distance from the last price' },
  'price-stale': { ko: '오래된 시세', en: 'Stale price' },
  'order-value': { ko: '한 번 주문 금액', en: 'Order value' },
  'traded-value-share': { ko: '거래대금 대비 주문 금액', en: 'Share of the value traded' },
  'quantity-median': { ko: '평소와 다른 수량', en: 'Unusual quantity' },
  'open-value': { ko: '미체결 금액', en: 'Value of open orders' },
  'day-value-account': { ko: '하루 주문 금액', en: 'Value a day' },
  'day-value-strategy': { ko: '전략의 하루 주문 금액', en: 'Value a day of the strategy' },
  'orders-per-minute-account': { ko: '1분 주문 수', en: 'Orders a minute' },
  'orders-per-minute-strategy': { ko: '전략의 1분 주문 수', en: 'Orders a minute of the strategy' },
  'orders-per-day': { ko: '하루 주문 수', en: 'Orders a day' },
  'cancels-per-minute': { ko: '1분 취소 수', en: 'Cancels a minute' },
  'cancel-fill-ratio': { ko: '체결 대비 취소', en: 'Cancels per fill' },
  'repeated-order': { ko: '같은 주문 반복', en: 'Repeated order' },
  'small-order-repetition': { ko: '작은 주문 반복', en: 'Repeated small orders' },
  universe: { ko: '허용하지 않은 종목', en: 'Stock not allowed' },
  'symbol-new': { ko: '새로 넣은 종목', en: 'Stock new on the list' },
  'price-minimum': { ko: '너무 싼 종목', en: 'Price too low' },
  'traded-value-minimum': { ko: '너무 적은 거래대금', en: 'Traded too little' },
  designation: { ko: '지정 종목', en: 'Designated stock' },
  'position-value': { ko: '한 종목 보유 금액', en: 'Value of one holding' },
  'position-count': { ko: '보유 종목 수', en: 'Number of holdings' },
  exposure: { ko: '전체 투자 금액', en: 'Value invested' },
  'daily-loss': { ko: '하루 손실', en: 'Loss of the day' },
  'self-cross': { ko: '내 주문끼리 체결', en: 'Crossing an own order' },
  session: { ko: '장 시간', en: 'Session' },
  'entry-window': { ko: '마감 전 매수', en: 'Buying before the close' },
  cash: { ko: '예수금', en: 'Cash' },
  holding: { ko: '보유 수량', en: 'Shares held' },
};

/** The name of a rule; a code that is none of the guard's as it stands, such as one of an older result. */
export function denialName(code: string, language: 'ko' | 'en'): string {
  return Object.entries(denialNames).find(([known]) => known === code)?.[1][language] ?? code;
}
