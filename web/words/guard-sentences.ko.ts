/** One rule of the guard in words: its name in tables, what happens beyond it, and the sentence of a refusal. */
export interface GuardSentence {
  readonly name: string;
  readonly over: string;
  /** Both numbers come formatted with their unit; `missing` replaces the first when it is not known. */
  readonly denied: (actual: string, limit: string) => string;
}

/** Keyed by the codes of src/guard/denial.ts; a test reads that file and finds a sentence for each. */
export const guardSentencesKo: Readonly<Record<string, GuardSentence>> = {
  halted: {
    name: '전체 정지',
    over: '취소만 돼요',
    denied: () => '모든 주문을 멈춘 상태예요. 안전 화면에서 다시 켤 수 있어요.',
  },
  'watchdog-lost': {
    name: '안전 감시 끊김',
    over: '새 주문을 막아요',
    denied: (actual, limit) => `안전 감시가 ${actual} 동안 답하지 않았어요. ${limit} 안에 답해야 새 주문이 나가요.`,
  },
  'strategy-halted': {
    name: '멈춘 전략',
    over: '파는 주문만 나가요',
    denied: (_actual, limit) => `이 전략은 멈춰 있어요. 파는 주문만 ${limit}까지 나가요.`,
  },
  'clock-error': {
    name: '시계 오차',
    over: '새 주문을 막아요',
    denied: (actual, limit) => `시계가 시장 시각과 ${actual} 어긋나 있어요. ${limit}까지 괜찮아요.`,
  },
  conservation: {
    name: '맞지 않는 수량',
    over: '새 주문을 막아요',
    denied: (actual) => `수량이 맞지 않는 내 주문이 ${actual} 있어요. 주문 화면에서 확인해 주세요.`,
  },
  'traded-value-share': {
    name: '거래대금 대비 주문',
    over: '거절해요',
    denied: (actual, limit) => `이 종목은 한 번에 ${limit}까지인데 ${actual}이에요. 하루 거래대금에 견주어 너무 커요.`,
  },
  'quantity-median': {
    name: '평소와 다른 수량',
    over: '확인을 기다려요',
    denied: (actual, limit) => `이 전략은 늘 내던 수량으로 ${limit}까지인데 ${actual}를 주문했어요.`,
  },
  'symbol-new': {
    name: '새로 넣은 종목',
    over: '거절해요',
    denied: (actual, limit) => `목록에 넣고 ${limit}이 지나야 사요. ${actual} 지났어요.`,
  },
  'traded-value-minimum': {
    name: '하루 거래대금',
    over: '거절해요',
    denied: (actual, limit) => `하루 평균 ${limit} 이상 거래되는 종목만 사요. 이 종목은 ${actual}이에요.`,
  },
  'lane-closed': {
    name: '결과를 모르는 주문',
    over: '같은 쪽을 잠가요',
    denied: () => '같은 종목에 결과를 모르는 주문이 있어요. 그 결과를 알 때까지 잠가 둬요.',
  },
  'input-missing': {
    name: '점검에 쓸 값',
    over: '거절해요',
    denied: () => '점검에 필요한 값이 아직 없어요. 시세나 잔고를 받은 뒤 다시 해 보세요.',
  },
  'order-type': {
    name: '주문 종류',
    over: '거절해요',
    denied: () => '허용하지 않은 종류의 주문이에요. 처음에는 지정가 주문만 낼 수 있어요.',
  },
  'order-session': {
    name: '주문 시간대',
    over: '거절해요',
    denied: () => '허용하지 않은 시간대의 주문이에요. 처음에는 정규장에만 낼 수 있어요.',
  },
  'order-venue': {
    name: '주문 거래소',
    over: '거절해요',
    denied: () => '허용하지 않은 거래소로 가는 주문이에요. 처음에는 KRX에만 낼 수 있어요.',
  },
  'tick-size': {
    name: '호가 단위',
    over: '거절해요',
    denied: (actual, limit) => `가격은 ${limit} 단위여야 하는데 ${actual}이 남아요.`,
  },
  'price-limit': {
    name: '상·하한가',
    over: '거절해요',
    denied: (actual, limit) => `오늘 낼 수 있는 가격은 ${limit}까지인데 ${actual}이에요.`,
  },
  'stop-tick-size': {
    name: '스톱 가격의 호가 단위',
    over: '거절해요',
    denied: (actual, limit) => `스톱 가격은 ${limit} 단위여야 하는데 ${actual}이에요.`,
  },
  'stop-price-limit': {
    name: '스톱 가격의 상·하한가',
    over: '거절해요',
    denied: (actual, limit) => `오늘 스톱 가격은 ${limit}까지인데 ${actual}이에요.`,
  },
  'price-collar': {
    name: '현재가와의 거리',
    over: '거절해요',
    denied: (actual, limit) => `현재가에서 ${limit} 안이어야 하는데 ${actual} 떨어져 있어요.`,
  },
  'price-stale': {
    name: '시세 나이',
    over: '거절해요',
    denied: (actual, limit) => `시세는 ${limit} 안의 값이어야 하는데 ${actual} 전 값이에요.`,
  },
  'order-value': {
    name: '한 번 주문 금액',
    over: '거절해요',
    denied: (actual, limit) => `한 번에 ${limit}까지인데 ${actual}이에요.`,
  },
  'open-value': {
    name: '미체결 금액',
    over: '거절해요',
    denied: (actual, limit) => `체결을 기다리는 금액은 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'day-value-account': {
    name: '하루 주문 금액',
    over: '거절하고 알려요',
    denied: (actual, limit) => `계좌의 하루 주문은 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'day-value-strategy': {
    name: '하루 주문 금액',
    over: '거절하고 알려요',
    denied: (actual, limit) => `전략의 하루 주문은 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'orders-per-minute-account': {
    name: '1분 주문',
    over: '거절, 세 번이면 정지',
    denied: (actual, limit) => `1분에 ${limit}까지인데 ${actual}이 돼요. 1분 뒤에 다시 할 수 있어요.`,
  },
  'orders-per-minute-strategy': {
    name: '1분 주문',
    over: '거절, 세 번이면 정지',
    denied: (actual, limit) => `전략의 1분 주문은 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'orders-per-day': {
    name: '하루 주문',
    over: '거절해요',
    denied: (actual, limit) => `하루에 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'cancels-per-minute': {
    name: '1분 취소·정정',
    over: '거절해요',
    denied: (actual, limit) => `취소와 정정은 1분에 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'cancel-fill-ratio': {
    name: '체결당 취소',
    over: '전략을 멈춰요',
    denied: (actual, limit) => `체결 하나에 취소는 ${limit}까지인데 ${actual}이에요.`,
  },
  'repeated-order': {
    name: '같은 주문 되풀이',
    over: '거절해요',
    denied: (actual, limit) => `같은 주문은 ${limit}에 한 번인데 ${actual} 만에 또 왔어요.`,
  },
  'small-order-repetition': {
    name: '적은 수량 되풀이',
    over: '전략을 멈춰요',
    denied: (actual, limit) => `10주 이하 주문은 한 종목에 하루 ${limit}까지인데 ${actual}이 돼요.`,
  },
  universe: {
    name: '다룰 종목',
    over: '거절해요',
    denied: () => '다룰 종목 목록에 없는 종목이에요.',
  },
  'price-minimum': {
    name: '가장 낮은 가격',
    over: '매수를 거절해요',
    denied: (actual, limit) => `${limit}보다 싼 종목은 사지 않아요. 지금 ${actual}이에요.`,
  },
  designation: {
    name: '종목 지정',
    over: '매수를 거절해요',
    denied: () => '관리·경고·거래정지로 지정된 종목이라 사지 않아요.',
  },
  'position-value': {
    name: '종목 보유 금액',
    over: '매수를 거절해요',
    denied: (actual, limit) => `한 종목은 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'position-count': {
    name: '보유 종목',
    over: '매수를 거절해요',
    denied: (actual, limit) => `종목은 ${limit}까지 가질 수 있는데 ${actual}가 돼요.`,
  },
  exposure: {
    name: '보유 금액',
    over: '매수를 거절해요',
    denied: (actual, limit) => `주식은 모두 ${limit}까지인데 ${actual}이 돼요.`,
  },
  'daily-loss': {
    name: '하루 손실',
    over: '모두 취소하고 정지',
    denied: (actual, limit) => `하루 손실은 ${limit}까지인데 ${actual}을 잃었어요.`,
  },
  'self-cross': {
    name: '내 주문끼리 체결',
    over: '거절해요',
    denied: () => '내가 낸 반대쪽 주문과 만나는 가격이에요.',
  },
  session: {
    name: '주문 시간',
    over: '거절해요',
    denied: () => '지금은 주문할 수 있는 시간이 아니에요. 정규장에 다시 해 주세요.',
  },
  'entry-window': {
    name: '마감 앞 새로 사기',
    over: '매수를 거절해요',
    denied: (actual, limit) => `마감 ${limit} 앞부터는 새로 사지 않아요. 마감까지 ${actual} 남았어요.`,
  },
  cash: {
    name: '예수금',
    over: '매수를 거절해요',
    denied: (actual, limit) => `쓸 수 있는 돈은 ${limit}인데 ${actual}이 필요해요.`,
  },
  holding: {
    name: '보유 수량',
    over: '매도를 거절해요',
    denied: (actual, limit) => `팔 수 있는 주식은 ${limit}인데 ${actual}를 팔려고 해요.`,
  },
};
