import type { OverseasDenial, OverseasDenialCode } from './overseas-denial.ts';

type Language = 'ko' | 'en';
type Sentence = Readonly<Record<Language, string>>;

/** Why an order abroad did not go out, with the number found and the number allowed; what is not known is said so. */
export function overseasDenialText(denial: OverseasDenial, language: Language): string {
  const isKnown = Number.isFinite(denial.actual) && Number.isFinite(denial.limit);
  const { known, unknown } = sentences[denial.code];
  return (isKnown ? known : unknown)[language]
    .replace('{actual}', amounts[denial.unit](denial.actual, language))
    .replace('{limit}', amounts[denial.unit](denial.limit, language));
}

const notKnown: Sentence = {
  ko: '확인에 필요한 값을 알 수 없어서 이 해외 주문은 나가지 않아요.',
  en: 'A value this check needs is not known, so the order abroad does not go out.',
};

const sentences: Readonly<Record<OverseasDenialCode, { readonly known: Sentence; readonly unknown: Sentence }>> = {
  halted: {
    known: {
      ko: '모든 주문을 멈춰서 해외 주문도 나가지 않아요.',
      en: 'All ordering is stopped, orders abroad included.',
    },
    unknown: notKnown,
  },
  'input-missing': {
    known: {
      ko: '모르거나 믿을 수 없는 값이 {actual}개 있는데 {limit}개여야 해요.',
      en: '{actual} of the values needed are missing or cannot be right; there must be {limit}.',
    },
    unknown: notKnown,
  },
  'order-type': {
    known: {
      ko: '가격을 정한 주문만 낼 수 있는데 다른 유형의 주문이에요.',
      en: 'Only orders with a limit price may go out; this is another type.',
    },
    unknown: notKnown,
  },
  symbol: {
    known: {
      ko: '허용한 해외 종목이 아니에요.',
      en: 'This stock is not on the list of stocks allowed abroad.',
    },
    unknown: notKnown,
  },
  'exchange-rate': {
    known: {
      ko: '환율이 {actual} 전 값인데 {limit}까지만 믿을 수 있어요.',
      en: 'The exchange rate is {actual} old; it may be {limit} old.',
    },
    unknown: {
      ko: '환율을 모르거나 환율의 유효 시간을 정하지 않아서 이 해외 주문은 나가지 않아요.',
      en: 'The exchange rate is not known, or how old it may be is not set, so the order abroad does not go out.',
    },
  },
  'order-value': {
    known: {
      ko: '해외 주문 한 건은 {limit}까지인데 {actual}이에요.',
      en: 'One order abroad may be worth {limit}; this is worth {actual}.',
    },
    unknown: {
      ko: '해외 주문 한 건의 한도를 정하지 않았거나 금액을 알 수 없어요.',
      en: 'The limit of one order abroad is not set, or the value is not known.',
    },
  },
  'day-value': {
    known: {
      ko: '해외 주문은 하루 {limit}까지인데 이 주문까지 {actual}이에요.',
      en: 'Orders abroad may be worth {limit} a day; with this one they are worth {actual}.',
    },
    unknown: {
      ko: '해외 주문의 하루 한도를 정하지 않았거나 오늘 금액을 알 수 없어요.',
      en: "The day's limit of orders abroad is not set, or the value of the day is not known.",
    },
  },
  'price-collar': {
    known: {
      ko: '마지막 체결가에서 {limit}까지 벗어날 수 있는데 {actual} 벗어나 있어요.',
      en: 'The price may be {limit} away from the last trade; this is {actual} away.',
    },
    unknown: {
      ko: '마지막 체결가를 모르거나 허용할 차이를 정하지 않았어요.',
      en: 'The last trade is not known, or the distance allowed is not set.',
    },
  },
  'price-stale': {
    known: {
      ko: '마지막 체결이 {actual} 전인데 {limit}까지만 믿을 수 있어요.',
      en: 'The last trade is {actual} old; it may be {limit} old.',
    },
    unknown: {
      ko: '마지막 체결의 시각을 모르거나 유효 시간을 정하지 않았어요.',
      en: 'The time of the last trade is not known, or how old it may be is not set.',
    },
  },
  session: {
    known: {
      ko: '해외 주문을 허용한 시간에서 {actual} 벗어나 있어요({limit}이어야 해요).',
      en: 'This is {actual} outside the hours in which orders abroad may go out; it must be {limit}.',
    },
    unknown: {
      ko: '해외 주문을 허용한 시간이 없어요.',
      en: 'No hours are set in which orders abroad may go out.',
    },
  },
};

const amounts: Readonly<Record<OverseasDenial['unit'], (value: number, language: Language) => string>> = {
  won: (value, language) => (language === 'ko' ? `${grouped(value)}원` : `${grouped(value)} won`),
  usd: (value) => `$${(value / 10_000).toFixed(4)}`,
  milliseconds: (value, language) => `${grouped(value / 1_000)}${language === 'ko' ? '초' : ' s'}`,
  none: (value) => grouped(value),
};

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
