import type { DenialCode } from './denial.ts';

/** One sentence; `{actual}` and `{limit}` stand for the two numbers with their units. */
export interface DenialSentence {
  readonly ko: string;
  readonly en: string;
  /** Said instead when a number is not known. */
  readonly unknown?: { readonly ko: string; readonly en: string };
}

/** When a number is missing and the rule has no words of its own for that. */
export const unknownSentence = {
  ko: '확인에 필요한 값을 알 수 없어서 이 주문은 나가지 않아요.',
  en: 'A value this check needs is not known, so the order does not go out.',
};

/**
 * The order's type, session and venue, the universe and a designation are yes or no: their sentences have no numbers to tell. The session's
 * limit is always 0 and is left out.
 */
export const denialSentences: Readonly<Record<DenialCode, DenialSentence>> = {
  halted: {
    ko: '모든 주문을 멈춰서 지금은 파는 주문만 {limit}까지 나가는데 {actual}를 주문했어요.',
    en: 'All ordering is stopped: only a sell of up to {limit} may go out now, and this order is for {actual}.',
  },
  'watchdog-lost': {
    ko: '안전 감시가 {actual} 동안 답하지 않아서 새 주문을 받지 않아요. {limit} 안에 답해야 해요.',
    en: 'The watchdog has been silent for {actual}, at most {limit}; until it answers no new risk is taken.',
    unknown: {
      ko: '안전 감시가 아직 켜지지 않아서 새 주문을 받지 않아요.',
      en: 'The watchdog has not answered yet, so no new risk is taken.',
    },
  },
  'strategy-halted': {
    ko: '이 전략은 멈춰 있어서 파는 주문만 {limit}까지 나가는데 {actual}를 주문했어요.',
    en: 'This strategy is halted: only a sell of up to {limit} may go out, and this order is for {actual}.',
  },
  'lane-closed': {
    ko: '증권사의 답을 받지 못한 같은 방향 주문이 {actual}건 있어서, {limit}건이 될 때까지 이 종목을 잠가 두었어요.',
    en: 'An order on this side has had no answer ({actual}, must be {limit}), so this side is locked until it is found.',
  },
  'input-missing': {
    ko: '모르거나 믿을 수 없는 값이 {actual}개 있는데 {limit}개여야 해요.',
    en: '{actual} of the values needed are missing or cannot be right; there must be {limit}.',
    unknown: {
      ko: '주문을 확인할 값을 읽을 수 없어서 이 주문은 나가지 않아요.',
      en: 'The values needed to check this order cannot be read, so it does not go out.',
    },
  },
  'clock-error': {
    ko: '시계가 시장 시각과 {limit}까지 어긋날 수 있는데 {actual} 어긋나 있어요.',
    en: "Our clock may be {limit} away from the market's; it is {actual} away.",
    unknown: {
      ko: '시계가 맞는지 알 수 없어서 이 주문은 나가지 않아요.',
      en: 'Whether our clock is right is not known, so the order does not go out.',
    },
  },
  conservation: {
    ko: '수량이 맞지 않는 내 주문이 {actual} 있는데 {limit}이어야 해요.',
    en: 'Own orders whose numbers contradict each other: {actual}; there must be {limit}.',
    unknown: {
      ko: '내 주문의 수량이 맞는지 알 수 없어서 이 주문은 나가지 않아요.',
      en: 'Whether the numbers of our own orders agree is not known, so the order does not go out.',
    },
  },
  'order-type': {
    ko: '내도록 허용하지 않은 유형의 주문이에요. 처음에는 지정가만 허용해요.',
    en: 'Orders of this type are not permitted; to start with, only limit orders are.',
  },
  'order-session': {
    ko: '허용하지 않은 시간대의 주문이에요. 처음에는 정규장만 허용해요.',
    en: 'Orders for this session are not permitted; to start with, only the regular session is.',
  },
  'order-venue': {
    ko: '허용하지 않은 거래소로 가는 주문이에요. 처음에는 KRX만 허용해요.',
    en: 'Orders to this venue are not permitted; to start with, only KRX is.',
  },
  'tick-size': {
    ko: '이 가격에서는 {limit} 단위로 주문해야 하는데 {actual}이에요.',
    en: 'The price must be a multiple of {limit}; this is {actual}.',
    unknown: {
      ko: '호가 단위를 알 수 없어서 {actual} 주문은 나가지 않아요.',
      en: 'The tick size for {actual} is not known, so the order does not go out.',
    },
  },
  'price-limit': {
    ko: '오늘은 {limit}까지만 주문할 수 있는데 {actual}이에요.',
    en: "Today's price limit is {limit}; this is {actual}.",
    unknown: {
      ko: '오늘의 상한가와 하한가를 알 수 없어서 {actual} 주문은 나가지 않아요.',
      en: "Today's price limits are not known, so an order at {actual} does not go out.",
    },
  },
  'stop-tick-size': {
    ko: '스톱 가격은 {limit} 단위여야 하는데 {actual}이에요.',
    en: 'The stop price must be a multiple of {limit}; this is {actual}.',
    unknown: {
      ko: '호가 단위를 알 수 없어서 스톱 가격 {actual} 주문은 나가지 않아요.',
      en: 'The tick size for a stop price of {actual} is not known, so the order does not go out.',
    },
  },
  'stop-price-limit': {
    ko: '오늘 스톱 가격은 {limit}까지인데 {actual}이에요.',
    en: "Today's limit for a stop price is {limit}; this is {actual}.",
    unknown: {
      ko: '오늘의 상한가와 하한가를 알 수 없어서 스톱 가격 {actual} 주문은 나가지 않아요.',
      en: "Today's price limits are not known, so an order with a stop price of {actual} does not go out.",
    },
  },
  'price-collar': {
    ko: '마지막 체결가에서 {limit}까지 벗어날 수 있는데 {actual} 벗어나 있어요.',
    en: 'The price may be {limit} away from the last trade; this is {actual} away.',
    unknown: {
      ko: '마지막 체결가를 알 수 없어서 가격을 견줄 수 없어요.',
      en: 'The last trade is not known, so the price cannot be compared with it.',
    },
  },
  'price-stale': {
    ko: '마지막 체결이 {limit} 안이어야 하는데 {actual} 차이가 나요.',
    en: 'The last trade must be from within {limit}; it is {actual} away.',
    unknown: {
      ko: '아직 체결가를 받지 못해서 이 주문은 나가지 않아요.',
      en: 'No trade has been received yet, so the order does not go out.',
    },
  },
  'order-value': {
    ko: '한 번에 {limit}까지인데 {actual}이에요.',
    en: 'The limit is {limit} an order; this is {actual}.',
  },
  'traded-value-share': {
    ko: '이 종목에서는 하루 거래대금에 견주어 한 번에 {limit}까지인데 {actual}이에요.',
    en: 'By what this stock trades in a day, one order may be {limit}; this is {actual}.',
    unknown: {
      ko: '최근 20일의 거래대금을 알 수 없어서 이 주문은 나가지 않아요.',
      en: 'What this stock traded over the last 20 days is not known, so the order does not go out.',
    },
  },
  'quantity-median': {
    ko: '이 전략이 늘 내던 수량으로는 {limit}까지인데 {actual}를 주문했어요. 맞는 주문이면 확인해 주세요.',
    en: 'By its usual quantity this strategy may order {limit}, and this is {actual}. Confirm it if it is meant.',
    unknown: {
      ko: '이 전략이 늘 내던 수량을 알 수 없어서 이 주문은 나가지 않아요.',
      en: 'The usual quantity of this strategy is not known, so the order does not go out.',
    },
  },
  'open-value': {
    ko: '체결을 기다리는 금액은 {limit}까지인데 이 주문까지 {actual}이 돼요.',
    en: 'Orders waiting to fill may come to {limit}; with this one they come to {actual}.',
  },
  'day-value-account': {
    ko: '계좌에서 하루에 {limit}까지 주문하는데 이 주문까지 {actual}이 돼요.',
    en: 'The account may order {limit} a day; with this order it comes to {actual}.',
  },
  'day-value-strategy': {
    ko: '전략 하나가 하루에 {limit}까지 주문하는데 이 주문까지 {actual}이 돼요.',
    en: 'A strategy may order {limit} a day; with this order it comes to {actual}.',
  },
  'orders-per-minute-account': {
    ko: '계좌에서 1분에 {limit}까지 주문하는데 이 주문까지 {actual}이에요.',
    en: 'The account may send {limit} a minute; this would make {actual}.',
  },
  'orders-per-minute-strategy': {
    ko: '전략 하나가 1분에 {limit}까지 주문하는데 이 주문까지 {actual}이에요.',
    en: 'A strategy may send {limit} a minute; this would make {actual}.',
  },
  'orders-per-day': {
    ko: '하루에 {limit}까지 주문하는데 이 주문까지 {actual}이에요.',
    en: 'The account may send {limit} a day; this would make {actual}.',
  },
  'cancels-per-minute': {
    ko: '지난 1분 동안 취소와 정정이 {actual}이라서, {limit} 이하로 줄면 새 주문을 낼 수 있어요.',
    en: 'Cancels and amends of the last minute: {actual}; new orders may go out again at {limit} or fewer.',
  },
  'cancel-fill-ratio': {
    ko: '체결 한 건에 취소와 정정은 {limit}까지인데 오늘은 {actual}이에요.',
    en: 'There may be {limit} cancels and amends for each filled order; today there are {actual}.',
  },
  'repeated-order': {
    ko: '똑같은 주문은 {limit}에 한 번만 나가는데 앞의 주문에서 {actual} 지났어요.',
    en: 'The same order may go out once in {limit}; the one before was {actual} ago.',
  },
  'small-order-repetition': {
    ko: '한 종목에서 10주 이하 주문은 하루에 {limit}까지인데 이 주문까지 {actual}이에요.',
    en: 'Orders of ten shares or fewer may number {limit} a day in one stock; this would make {actual}.',
  },
  universe: {
    ko: '주문할 수 있는 종목 목록에 없는 종목이에요.',
    en: 'This stock is not on the list of those that may be traded.',
  },
  'symbol-new': {
    ko: '목록에 넣고 {limit}이 지나야 사는데 {actual} 지났어요.',
    en: 'A stock is bought {limit} after it was put on the list; {actual} have passed.',
    unknown: {
      ko: '언제 목록에 넣은 종목인지 알 수 없어서 살 수 없어요.',
      en: 'When this stock was put on the list is not known, so it is not bought.',
    },
  },
  'price-minimum': {
    ko: '{limit} 이상인 종목만 사는데 {actual}이에요.',
    en: 'Only stocks at {limit} or more are bought; this is {actual}.',
  },
  'traded-value-minimum': {
    ko: '하루 평균 거래대금이 {limit} 이상인 종목만 사는데 {actual}이에요.',
    en: 'Only stocks that trade {limit} a day or more are bought; this one trades {actual}.',
    unknown: {
      ko: '최근 20일의 거래대금을 알 수 없어서 살 수 없어요.',
      en: 'What this stock traded over the last 20 days is not known, so it is not bought.',
    },
  },
  designation: {
    ko: '거래소가 매매를 제한했거나 상태를 알 수 없는 종목이에요.',
    en: 'The exchange has restricted trading in this stock, or its state is not known.',
  },
  'position-value': {
    ko: '한 종목에 {limit}까지 가질 수 있는데 이 주문까지 {actual}이 돼요.',
    en: 'One stock may hold {limit}; with this order it comes to {actual}.',
    unknown: {
      ko: '가진 주식의 지금 가격을 알 수 없어서 {limit} 한도와 견줄 수 없어요.',
      en: 'The price of what is held is not known, so it cannot be compared with the limit of {limit}.',
    },
  },
  'position-count': {
    ko: '{limit}종목까지 가질 수 있는데 이 주문까지 {actual}종목이 돼요.',
    en: 'Up to {limit} stocks may be held; with this order it would be {actual}.',
  },
  exposure: {
    ko: '주식에 모두 {limit}까지 넣을 수 있는데 이 주문까지 {actual}이 돼요.',
    en: 'All stocks together may hold {limit}; with this order they come to {actual}.',
    unknown: {
      ko: '가진 주식의 가격이나 순자산을 알 수 없어서 한도와 견줄 수 없어요.',
      en: 'Prices of what is held, or the equity, are not known, so the limit cannot be checked.',
    },
  },
  'daily-loss': {
    ko: '하루에 {limit}을 잃으면 멈추는데 오늘 {actual}을 잃었어요.',
    en: 'New risk stops at a loss of {limit} a day; today has lost {actual}.',
    unknown: {
      ko: '오늘의 손익이나 순자산을 알 수 없어서 이 주문은 나가지 않아요.',
      en: "Today's result or the equity is not known, so the order does not go out.",
    },
  },
  'self-cross': {
    ko: '서로 체결될 수 있는 내 반대편 주문이 {actual} 있는데 {limit}이어야 해요.',
    en: 'Own orders on the other side that this one would trade with: {actual}; there must be {limit}.',
  },
  session: {
    ko: '지금은 주문을 받는 시간이 아니고 {actual} 벗어나 있어요.',
    en: 'The market does not take this order now; its hours are {actual} away.',
    unknown: {
      ko: '지금은 장이 닫혀 있거나 장 시간을 알 수 없어요.',
      en: 'The market is closed, or its hours are not known.',
    },
  },
  'entry-window': {
    ko: '마감까지 {limit}보다 더 남아야 사는데 {actual} 남았어요.',
    en: 'Buying needs more than {limit} before the close; {actual} is left.',
    unknown: {
      ko: '마감까지 남은 시간을 알 수 없어서 살 수 없어요.',
      en: 'The time left until the close is not known, so nothing is bought.',
    },
  },
  cash: {
    ko: '쓸 수 있는 돈은 {limit}인데 수수료까지 {actual}이 필요해요.',
    en: 'There is {limit} to use; with fees this needs {actual}.',
    unknown: {
      ko: '쓸 수 있는 돈을 알 수 없어서 살 수 없어요.',
      en: 'The cash to use is not known, so nothing is bought.',
    },
  },
  holding: {
    ko: '팔 수 있는 주식은 {limit}인데 {actual}를 팔려고 해요.',
    en: 'There is {limit} to sell; this order sells {actual}.',
  },
};
