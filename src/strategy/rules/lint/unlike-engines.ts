import type { FindingTexts } from '../finding.ts';

/** Ids whose numbers mean something else in the two programs (§6 and §6.3 of the specification), and what ours mean. */
export const unlikeEngines: Readonly<Record<string, FindingTexts>> = {
  momentum: {
    ko: 'B는 퍼센트, S는 원 단위 차이로 계산해요. 여기서는 퍼센트예요.',
    en: 'B computes a percentage, S a difference in won; here it is a percentage.',
  },
  returns: {
    ko: 'B는 퍼센트에 100을 한 번 더 곱하고(5%가 500) S는 소수(0.05)로 계산해요. 여기서는 퍼센트(5)예요. 기준값을 확인해 주세요.',
    en: 'B multiplies the percentage by 100 once more (5 % is 500), S gives a fraction (0.05); here it is percent (5). Check the threshold.',
  },
  supertrend: {
    ko: 'B는 가격 수준, S는 방향(+1/−1)이에요. 여기서는 가격 수준이에요.',
    en: 'B gives a price level, S a direction of ±1; here it is the level.',
  },
  vwap: {
    ko: 'B는 기간을 굴리고 S는 처음부터 쌓아요. 여기서는 기간을 굴려요.',
    en: 'B rolls over the period, S accumulates from the first bar; here it rolls.',
  },
  ad: {
    ko: 'B는 쌓은 값, S는 하루 값이에요. 여기서는 쌓은 값이에요.',
    en: 'B accumulates, S gives one day; here it accumulates.',
  },
  maximum: {
    ko: 'B는 종가의 최고, S는 고가의 최고예요. 여기서는 종가예요.',
    en: 'B takes the highest close, S the highest high; here it is the close.',
  },
  minimum: {
    ko: 'B는 종가의 최저, S는 저가의 최저예요. 여기서는 종가예요.',
    en: 'B takes the lowest close, S the lowest low; here it is the close.',
  },
  kst: {
    ko: 'B는 값의 순서를 잘못 넣어 다른 기간으로 계산해요. 여기서는 널리 쓰는 KST예요.',
    en: 'B passes its numbers in a wrong order and computes other periods; here it is the usual KST.',
  },
  pivot: {
    ko: 'B에서는 값 이름이 달라 실행되지 않고, S는 (고가+저가+종가)/3이에요. 여기서는 마지막 봉우리와 골이에요.',
    en: 'B fails at run time, S gives (high + low + close) / 3; here it is the latest pivot high and low.',
  },
  regression: {
    ko: 'S는 어느 값을 골라도 기울기를 봐요. 여기서는 고른 값을 봐요.',
    en: 'S always gives the slope; here it is the output that is chosen.',
  },
  beta: { ko: 'S에서는 항상 0이에요.', en: 'S always gives 0.' },
  alpha: { ko: 'S에서는 항상 0이에요.', en: 'S always gives 0.' },
  ichimoku: {
    ko: 'S는 tenkan 말고는 모두 kijun을 줘요.',
    en: 'S gives kijun for every output but tenkan.',
  },
  ppo: {
    ko: 'signal과 histogram은 B에서 퍼센트가 아니라 가격 단위예요.',
    en: 'signal and histogram are in price units in B, not in percent.',
  },
  wma: { ko: '와일더 평균이에요. 가중 평균은 lwma예요.', en: "This is Wilder's average; a weighted one is lwma." },
  rsi: {
    ko: 'S는 와일더 평균이 아니라 지수평균으로 계산해 몇 포인트 다를 수 있어요.',
    en: 'S smooths exponentially and not as Wilder did, which may differ by several points.',
  },
  bollinger: {
    ko: 'S는 표본 표준편차(n−1)로 계산해서 밴드가 조금 더 넓어요. 여기서는 모집단 표준편차예요.',
    en: "S takes the sample's deviation (n − 1), so its bands are a little wider; here it is the population's.",
  },
  std: {
    ko: 'S는 표본 표준편차(n−1)예요. 여기서는 모집단 표준편차예요.',
    en: "S takes the sample's deviation (n − 1); here it is the population's.",
  },
  variance: {
    ko: 'S는 표본 분산(n−1)이에요. 여기서는 모집단 분산이에요.',
    en: "S takes the sample's variance (n − 1); here it is the population's.",
  },
};
