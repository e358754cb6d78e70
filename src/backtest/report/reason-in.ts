import type { ReportLanguage } from './report-texts.ts';

/**
 * Reasons of the strategies of the house as they stand in a decision log, which is Korean, and what they say in English;
 * `$1` is a number of it. In the order in which they are tried.
 */
const inEnglish: readonly (readonly [korean: RegExp, english: string])[] = [
  [
    /골든크로스: (\d+)봉 평균 ([\d,.]+)원이 (\d+)봉 평균 ([\d,.]+)원 위로 올라왔어요\./,
    'Golden cross: the $1-bar average $2 rose above the $3-bar average $4.',
  ],
  [
    /데드크로스: (\d+)봉 평균 ([\d,.]+)원이 (\d+)봉 평균 ([\d,.]+)원 아래로 내려갔어요\./,
    'Dead cross: the $1-bar average $2 fell below the $3-bar average $4.',
  ],
  [/종가 ([\d,.]+)원이 밴드 하단 ([\d,.]+)원보다 낮아요\./, 'the close $1 is below the lower band $2.'],
  [/종가 ([\d,.]+)원이 밴드 상단 ([\d,.]+)원보다 높아요\./, 'the close $1 is above the upper band $2.'],
  [/종가 ([\d,.]+)원, 평균 ([\d,.]+)원 \(/, 'close $1, average $2 won ('],
  [/종가 ([\d,.]+)원, 산 뒤 가장 높은 종가 ([\d,.]+)원\./, 'close $1, highest close since the purchase $2 won.'],
  [/^골든크로스/, 'Golden cross'],
  [/^데드크로스/, 'Dead cross'],
  [/^과매도 반등/, 'Oversold rebound'],
  [/^과열/, 'Overheated'],
  [/^추적 손절/, 'Trailing stop'],
  [/^손절/, 'Stop loss'],
  [/^익절/, 'Take profit'],
  [/^매수 조건이 맞았어요\./, 'Entry rule met.'],
  [/^매도 조건이 맞았어요\./, 'Exit rule met.'],
  [/^매수 조건:/, 'Entry rule:'],
  [/^매도 조건:/, 'Exit rule:'],
  [/한 번 주문 한도에 맞춰 줄였어요\./, 'Made smaller to fit the limit of one order.'],
];

/** A reason in the words of the report's reader; what a strategy says in words of its own stays as it is. */
export function reasonIn(reason: string, language: ReportLanguage): string {
  if (language === 'ko') return reason;
  return inEnglish.reduce((text, [korean, english]) => text.replace(korean, english), reason);
}
