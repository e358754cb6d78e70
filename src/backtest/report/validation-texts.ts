import type { ReportLanguage } from './report-texts.ts';

/** What is said of the gate, the grid and the drawn histories of an optimum. */
export interface ValidationTexts {
  readonly gate: string;
  readonly gatePassed: (all: string) => string;
  readonly gateRefused: (passed: string, all: string) => string;
  readonly gateLine: (value: string | null, relation: 'at-most' | 'at-least', limit: string) => string;
  readonly passes: string;
  readonly fails: string;
  readonly map: string;
  readonly mapMeta: (across: string, down: string) => string;
  readonly mapSays: string;
  readonly optimum: string;
  readonly notRun: string;
  readonly fan: string;
  readonly fanMeta: (runs: string) => string;
  readonly fanName: (runs: string, low: string, middle: string, high: string) => string;
  readonly fanEnds: readonly [high: string, middle: string, low: string];
  readonly fanYear: (year: number) => string;
  readonly halves: readonly [below: string, above: string];
  readonly halvesName: (splits: string, below: string) => string;
  readonly foldsName: (folds: string, won: string, worst: string, best: string) => string;
  readonly olderFolds: (count: string) => string;
}

const korean: ValidationTexts = {
  gate: '모의로 보내도 될까',
  gatePassed: (all) => `기준 ${all}개를 모두 통과했어요. 모의로 보낼 수 있어요.`,
  gateRefused: (passed, all) => `기준 ${all}개 중 ${passed}개만 통과했어요. 그래도 모의로 보내려면 이유를 적어야 해요.`,
  gateLine: (value, relation, limit) =>
    `${value ?? '재지 못했어요'} · 기준 ${limit} ${relation === 'at-most' ? '이하' : '이상'}`,
  passes: '통과',
  fails: '미달',
  map: '이웃한 값은 어땠나',
  mapMeta: (across, down) => `가로 ${across}, 세로 ${down}`,
  mapSays: '테두리가 고른 값이에요. 주변도 비슷하게 좋아야 우연이 아니에요.',
  optimum: '고른 값',
  notRun: '돌리지 않음',
  fan: '운이 달랐다면',
  fanMeta: (runs) => `날을 다시 뽑아 ${runs}번`,
  fanName: (runs, low, middle, high) =>
    `하루 수익률을 다시 뽑아 ${runs}번 돌린 자산. 마지막에 나쁜 5%는 ${low}, 가운데는 ${middle}, 좋은 5%는 ${high}.`,
  fanEnds: ['좋은 5%', '가운데', '나쁜 5%'],
  fanYear: (year) => `${year}년`,
  halves: ['중간보다 나쁨', '중간보다 좋음'],
  halvesName: (splits, below) =>
    `기간을 반으로 나눈 ${splits}가지. 앞 반쪽에서 고른 값이 안 본 반쪽에서 중간보다 나빴던 경우 ${below}.`,
  foldsName: (folds, won, worst, best) =>
    `처음 보는 기간 ${folds}개 가운데 ${won}개에서 벌었어요. 가장 나쁠 때 ${worst}, 가장 좋을 때 ${best}.`,
  olderFolds: (count) => `앞선 기간 ${count}개 더 보기`,
};

const english: ValidationTexts = {
  gate: 'May it go to paper?',
  gatePassed: (all) => `All ${all} checks passed. It may go to paper.`,
  gateRefused: (passed, all) => `${passed} of ${all} checks passed. To send it to paper all the same, write down why.`,
  gateLine: (value, relation, limit) =>
    `${value ?? 'not measured'} · wanted at ${relation === 'at-most' ? 'most' : 'least'} ${limit}`,
  passes: 'passed',
  fails: 'failed',
  map: 'How its neighbours did',
  mapMeta: (across, down) => `${across} across, ${down} down`,
  mapSays: 'The one with the edge was chosen. What is no accident has good neighbours.',
  optimum: 'chosen',
  notRun: 'not run',
  fan: 'With other luck',
  fanMeta: (runs) => `days drawn again, ${runs} times`,
  fanName: (runs, low, middle, high) =>
    `The account over ${runs} histories of daily returns drawn again. At the end the worst 5% stand at ${low}, the middle at ${middle}, the best 5% at ${high}.`,
  fanEnds: ['Best 5%', 'Middle', 'Worst 5%'],
  fanYear: (year) => `${year} y`,
  halves: ['below the middle', 'above it'],
  halvesName: (splits, below) =>
    `${splits} ways of cutting the days in halves. The choice of one half was below the middle in the other in ${below} of them.`,
  foldsName: (folds, won, worst, best) =>
    `It made money in ${won} of ${folds} stretches not seen before. The worst made ${worst}, the best ${best}.`,
  olderFolds: (count) => `Show ${count} earlier ones`,
};

export const validationTexts: Readonly<Record<ReportLanguage, ValidationTexts>> = { ko: korean, en: english };
