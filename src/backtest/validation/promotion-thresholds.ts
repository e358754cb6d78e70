/** What a promotion asks of an optimum. */
export interface PromotionThreshold {
  readonly id: PromotionCheck;
  readonly relation: 'at-most' | 'at-least';
  readonly limit: number;
  /** How the number reads: a share of one, a plain ratio, or a count. */
  readonly unit: 'share' | 'ratio' | 'count';
  readonly name: { readonly ko: string; readonly en: string };
  /** Why this number. */
  readonly reason: { readonly ko: string; readonly en: string };
}

export type PromotionCheck =
  | 'overfit-probability'
  | 'deflated-sharpe'
  | 'round-trips'
  | 'neighbour-stability'
  | 'worst-neighbour'
  | 'walk-forward-folds'
  | 'walk-forward-efficiency'
  | 'winning-folds';

/** The gate's lines, in the order in which they are shown. Tightening is free; a looser number needs an argument here. */
export const promotionThresholds: readonly PromotionThreshold[] = [
  {
    id: 'overfit-probability',
    relation: 'at-most',
    limit: 0.2,
    unit: 'share',
    name: { ko: '손해 본 과최적화 (CSCV)', en: 'costly over-fitting (CSCV)' },
    reason: {
      ko: '고른 값이 안 본 기간에서 중간 아래로 떨어지고, 잃거나 중간의 절반도 못 번 경우예요. 다섯 번에 한 번까지만 받아요.',
      en: 'How often the choice fell below the middle in days it had not seen, and lost or made less than half of it; one in five is the most.',
    },
  },
  {
    id: 'deflated-sharpe',
    relation: 'at-least',
    limit: 0.95,
    unit: 'share',
    name: { ko: '할인 샤프 신뢰도', en: 'deflated Sharpe confidence' },
    reason: {
      ko: '시도한 횟수만큼의 운을 뺀 뒤에도 샤프가 0보다 크다는 신뢰도예요. 논문처럼 95%를 바라요.',
      en: 'Confidence that the Sharpe ratio is more than the luck of so many tries; 95 %, as in the paper.',
    },
  },
  {
    id: 'round-trips',
    relation: 'at-least',
    limit: 30,
    unit: 'count',
    name: { ko: '끝난 거래', en: 'closed round trips' },
    reason: {
      ko: '서른 번이어도 승률의 오차가 ±9%p예요. 그보다 적으면 운과 실력을 가를 수 없어요.',
      en: 'Even thirty leave a win rate uncertain by 9 points either way; with fewer, luck and skill look the same.',
    },
  },
  {
    id: 'neighbour-stability',
    relation: 'at-least',
    limit: 0.7,
    unit: 'share',
    name: { ko: '이웃 평균 ÷ 최적값', en: 'mean of neighbours ÷ optimum' },
    reason: {
      ko: '한 칸 옆에서 점수가 3할 넘게 떨어지면 봉우리가 우연일 가능성이 커요.',
      en: 'A score that loses more than three tenths one step aside is a peak of chance rather than a plateau.',
    },
  },
  {
    id: 'worst-neighbour',
    relation: 'at-least',
    limit: 0,
    unit: 'ratio',
    name: { ko: '가장 나쁜 이웃의 점수', en: 'score of the worst neighbour' },
    reason: {
      ko: '설정을 한 칸만 바꿔도 잃는다면 시장이 조금만 달라져도 잃어요.',
      en: 'What loses when one setting moves by a step loses when the market moves a little too.',
    },
  },
  {
    id: 'walk-forward-folds',
    relation: 'at-least',
    limit: 3,
    unit: 'count',
    name: { ko: '앞으로 걷기 구간', en: 'walk-forward folds' },
    reason: {
      ko: '구간이 하나나 둘이면 그 시기의 장세를 잰 것일 수 있어요.',
      en: 'One or two folds may have measured the market of those months.',
    },
  },
  {
    id: 'walk-forward-efficiency',
    relation: 'at-least',
    limit: 0.5,
    unit: 'share',
    name: { ko: '앞으로 걷기 효율', en: 'walk-forward efficiency' },
    reason: {
      ko: '안 본 기간에서 최적화 때 수익의 절반은 남아야 해요 (Pardo, 2008).',
      en: 'Days not seen must keep half of what the optimisation earned (Pardo, 2008).',
    },
  },
  {
    id: 'winning-folds',
    relation: 'at-least',
    limit: 0.5,
    unit: 'share',
    name: { ko: '번 구간의 비율', en: 'share of folds that made money' },
    reason: {
      ko: '한 구간이 나머지를 다 번 것이라면 되풀이되리라고 볼 수 없어요.',
      en: 'If one fold earned for all the others, nothing says that it will come again.',
    },
  },
];
